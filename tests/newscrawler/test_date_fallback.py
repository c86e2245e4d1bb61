import subprocess
import sys

import pytest

from newscrawler.date_fallback import StatedDate, read_stated_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("May 12, 2024", StatedDate(year=2024, month=5, day=12, time=None)),
        ("12th of March 2023", StatedDate(year=2023, month=3, day=12, time=None)),
        ("Sept. 5, 2023, 09:05", StatedDate(year=2023, month=9, day=5, time=(9, 5, 0))),
        ("July 19, 2023 at 8:09 pm", StatedDate(year=2023, month=7, day=19, time=(20, 9, 0))),
        ("12:00 AM, 1 January 2024", StatedDate(year=2024, month=1, day=1, time=(0, 0, 0))),
        ("15 May 2024, 3:15 PM", StatedDate(year=2024, month=5, day=15, time=(15, 15, 0))),
        ("15 May 2024, 3 pm", StatedDate(year=2024, month=5, day=15, time=(15, 0, 0))),
        ("February 29", StatedDate(year=None, month=2, day=29, time=None)),
        ("15:30, 7 August", StatedDate(year=None, month=8, day=7, time=(15, 30, 0))),
    ],
)
def test_what_the_text_bears_out_is_believed(text: str, expected: StatedDate) -> None:
    assert read_stated_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "12+ 5",  # dateparser: 12 May of this year
        "May 12 24",  # two digits may be a year, a counter or a time
        "May 12, 2024, 345",
        "May 2024",
        "May",
        "yesterday at 10:00",
        "31 June 2024",
        "12 травня 2024",
        "May 12, 2024 3:30 PM EST",
        "3:30",
        "May 12, 2024 " + "x" * 80,
    ],
)
def test_guesses_and_remainders_are_refused(text: str) -> None:
    assert read_stated_date(text) is None


def test_dateparser_is_loaded_only_when_a_text_needs_it() -> None:
    program = (
        "import sys\n"
        "from datetime import datetime, UTC\n"
        "from newscrawler.dates import parse_date\n"
        "now = datetime(2024, 5, 15, tzinfo=UTC)\n"
        "parse_date('12 мамыр 2024, 15:30', now)\n"
        "parse_date('Пікірлер: жоқ', now)\n"
        "assert 'dateparser' not in sys.modules\n"
        "parse_date('May 12, 2024', now)\n"
        "assert 'dateparser' in sys.modules\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
