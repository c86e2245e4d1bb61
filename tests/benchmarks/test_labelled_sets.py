from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.errors import BenchmarkError
from benchmarks.labelled_sets import LABELLED, half_cases, labelled_article, prepared, read_records
from benchmarks.sample_pages import Half
from newscrawler.vocabulary import Vocabulary


@pytest.mark.parametrize("name", ["languages", "pairs", "regions", "topics"])
def test_every_set_has_two_halves_of_one_size_of_which_one_is_closed(name: str) -> None:
    cases = half_cases(name, list(Half), lambda record: record["id"])
    closed = {case.given for case in cases if case.closed}
    shown = {case.given for case in cases if not case.closed}
    assert len(closed) == len(shown) == len(cases) / 2
    assert {case.group for case in cases} == {"open half", "closed half"}


def test_only_the_halves_that_are_asked_for_are_read(tmp_path: Path) -> None:
    (tmp_path / "regions_open.jsonl").write_text('{"id": "one"}\n', encoding="utf-8")
    assert [case.given for case in half_cases("regions", [Half.OPEN], lambda record: record["id"], tmp_path)] == ["one"]
    with pytest.raises(BenchmarkError, match=r"regions_held_out\.jsonl"):
        half_cases("regions", list(Half), lambda record: record["id"], tmp_path)


def test_what_is_no_labelled_set_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(BenchmarkError, match=r"broken\.jsonl"):
        read_records(broken)


def test_an_article_has_the_parts_of_its_record_and_nothing_of_its_labels(vocabulary: Vocabulary) -> None:
    record = {
        "id": "one",
        "headline": "Тақырып",
        "lead": None,
        "body": "Бірінші абзац осында.\nЕкінші абзац осында.",
        "section": "Спорт",
        "url": "https://newsroom.test/sport/1",
        "language": "ru",
        "topics": ["sport"],
        "regions": ["KZ-75"],
    }
    article = labelled_article(record)
    assert (article.headline, article.description, article.section) == ("Тақырып", None, "Спорт")
    assert (article.body, article.url) == (["Бірінші абзац осында.", "Екінші абзац осында."], record["url"])
    assert (article.language, article.topics, article.regions) == ("und", [], [])
    assert prepared(article, vocabulary).language == "kk"


def test_the_sets_lie_in_the_checkout() -> None:
    record = json.loads((LABELLED / "topics_open.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert {"headline", "lead", "body", "topics"} <= record.keys()
