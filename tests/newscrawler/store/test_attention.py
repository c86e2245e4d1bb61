"""Tests of `newscrawler.store.attention`: what a person should look at, and nothing else."""

from __future__ import annotations

from datetime import timedelta

from newscrawler.address import AddressState, Discovered, Outcome
from newscrawler.store import Store
from newscrawler.store.addresses import record, settle, take
from newscrawler.store.articles import save_article
from newscrawler.store.attention import Attention, needs_attention
from newscrawler.store.entries import KeptEntry, keep_entries
from newscrawler.store.history import Profile, keep_profile, look_of
from newscrawler.store.holding import HeldState, held_pages, hold, note_faults
from newscrawler.store.runs import begin_run, finish_run
from newscrawler.store.sources import count_source_failure, update_source
from tests.conftest import NOW, an_article

NAME = "newsroom_test"
SITE = "https://newsroom.test/"
WAITING = NOW + timedelta(hours=1)


def settled(store: Store, url: str, state: AddressState, reason: str, **more: object) -> None:
    with store.write() as connection:
        record(connection, NAME, [Discovered(url=url)], run=1, source_url=SITE, now=NOW)
        address = take(connection, NAME, run=1, now=NOW, max_tries=5)
        assert address is not None
        outcome = Outcome(state=state, reason=reason, **more)  # type: ignore[arg-type]
        settle(connection, address, outcome, now=NOW, fetched=NOW, max_tries=1 if state is AddressState.PARKED else 5)


def test_everything_that_needs_attention_is_named_once(store: Store) -> None:
    with store.write() as connection:
        update_source(connection, NAME, f"{SITE}good", outcome="read")
        for _ in range(2):
            count_source_failure(connection, NAME, f"{SITE}bad", "status 500", NOW)
        count_source_failure(connection, NAME, f"{SITE}worse", "no answer", NOW)
        undated, rotten = an_article(1, date_published=None), an_article(2)
        for one in (undated, rotten, an_article(3)):
            save_article(connection, one, facets_of=lambda _: [], hashes=(), now=NOW)
        keep_entries(connection, [KeptEntry(article_id=rotten.id, key="k", problem="no headline")])
    settled(store, f"{SITE}parked", AddressState.PARKED, "status 503", retry=True)
    settled(store, f"{SITE}waits", AddressState.PENDING, "status 503", retry=True, next_try=WAITING)
    settled(store, f"{SITE}empty", AddressState.REJECTED, "the article is empty")
    settled(store, f"{SITE}gone", AddressState.GONE, "status 410")
    with store.read() as connection:
        found = needs_attention(connection)
    assert [(item.what, item.url, item.note) for item in found] == [
        ("source failed 2 times", f"{SITE}bad", "status 500"),
        ("source failed", f"{SITE}worse", "no answer"),
        ("put aside", f"{SITE}parked", "status 503, 1 tries"),
        ("waits for its next try", f"{SITE}waits", "status 503"),
        ("no date", undated.canonical_url, undated.headline),
        ("left out of the feeds", rotten.canonical_url, "no headline"),
        ("no article", f"{SITE}empty", "the article is empty"),
    ]
    assert {item.newsroom for item in found} == {NAME}


def test_an_empty_store_needs_none(store: Store) -> None:
    with store.read() as connection:
        assert needs_attention(connection) == []
    assert Attention(newsroom=NAME, what="no date", url=SITE).note == ""


def test_held_silent_and_fading_newsrooms_come_first(store: Store) -> None:
    with store.write() as connection:
        save_article(connection, an_article(1), facets_of=lambda _: [], hashes=(), now=NOW)
        for n in (2, 3):
            hold(connection, an_article(n), HeldState.WAITING, run=1, now=NOW, definition="a")
        pages = held_pages(connection)
        note_faults(connection, [page.id for page in pages], ["body: 2 of 2", "date: 2 of 2"], pages[0].url)
        hold(connection, an_article(1), HeldState.BACK, run=1, now=NOW, definition="a")
        begun = begin_run(connection, NAME, "live", NOW)
        finish_run(connection, begun, NOW, "finished", {"silent": 1, "works_again": 1})
        for authors, number in ((["А"], 30), ([], 10)):
            looks = [look_of(an_article(n, authors=authors)) for n in range(number)]
            keep_profile(connection, NAME, Profile.of(looks), run=begun, now=NOW)
    settled(store, f"{SITE}empty", AddressState.REJECTED, "the article is empty")
    with store.read() as connection:
        found = needs_attention(connection)
    check, let = f"see 'newscrawler newsroom check {NAME}'", f"'newscrawler newsroom release {NAME}'"
    assert [(item.what, item.url, item.note) for item in found] == [
        ("held, 2 pages: body: 2 of 2; date: 2 of 2", an_article(2).url, f"{check}, then {let}"),
        (
            "held back: it says less than a third of what it said",
            an_article(1).url,
            f"the stored version stays until {let}",
        ),
        ("works again", an_article(1).url, "take expected_broken out of its file"),
        ("silent for too long, its last article", an_article(1).canonical_url, check),
        ("author in 0 of the last 10 articles, in 30 of 30 before", an_article(1).canonical_url, check),
        ("no article", f"{SITE}empty", "the article is empty"),
    ]
