"""`explain`: every tag with the words behind it, the dates, the story, the revisions."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from newscrawler.article import Article, Relation
from newscrawler.store import Store
from newscrawler.store.articles import withdraw_article
from tests.verb_calls import Shown

HEADLINE = "Шымкентте жаңа мектеп ашылды"
BODY = [
    "Шымкент қаласының Тұран ауданында 1 200 орындық мектеп ашылып, оқушылар қыркүйекте сабаққа келді.",
    "Мектепте тоғыз жүз бала оқиды, ал қалған орындар көктемде толады, деп хабарлады директор Әсел Ким.",
]
Keep = Callable[..., Article]
Verb = Callable[..., Shown]


def test_each_tag_stands_with_its_words_where_they_were_found(keep: Keep, verb: Verb) -> None:
    article = keep(1, headline=HEADLINE, body=BODY, date_source="json-ld", sources={"date_disagreement": "time 2024"})
    shown = verb("explain", article.canonical_url)
    assert (shown.status, shown.err) == (0, "")
    lines = shown.out.splitlines()
    assert lines[0] == HEADLINE
    assert f"address: {article.canonical_url}" in lines
    assert any(line.startswith("region: Shymkent (KZ-79), ") for line in lines)
    assert "  headline: Шымкентте жаңа мектеп ашылды" in lines
    assert any(line.startswith("topic: ") and "(education)" in line for line in lines)
    assert "  considered: time 2024" in lines
    assert any(line.startswith("published: 2024-05-14T") and line.endswith("from json-ld") for line in lines)
    assert "story: stands alone" in lines
    assert any(line.startswith("feeds: ") and "kk/shymkent/education" in line for line in lines)
    assert "\x1b" not in shown.out


def test_json_tells_the_same_for_machines(keep: Keep, verb: Verb) -> None:
    article = keep(1, headline=HEADLINE, body=BODY)
    (told,) = json.loads(verb("explain", article.id, "--json").out)
    assert (told["id"], told["state"], told["language"], told["scope"]) == (article.id, "live", "kk", "regional")
    assert [region["code"] for region in told["regions"]] == ["KZ-79"]
    evidence = told["regions"][0]["evidence"][0]
    assert evidence["where"] == "headline"
    assert evidence["words"] in evidence["context"]
    assert told["revisions"][0]["number"] == 1


def test_a_copy_says_of_what_and_how_much_of_it(keep: Keep, verb: Verb) -> None:
    leader = keep(1, headline=HEADLINE, body=BODY)
    copy = keep(2, body=BODY, newsroom="other", story=leader.id, relation=Relation.NEAR_TEXT)
    shown = verb("explain", copy.id).out
    expected = f"story: near-text of {leader.id} {leader.canonical_url}, 100% of the shorter text stands in the other"
    assert expected in shown
    assert f"  near-text: other {copy.canonical_url}" in verb("explain", leader.id).out
    (told,) = json.loads(verb("explain", leader.id, "--json").out)
    assert told["also_at"] == [copy.canonical_url]


def test_revisions_are_shown_as_words_taken_out_and_put_in(keep: Keep, verb: Verb) -> None:
    keep(1, headline=HEADLINE, body=BODY)
    edited = [BODY[0].replace("1 200", "1 500"), BODY[1]]
    article = keep(1, headline=HEADLINE, body=edited, minutes=30)
    lines = verb("explain", article.id).out.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("revision: 2, "))
    assert (
        lines[place + 1]
        == "  body: Шымкент қаласының Тұран ауданында 1 [-200-] {+500+} орындық мектеп ашылып, оқушылар …"
    )


def test_what_is_not_there_is_wrong_usage_that_says_what_to_do(keep: Keep, verb: Verb, working_store: Store) -> None:
    article = keep(1, headline=HEADLINE, body=BODY)
    shown = verb("explain", "unknown")
    assert shown.status == 2
    assert shown.err.startswith("newscrawler: no article has the id or address 'unknown'. Take one from")
    with working_store.write() as connection:
        withdraw_article(connection, article.id, facets_of=lambda _: [])
    assert f"id: {article.id}, newsroom_test, withdrawn" in verb("explain", article.id).out


@pytest.mark.parametrize("url", ["http://newsroom.kz:99999/", "http://newsroom.kz:abc/", "http://xn--\u0661.kz:0x1/"])
def test_an_address_that_no_page_can_have_is_wrong_usage(url: str, keep: Keep, verb: Verb) -> None:
    keep(1, headline=HEADLINE, body=BODY)
    shown = verb("explain", url)
    assert shown.status == 2
    assert shown.err.startswith("newscrawler: ")
    assert "Give the address as a browser shows it" in shown.err
