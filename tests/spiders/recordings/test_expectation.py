"""Expectations as files: readable, stable, read back as they were written."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.article import Evidence, Image, Relation, Tag, Where
from spiders.recordings.expectation import Expectation, RecordingError, expected_articles, read_expectation
from tests.conftest import NOW, an_article

DATED = '{"newsroom": "a", "recorded_at": "2024-05-14T18:00:00+05:00", '
RECORDED_AT = datetime.fromisoformat("2024-05-14T18:00:00+05:00")


def test_an_article_is_expected_without_what_changes_from_run_to_run() -> None:
    tag = Tag(code="KZ-79", score=4.5, evidence=[Evidence(words="Шымкентте", where=Where.HEADLINE)])
    article = an_article(
        1,
        regions=[tag],
        images=[Image(url="https://newsroom.test/a.jpg", credit="Айнұр")],
        body_html="<p>Бірінші <strong>абзац</strong></p>\n<h2>Екінші</h2>",
        first_seen=NOW,
        sources={"headline": "h1"},
    )
    (expected,) = expected_articles([article])
    assert expected["regions"] == ["KZ-79"]
    assert expected["images"] == [{"url": "https://newsroom.test/a.jpg", "credit": "Айнұр"}]
    assert expected["body_elements"] == "p strong h2"
    assert expected["date_published"] == "2024-05-14T13:00:00+00:00"
    absent = {"id", "fetched_at", "first_seen", "sources", "date_source", "addresses", "body_html", "authors", "story"}
    assert not absent & expected.keys()


def test_a_story_is_told_by_the_address_of_its_leader() -> None:
    leader = an_article(1)
    follower = an_article(2, story=leader.id, relation=Relation.TRANSLATION)
    elsewhere = an_article(3, story="aaaaaaaaaaaaaaaa", relation=Relation.SAME_TEXT)
    _, second, third = expected_articles([elsewhere, follower, leader])
    assert (second["story"], second["relation"]) == (leader.url, "translation")
    assert third["story"] == "aaaaaaaaaaaaaaaa"


def test_the_file_is_for_people(tmp_path: Path) -> None:
    article = an_article(1)
    expectation = Expectation(
        newsroom="newsroom_test",
        recorded_at=RECORDED_AT,
        sources={"https://newsroom.test/kk/": 12, "https://newsroom.test/rss": "status 404"},
        articles=expected_articles([article]),
    )
    file = tmp_path / "articles.json"
    file.write_text(expectation.to_json(), encoding="utf-8")
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    assert '"recorded_at": "2024-05-14T18:00:00+05:00",' in lines
    assert f'"{article.body[0]}",' in lines
    assert "not_saved" not in file.read_text(encoding="utf-8")
    assert read_expectation(file) == expectation
    assert read_expectation(file).to_json() == expectation.to_json()


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ("{", "JSONDecodeError"),
        ("[]", "TypeError"),
        ('{"newsroom": "a", "articles": []}', "recorded_at"),
        ('{"newsroom": "a", "recorded_at": "2024-05-14T18:00:00", "articles": []}', "no offset"),
        (DATED + '"articles": [{"url": 1}]}', "no list of objects"),
        (DATED + '"articles": [{"url": "", "headline": "", "body": ""}]}', "lists of texts"),
        (DATED + '"articles": [{"url": "a", "headline": "b"}, {"url": "a", "headline": "c"}]}', "have one url"),
        (DATED + '"articles": [], "not_saved": [{}]}', "not_saved"),
        (DATED + '"articles": [], "sources": {"a": null}}', "sources"),
        ('{"newsroom": "a", "recorded_at": "9999-12-31T23:59:59-12:00", "articles": []}', "end of the calendar"),
    ],
)
def test_what_is_no_expectation_is_named(tmp_path: Path, document: str, named: str) -> None:
    file = tmp_path / "articles.json"
    file.write_text(document, encoding="utf-8")
    with pytest.raises(RecordingError) as raised:
        read_expectation(file)
    assert str(file) in str(raised.value)
    assert named in str(raised.value)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_KEYS = ("newsroom", "recorded_at", "sources", "not_saved", "articles")


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(_KEYS, _JSON)), st.booleans())
def test_any_document_is_an_expectation_or_an_error_that_says_so(
    tmp_path_factory: pytest.TempPathFactory, document: dict[str, Any], dated: bool
) -> None:
    file = tmp_path_factory.mktemp("wild") / "articles.json"
    moment = {"recorded_at": "2024-05-14T18:00:00+05:00"} if dated else {}
    file.write_text(json.dumps(document | moment), encoding="utf-8")
    told = ""
    try:
        expectation = read_expectation(file)
    except RecordingError as error:
        told = str(error)
    assert str(file) in told or read_expectation(file).to_json() == expectation.to_json()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="cannot read"):
        read_expectation(tmp_path / "articles.json")
