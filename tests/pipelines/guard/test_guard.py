"""Tests of `pipelines.guard`: what looks wrong is kept apart and not lost, and what looks right goes out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from newscrawler.article import Article, Relation
from newscrawler.newsroom import Newsroom, Selectors
from newscrawler.store import Store
from newscrawler.store.articles import iterate_articles
from tests.pipelines.guard.runs import (
    DAY_ONE,
    Run,
    addresses,
    articles,
    attention,
    changes,
    has_history,
    held,
    live,
)


def test_a_first_run_is_stored_as_it_comes(run: Run, store: Store) -> None:
    crawl = run(articles(1, 2, 3, body=[], date_published=None), killed=True)
    assert len(live(store)) == 3
    assert (crawl.counts["new"], held(store)) == (3, [])


def test_a_usual_run_goes_out_whole_with_its_stories(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    twin = replace(articles(50)[0], **vars_of(articles(51)[0], "id", "url", "canonical_url"))
    crawl = run([*articles(*range(40, 51)), twin], hours=1)
    assert (crawl.counts["new"], crawl.counts["held"], held(store)) == (12, 0, [])
    with store.read() as connection:
        found = {article.url: article for article in iterate_articles(connection)}
    assert (found[twin.url].story, found[twin.url].relation) == (articles(50)[0].id, Relation.SAME_TEXT)
    assert {state for state, _, _ in addresses(store).values()} == {"done"}


def vars_of(article: Article, *names: str) -> dict[str, Any]:
    return {name: getattr(article, name) for name in names}


@pytest.mark.parametrize("number", [1, 4, 12])
def test_a_run_that_falls_out_of_its_history_is_kept_apart_and_no_feed_changes(
    run: Run, store: Store, number: int
) -> None:
    run(DAY_ONE)
    has_history(store)
    before, facets = live(store), changes(store)
    bad = articles(*range(40, 40 + number), body=["Оқу үшін тіркеліңіз."], date_published=None)
    crawl = run(bad, hours=1)
    assert (live(store), changes(store)) == (before, facets)
    assert held(store) == [(article.url, "waiting") for article in bad]
    assert (crawl.counts["held"], crawl.counts["new"]) == (number, 0)
    assert all(addresses(store)[article.url] == ("done", "held", False) for article in bad)
    what, url, note = attention(store)[0]
    pages = "1 page" if number == 1 else f"{number} pages"
    assert what.startswith(f"held, {pages}: body: {number} of {number} without a body, or with a short one, before 0")
    assert "date:" in what
    assert (url, note.split("'")[1]) == (bad[0].url, "newscrawler newsroom check newsroom_test")
    assert crawl.problem is not None
    assert "check newsroom_test" in crawl.problem


def test_the_next_run_says_that_pages_are_still_held(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    run(articles(40, 41, body=[]), hours=1)
    crawl = run([], hours=2)
    assert crawl.counts["held"] == 2
    assert crawl.problem == "2 pages of earlier runs held. See 'newscrawler status'"
    assert len(attention(store)) == 1


def test_a_mended_file_has_the_held_pages_read_again_and_what_is_good_now_goes_out(
    run: Run, store: Store, newsroom: Newsroom
) -> None:
    run(DAY_ONE)
    has_history(store)
    bad = articles(*range(40, 47), date_published=None)
    run(bad, hours=1)
    mended = newsroom.model_copy(update={"selectors": Selectors(date_published=("time",))})
    nothing = run([], newsroom=mended, hours=2)
    # Due once, and not in every run.
    assert {addresses(store)[article.url][0] for article in bad} == {"pending"}
    assert (nothing.counts["held"], len(live(store))) == (7, 4)
    crawl = run(articles(*range(40, 46)), newsroom=mended, hours=3)
    assert (crawl.counts["new"], crawl.counts["held"], held(store)) == (6, 1, [(bad[6].url, "waiting")])
    # What was read as the old file said never goes out by itself.
    last = run(articles(46), newsroom=mended, hours=4)
    assert (last.counts["held"], len(live(store)), held(store)) == (0, 11, [])
    assert attention(store) == []


def test_what_a_killed_run_left_is_judged_by_the_next(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    run(articles(40, 41), killed=True, hours=1)
    run(articles(42, body=[]), killed=True, hours=2)
    assert (len(live(store)), len(held(store))) == (4, 3)
    crawl = run([], hours=3)
    assert (crawl.counts["new"], len(live(store)), held(store)) == (3, 7, [])


def test_pages_that_give_no_article_any_more_are_a_held_run_and_due_after_the_file_was_mended(
    run: Run, store: Store, newsroom: Newsroom
) -> None:
    run(DAY_ONE)
    has_history(store)
    refused = [f"https://newsroom.test/kk/news/{n}-bos" for n in range(3)]
    # One page a run is enough, when it is so run after run.
    assert [run([], refused=[url], hours=n).counts["held"] for n, url in enumerate(refused, 1)] == [0, 0, 1]
    assert attention(store)[0][0].startswith("held, 1 page: page: 3 of 3 pages that are no article, before 0 of 30")
    more = run([], refused=[f"{url}-2" for url in refused], hours=4)
    assert more.counts["held"] == 4
    mended = newsroom.model_copy(update={"verified": True})
    run([], newsroom=mended, hours=5)
    assert [addresses(store)[f"{url}-2"][0] for url in refused] == ["pending"] * 3
    assert held(store) == []


def test_refused_pages_are_forgotten_when_articles_come_again(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    run([], refused=[f"https://newsroom.test/kk/news/{n}-bos" for n in range(4)], hours=1)
    assert len(held(store)) == 4
    assert run(articles(40), hours=2).counts["held"] == 0
    assert held(store) == []


def test_a_version_that_says_much_less_is_held_back_and_the_good_one_stays(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    (known,) = articles(3)
    shrunk = replace(known, body=known.body[:5])
    crawl = run([shrunk], hours=1)
    assert live(store)[known.url] == known.body[0]
    assert (held(store), crawl.counts["held_back"], crawl.counts["held"]) == ([(known.url, "back")], 1, 0)
    assert addresses(store)[known.url] == ("done", "held", True)
    # Said once; named until somebody looks.
    assert run([shrunk], hours=2).counts["held_back"] == 0
    assert attention(store)[0][:2] == ("held back: it says less than a third of what it said", known.url)
    run([replace(known, body=[*known.body, "Толықтырылды."])], hours=3)
    assert (held(store), attention(store)) == ([], [])


def test_an_edit_is_no_fault_and_a_page_that_says_what_it_said_is_stored_at_once(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    first, second = articles(3, 4)
    edited = replace(first, body=first.body[:12])
    crawl = run([edited], hours=1)
    assert (crawl.counts["changed"], held(store)) == (1, [])
    same = run([second], killed=True, hours=2)
    assert (same.counts["unchanged"], held(store)) == (1, [])
