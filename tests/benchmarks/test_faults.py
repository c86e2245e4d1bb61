"""The benchmark of faults: what it counts, on records of known quality, and one fault in both programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.faults import figures_of, main
from tests.hostile_newsroom.articles import Written
from tests.hostile_newsroom.measured_run import Measured
from tests.hostile_newsroom.site import HostileSite
from tests.hostile_newsroom.verdict import Kept, judge


def kept(article: Written, url: str | None = None, paragraphs: Sequence[str] | None = None) -> Kept:
    texts = article.paragraphs if paragraphs is None else paragraphs
    return Kept(url or f"http://127.0.0.1:1{article.path}", article.headline, texts)


def test_each_wrong_record_is_counted_as_what_it_is() -> None:
    with HostileSite() as site:
        first, second, third, fourth, *others = site.articles
        records = [
            kept(first),
            kept(first, f"http://127.0.0.1:1{first.path};jsessionid=1?utm_source=x"),
            kept(second, "http://127.0.0.1:1/kk/news/1-zhoq"),
            kept(third, paragraphs=third.paragraphs[:-1]),
            kept(fourth, paragraphs=[f"\u200b{fourth.paragraphs[0]}", *fourth.paragraphs[1:]]),
            Kept("http://127.0.0.1:1/kk/news/2-zhoq", "Бет жоқ", ["Кешіріңіз."]),
            *map(kept, others[1:]),
        ]
        verdict = judge(records, site.articles)
        assert verdict.items() == [
            (others[0].path, "missing"),
            (first.path, "doubled"),
            (third.path, "corrupt"),
            ("/kk/news/2-zhoq", "junk"),
            (fourth.path, "dirty"),
        ]
        runs = [Measured(3, 100_000_000, 1.0, ""), Measured(-9, 90_000_000, 0.5, "")]
        figures = figures_of("a fault", "a program", site, runs, records, 7)
    assert (figures.missing_at_first, figures.missing, figures.doubled, figures.corrupt) == (7, 1, 1, 1)
    assert (figures.junk, figures.dirty, figures.canary, figures.rude, figures.requests) == (1, 1, 0, 0, 0)
    assert (figures.megabytes, figures.seconds, figures.statuses) == (100, 1.5, [3, -9])


def test_one_fault_is_shown_for_both_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "figures.json"
    assert main(["--only", "broken feed", "--json", str(file)]) == 0
    ours, plain = json.loads(file.read_text(encoding="utf-8"))
    assert (ours["program"], ours["missing"], ours["statuses"]) == ("newscrawler", 0, [3, 3])
    assert (plain["program"], plain["missing"], plain["statuses"]) == ("plain Scrapy", 20, [0])
    shown = capsys.readouterr().out
    assert "broken feed: program plain Scrapy, at first 20, missing 20" in shown


def test_an_unknown_fault_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--only", "nothing"])
    assert ended.value.code == 2
    assert "invalid choice: 'nothing'" in capsys.readouterr().err
