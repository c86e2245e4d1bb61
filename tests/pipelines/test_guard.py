"""Tests of `pipelines.guard`: what looks wrong is kept apart and not lost, and what looks right goes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newscrawler.address import AddressState, Discovered, Outcome, Visit
from newscrawler.article import Article, Relation
from newscrawler.config import Config
from newscrawler.crawl import Crawl
from newscrawler.errors import StoreError
from newscrawler.newsroom import Newsroom, Selectors
from newscrawler.store import Store, open_store
from newscrawler.store.addresses import record, settle, take, with_state
from newscrawler.store.articles import iterate_articles, withdraw_article
from newscrawler.store.attention import needs_attention
from newscrawler.store.facets import facets_to_publish
from newscrawler.store.history import Profile, keep_profile, look_of
from newscrawler.store.holding import ask_again, drop_held, held_pages
from newscrawler.store.neighbours import StoreNeighbours
from newscrawler.store.runs import begin_run, finish_run
from newscrawler.vocabulary import Vocabulary
from pipelines.dedupe import dedupe
from pipelines.guard import Guard
from pipelines.step import StepContext
from tests.conftest import NOW, an_article

SENTENCE = "Қалада бүгін жаңа мектеп ашылды, оған {} бала барады, {} мұғалім сабақ береді."
Run = Callable[..., Crawl]


def articles(*numbers: int, **values: object) -> list[Article]:
    """Articles of about 1,500 characters, a quarter of an hour apart, each told apart by its number."""
    return [
        an_article(
            n,
            **{
                "body": [SENTENCE.format(n, n * part) for part in range(1, 21)],
                "date_published": NOW - timedelta(minutes=15 * n),
                **values,
            },
        )
        for n in numbers
    ]


DAY_ONE = articles(1, 2, 3, 4)
"""What is stored; the history tells of 30 such articles."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store; what it says on each engine is tested with `newscrawler.store.holding`."""
    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as opened:
        yield opened


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom(
        name="newsroom_test",
        title="Newsroom.test",
        site="https://newsroom.test/",
        hosts=("newsroom.test",),
        languages=("kk",),
    )


@pytest.fixture
def run(store: Store, vocabulary: Vocabulary, newsroom: Newsroom) -> Run:
    """Runs a crawl that read these articles and found nothing on the pages `refused`; with `killed` it has no end."""

    def crawl_through(
        found: Iterable[Article], *, newsroom: Newsroom = newsroom, killed: bool = False, hours: float = 0, **more: Any
    ) -> Crawl:
        refused: Iterable[str] = more.pop("refused", ())

        def clock() -> datetime:
            return NOW + timedelta(hours=hours)

        crawl = Crawl(config=Config(), newsroom=newsroom, store=store, vocabulary=vocabulary, clock=clock, **more)
        with store.write() as connection:
            crawl.run = begin_run(connection, newsroom.name, "live", clock())
            ask_again(connection, newsroom.name, newsroom.digest)
        guard = Guard(crawl)
        for url in refused:
            with store.write() as connection:
                record(connection, newsroom.name, [Discovered(url=url)], run=crawl.run, source_url="s", now=NOW)
                address = take(connection, newsroom.name, run=crawl.run, now=clock(), max_tries=5)
                assert address is not None
                outcome = Outcome(state=AddressState.REJECTED, reason="the article is empty", recheck=True)
                settle(connection, address, outcome, now=clock(), fetched=clock(), max_tries=5)
        for article in found:
            urls = [Discovered(url=url) for url in article.addresses or [article.url]]
            with store.write() as connection:
                record(connection, newsroom.name, urls, run=crawl.run, source_url="s", now=NOW)
            context = StepContext(
                vocabulary=vocabulary, now=clock(), newsroom=newsroom, neighbours=StoreNeighbours(store)
            )
            guard.keep(dedupe(article, context))
        if not killed:
            guard.close()
            with store.write() as connection:
                finish_run(connection, crawl.run, clock(), "finished", dict(crawl.counts))
        return crawl

    return crawl_through


def has_history(store: Store) -> None:
    looks = [look_of(article) for article in articles(*range(5, 31))]
    with store.write() as connection:
        keep_profile(connection, "newsroom_test", Profile.of(looks), run=1, now=NOW)


def live(store: Store) -> dict[str, str]:
    with store.read() as connection:
        return {article.url: article.body[0] if article.body else "" for article in iterate_articles(connection)}


def held(store: Store) -> list[tuple[str, str]]:
    with store.read() as connection:
        return [(page.url, page.state.value) for page in held_pages(connection)]


def addresses(store: Store) -> dict[str, tuple[str, str | None, bool]]:
    with store.read() as connection:
        rows = with_state(connection, AddressState)
    return {row.url: (row.state, row.reason, row.article_id is not None) for row in rows}


def changes(store: Store) -> list[tuple[str, int]]:
    with store.read() as connection:
        return facets_to_publish(connection, every=True)


def attention(store: Store) -> list[tuple[str, str, str]]:
    with store.read() as connection:
        return [(item.what, item.url, item.note) for item in needs_attention(connection)]


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


def test_good_articles_pass_in_fives_and_a_later_change_of_the_site_is_held_in_the_same_run(
    run: Run, store: Store
) -> None:
    run(DAY_ONE)
    has_history(store)
    crawl = run([*articles(*range(40, 50)), *articles(*range(50, 56), body=[])], hours=1)
    assert (crawl.counts["new"], crawl.counts["held"]) == (10, 6)


def test_one_odd_article_among_others_of_its_run_goes_out(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    crawl = run([*articles(*range(40, 45)), *articles(45, body=[])], hours=1)
    assert (crawl.counts["new"], held(store)) == (6, [])


def test_a_page_that_is_simply_so_goes_out_when_others_since_look_right(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    odd = articles(40, body=[])
    run(odd, hours=1)
    for n in range(41, 46):
        run(articles(n), hours=n - 39)
    assert held(store) == [(odd[0].url, "waiting")]
    crawl = run(odd, hours=8)
    assert (crawl.counts["new"], crawl.counts["held"], held(store)) == (1, 0, [])


def test_an_article_that_comes_under_two_addresses_is_held_once_under_both(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    (one,) = articles(40, body=[])
    urls = [f"{one.url}?p=1", f"{one.url}?p=2"]
    run([replace(one, addresses=[one.url, url]) for url in urls], hours=1)
    assert held(store) == [(one.url, "waiting")]
    run([replace(articles(40)[0], addresses=[one.url])], hours=2)
    known = addresses(store)
    assert [known[url] for url in [one.url, *urls]] == [("done", None, True)] * 3


def test_the_visit_of_a_held_article_is_kept_for_its_revisit(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    (one,) = articles(0)
    visit = Visit(url=one.url, etag='"1"')
    run([one], hours=1, visits={one.url: visit})
    with store.read() as connection:
        (row,) = [row for row in with_state(connection, AddressState) if row.url == one.url]
    assert (row.etag, row.next_try) == ('"1"', NOW + timedelta(hours=6))


def test_a_held_page_without_a_date_is_looked_at_less_and_less(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    undated = articles(40, date_published=None)

    def due() -> list[object]:
        with store.read() as connection:
            return [row.next_try for row in with_state(connection, AddressState) if row.url == undated[0].url]

    run(undated, hours=1)
    assert due() == [NOW + timedelta(hours=2)]
    run([replace(undated[0], fetched_at=NOW + timedelta(hours=2))], hours=2)
    assert due() == [NOW + timedelta(hours=7)]


def test_a_page_that_went_while_its_article_was_held_is_forgotten(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    (one,) = articles(40, body=[])
    run([one], hours=1)
    with store.write() as connection:
        address = take(connection, one.newsroom, run=99, now=NOW + timedelta(days=9), max_tries=5)
        assert address is not None
        assert address.url == one.url
        gone = Outcome(state=AddressState.GONE, reason="status 410")
        settle(connection, address, gone, now=NOW, fetched=NOW, max_tries=5)
    assert run([], hours=2).counts["held"] == 0


def test_dropped_articles_come_again_only_when_the_file_has_changed(run: Run, store: Store, newsroom: Newsroom) -> None:
    run(DAY_ONE)
    has_history(store)
    (new,) = articles(40, body=[])
    (known,) = articles(3)
    run([new, replace(known, body=known.body[:2])], hours=1)
    with store.write() as connection:
        assert drop_held(connection, newsroom.name) == 2
    assert addresses(store)[new.url] == ("rejected", "held, then dropped", False)
    assert addresses(store)[known.url] == ("done", None, True)
    assert run([], hours=2).counts["held"] == 0
    mended = newsroom.model_copy(update={"verified": True})
    run([], newsroom=mended, hours=3)
    assert [addresses(store)[url][0] for url in (new.url, known.url)] == ["pending", "pending"]


def test_of_a_newsroom_that_is_expected_to_be_broken_nothing_goes_out_until_the_mark_is_gone(
    run: Run, store: Store, newsroom: Newsroom
) -> None:
    broken = newsroom.model_copy(update={"expected_broken": True})
    crawl = run(articles(1, 2, 3, date_published=None), newsroom=broken)
    assert (live(store), crawl.counts["held"], crawl.counts["works_again"]) == ({}, 0, 0)
    assert attention(store)[0][0].startswith("held, 3 pages: no verdict yet")
    again = run(articles(*range(4, 9)), newsroom=broken, hours=1)
    assert (live(store), again.counts["works_again"]) == ({}, 1)
    assert ("works again", articles(8)[0].url) in [item[:2] for item in attention(store)]
    run(articles(*range(1, 9)), newsroom=newsroom, hours=2)
    assert (len(live(store)), held(store), attention(store)) == (8, [], [])


def test_a_newsroom_that_was_never_so_long_without_an_article_is_silent(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    for n in range(12):
        run(articles(40 + n), hours=4 * n)
    assert run([], hours=44 + 48).counts["silent"] == 0
    crawl = run([], hours=44 + 49)
    assert crawl.counts["silent"] == 1
    assert attention(store)[0][0].startswith("silent")
    unreached = run([], hours=44 + 50, counts=Counter(sources_failed=1))
    assert unreached.counts["silent"] == 0
    assert run(articles(70), hours=44 + 51).counts["silent"] == 0


def test_a_store_that_fails_at_the_end_is_told_and_what_waits_is_judged_by_the_next_run(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(DAY_ONE)
    has_history(store)

    def fail(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("pipelines.guard.store", fail)
        crawl = run(articles(40), hours=1)
    assert (crawl.counts["failed"], crawl.problem) == (1, "the disk is full")
    assert run([], hours=2).counts["new"] == 1


def test_a_withdrawn_article_that_comes_back_waits_too(run: Run, store: Store) -> None:
    run(DAY_ONE)
    has_history(store)
    (one,) = articles(3)
    with store.write() as connection:
        withdraw_article(connection, one.id, facets_of=lambda _: [])
    run([replace(one, body=[])], hours=1)
    assert (one.url in live(store), held(store)) == (False, [(one.url, "waiting")])
