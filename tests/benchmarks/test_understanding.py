from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.labelled_sets import LABELLED, read_records
from benchmarks.understanding import main
from newscrawler.errors import ExitStatus


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Given date lines and sentences: one of each is labelled against the truth."""
    (tmp_path / "language").mkdir()
    now = "2024-05-15T16:40:00+05:00"
    lines = [
        {"text": "12 мая 2024, 15:30", "now": now, "expected": "2024-05-12T15:30:00+05:00", "group": "abs"},
        {"text": "Sun, 12 May 2024 10:30:00 GMT", "now": now, "expected": "2024-05-12T15:30:00+05:00", "group": "rfc"},
        {"text": "Абай ауданы", "now": now, "expected": "2024-05-12", "group": "negative"},
        {"text": "12 мая 2024", "now": now, "expected": "2024-05-13", "group": "abs"},
    ]
    sentences = [
        {"id": "1", "lang": "kk", "text": "Қостанай облысында.", "regions": ["KZ-39"], "optional": []},
        {"id": "2", "lang": "kk", "text": "Шымкентте.", "regions": [], "optional": ["KZ-79"]},
        {"id": "3", "lang": "kk", "text": "Шымкентте.", "regions": ["KZ-75"], "optional": []},
    ]
    _write(tmp_path / "language/dates.jsonl", lines)
    _write(tmp_path / "language/regions_kk.jsonl", sentences)
    return tmp_path


def _write(file: Path, records: list[dict[str, Any]]) -> None:
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def _figures(tmp_path: Path, step: str, group: str, *arguments: str) -> dict[tuple[str, str], float]:
    """The values of a step over a group of cases, by program and measure."""
    file = tmp_path / "figures.json"
    assert main(["--only", step, *arguments, "--rounds", "1", "--json", str(file)]) == ExitStatus.DONE
    rows = json.loads(file.read_text(encoding="utf-8"))["steps"][step]["quality"]
    return {(row["program"], row["measure"]): row["value"] for row in rows if row["group"] == group}


def test_dates_are_right_wrong_or_missing(data: Path, tmp_path: Path) -> None:
    figures = _figures(tmp_path, "dates", "given lines", "--data", str(data))
    assert figures["newscrawler", "right"] == 0.5
    assert figures["newscrawler", "wrong"] == 0.25
    assert figures["newscrawler", "none where a date stands"] == 0.25
    assert figures["dateparser", "right"] > 0


def test_mentions_leave_optional_regions_out(data: Path, tmp_path: Path) -> None:
    figures = _figures(tmp_path, "mentions", "given sentences", "--data", str(data))
    assert figures["newscrawler", "mentions"] == pytest.approx(0.5)
    assert ("names as substrings", "mentions") in figures


@pytest.mark.parametrize(
    ("step", "measure"),
    [("topics", "first topic"), ("topics", "no topic"), ("regions", "primary, ru"), ("regions", "scope")],
)
def test_steps_on_both_halves_beside_plain_search(step: str, measure: str, tmp_path: Path) -> None:
    figures = _figures(tmp_path, step, "all")
    programs = [program for program, name in figures if name == measure]
    assert len(programs) == 2
    assert all(0 <= figures[program, measure] <= 1 for program in programs)


def test_steps_that_need_data_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "mentions"]) == ExitStatus.DONE
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "mentions: it needs --data" in shown.err


def test_together_is_a_matter_of_speed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "together", "--half", "open", "--rounds", "1"]) == ExitStatus.DONE
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert all("items a second" in line for line in lines)


@pytest.mark.parametrize("step", ["topics", "regions", "pairs", "language"])
def test_errors_are_those_of_the_open_half(step: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--errors", step]) == ExitStatus.DONE
    shown = capsys.readouterr().out
    name = "languages" if step == "language" else step
    closed = [record["id"] for record in read_records(LABELLED / f"{name}_held_out.jsonl")]
    assert not any(label in shown for label in closed)
    half = len(read_records(LABELLED / f"{name}_open.jsonl"))
    assert f"of {half} wrong" in shown.splitlines()[-1]


def test_an_error_has_text_expected_and_given_with_its_evidence(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--errors", "mentions", "--data", str(data)]) == ExitStatus.DONE
    assert capsys.readouterr().out == (
        "3\n    Шымкентте.\n  expected: KZ-75\n  given:    KZ-79 (Шымкентте)\n\nmentions: 1 of 3 wrong\n"
    )


def test_the_closed_half_is_never_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--errors", "topics", "--half", "closed"]) == ExitStatus.USAGE
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "the closed half is not shown" in shown.err


def test_the_help_says_what_is_never_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "the closed one is never listed" in " ".join(capsys.readouterr().out.split())


def test_a_folder_without_the_data_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path), "--only", "mentions"]) == ExitStatus.USAGE
    assert len(capsys.readouterr().err.splitlines()) == 1
