"""The benchmark of publishing, on a few articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.publishing import main


def test_both_parts_are_measured_beside_plain_feedgen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = tmp_path / "figures.json"
    assert main(["--articles", "30", "--new", "2", "--entries", "40", "--json", str(figures)]) == 0
    shown = capsys.readouterr().out
    assert "plain feedgen" in shown
    assert "newscrawler, 2 new" in shown
    found = json.loads(figures.read_text(encoding="utf-8"))
    for what in ("grid", "everything"):
        ours = found["facets"][what]
        assert ours["idle_files"] == 0
        assert 0 < ours["feeds_share"] < 1
        assert ours["least_seconds"] > 0
        assert ours["times_faster"] == pytest.approx(found["facets"]["plain_seconds"] / ours["new_seconds"])
    assert set(found["long"]) == {"plain", "same_bytes", "made", "kept", "peaks"}


@pytest.mark.parametrize("option", ["--articles", "--new", "--entries"])
def test_nothing_cannot_be_measured(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([option, "0"])
    assert ended.value.code == 2
    assert f"argument {option}: at least 1" in capsys.readouterr().err
