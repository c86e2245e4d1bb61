import subprocess
import sys

import pytest

from newscrawler.date_fallback import StatedDate, read_stated_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 травня 2024", StatedDate(year=2024, month=5, day=12, time=None)),
        ("5 вересня 2023, 09:05", StatedDate(year=2023, month=9, day=5, time=(9, 5, 0))),
        ("22 студзеня 2024", StatedDate(year=2024, month=1, day=22, time=None)),
        ("12 травня 2024 00:30", StatedDate(year=2024, month=5, day=12, time=(0, 30, 0))),
        ("12 травня 2024, 9:09:21 pm", StatedDate(year=2024, month=5, day=12, time=(21, 9, 21))),
        ("12 травня 2024, 00:00:00", StatedDate(year=2024, month=5, day=12, time=(0, 0, 0))),
        ("29 феврал 2024", StatedDate(year=2024, month=2, day=29, time=None)),
    ],
)
def test_what_the_text_bears_out_is_believed(text: str, expected: StatedDate) -> None:
    assert read_stated_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "12+ 5",
        "лист 5",  # a sheet, and the beginning of November
        "12 травня",
        "12 травня 24",  # two digits may be a year, a counter or a time
        "12 травня 2024, 345",
        "травень 2024",
        "травень",
        "31 червня 2024",
        "29 лютого 2023",
        "12 травня 2024 3:30 EST",
        "3:30",
        "12 травня 2024 " + "x" * 80,
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
        "parse_date('May 12, 2024', now)\n"
        "parse_date('Пікірлер: жоқ', now)\n"
        "parse_date('Issue 5', now)\n"
        "assert 'dateparser' not in sys.modules\n"
        "parse_date('12 травня 2024', now)\n"
        "assert 'dateparser' in sys.modules\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
