"""Runs of one newsroom over a week and more: what each of them asks for, and what becomes of edits and moves."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from newscrawler.store import Store, open_store
from newscrawler.vocabulary import Vocabulary
from tests.end_to_end.small_site import FIRST_DAY, Answer, article_page, listing, redirect
from tests.spiders.crawl_in_memory import CrawlInMemory

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LIST: dict[str, Any] = {"kind": "listing", "url": "https://small.test/list", "item": "div.entry"}
GONE = Answer("", 410)
AGES = [timedelta(0), HOUR, 6 * HOUR, DAY, 3 * DAY]


@pytest.fixture
def memory() -> Iterator[Store]:
    """An empty store in memory."""
    with open_store("sqlite:///:memory:") as store:
        yield store


@pytest.fixture
def small(memory: Store, vocabulary: Vocabulary) -> CrawlInMemory:
    """The small newsroom with its defaults."""
    return CrawlInMemory(memory, vocabulary, LIST)


def publish(small: CrawlInMemory, *paths: str, published: datetime = FIRST_DAY, **values: Any) -> None:
    """Puts an article at each path, and names them all in the list."""
    for path in paths:
        small.answers[path] = article_page(path, published=published.isoformat(), etag=f'"{path}"', **values)
    small.answers["/list"] = listing(paths)


def test_a_week_of_84_runs_asks_for_what_is_new_or_due_and_nothing_else(small: CrawlInMemory) -> None:
    runs = [FIRST_DAY + number * 2 * HOUR for number in range(84)]
    # Twenty a day for five days, in the ten hours after half past; then nothing any more.
    stories = {
        f"/a/{day}-{number}": FIRST_DAY - HOUR / 2 + day * DAY + number // 4 * 2 * HOUR
        for day in range(5)
        for number in range(20)
    }
    edited, deleted = "/a/1-7", "/a/2-3"
    asked_sources: list[datetime] = []
    unasked: dict[datetime, set[str]] = {}
    requests = []
    for at in runs:
        out = [path for path, published in stories.items() if published <= at]
        small.answers |= {
            path: article_page(path, published=stories[path].isoformat(), etag=f'"{path}"') for path in out
        }
        small.answers["/list"] = listing(out[:-31:-1], etag=f'"{len(out)}"')
        if at - stories[edited] >= DAY:
            values = {"headline": "Өзгертілген тақырып", "etag": '"edited"'}
            small.answers[edited] = article_page(edited, published=stories[edited].isoformat(), **values)
        if at - stories[deleted] >= 3 * HOUR:
            small.answers[deleted] = GONE
        asked = small.run(at)
        requests.append(len(asked))
        asked_sources += [at] * asked.count("/list")
        due = {
            path
            for path in out
            if any(at - 2 * HOUR - stories[path] < age <= at - stories[path] for age in AGES)
            if path != deleted or at - stories[path] < 8 * HOUR
        }
        unasked[at] = due ^ {path for path in asked if path != "/list"}
        assert len(asked) == len(set(asked))
        if at - FIRST_DAY > 2 * HOUR:
            assert small.statuses.count(200) <= 4 + 1 + (edited in asked)
    assert [unasked[at] for at in runs if unasked[at]] == []
    # 100 articles once each, four visits to 99 of them and two to the one that went, and the list.
    pages = sum(requests) - len(asked_sources)
    assert pages == 100 + 4 * 98 + 4 + 2 - sum(stories[path] + 3 * DAY > runs[-1] for path in stories)
    # Every run while there is news, every second one at the end of two quiet days.
    assert [at for at in runs if at < runs[60]] == [at for at in asked_sources if at < runs[60]]
    assert 72 <= len(asked_sources) < 84
    quiet = [at for at, number in zip(runs, requests, strict=True) if number == 1]
    assert len(quiet) > 8
    articles = small.articles()
    assert articles.keys() == stories.keys() - {deleted}
    assert articles[edited].headline == "Өзгертілген тақырып"
    assert max(requests[1:]) <= 30


def test_an_article_that_answers_404_on_three_visits_over_a_day_is_withdrawn(small: CrawlInMemory) -> None:
    publish(small, "/a/1", "/a/2", published=FIRST_DAY)
    small.run(FIRST_DAY)
    del small.answers["/a/1"]
    visits = {hours: small.run(FIRST_DAY + hours * HOUR).count("/a/1") for hours in (1, 2, 13, 14, 25, 40)}
    assert visits == {1: 1, 2: 0, 13: 1, 14: 0, 25: 1, 40: 1}
    assert set(small.articles()) == {"/a/2"}


def test_a_revisit_that_fails_loses_nothing_and_is_made_later(small: CrawlInMemory) -> None:
    publish(small, "/a/1")
    small.run(FIRST_DAY)
    good, small.answers["/a/1"] = small.answers["/a/1"], Answer("", 503)
    assert small.run(FIRST_DAY + HOUR)[1:] == ["/a/1"]
    small.answers["/a/1"] = good
    assert small.run(FIRST_DAY + 2 * HOUR)[1:] == ["/a/1"]
    assert small.statuses[-1] == 304
    assert small.crawl is not None
    assert small.crawl.counts["unchanged"] == 1
    assert set(small.articles()) == {"/a/1"}


def test_new_articles_come_before_those_that_are_looked_at_again(small: CrawlInMemory) -> None:
    publish(small, "/a/1")
    small.run(FIRST_DAY)
    publish(small, "/a/1", "/a/2")
    assert small.run(FIRST_DAY + HOUR) == ["/list", "/a/2", "/a/1"]


def test_with_revisits_off_no_known_article_is_asked_for(memory: Store, vocabulary: Vocabulary) -> None:
    small = CrawlInMemory(memory, vocabulary, LIST, revisit=())
    publish(small, "/a/1")
    assert small.run(FIRST_DAY) == ["/list", "/a/1"]
    assert [small.run(FIRST_DAY + hours * HOUR) for hours in (1, 6, 24, 72)] == [["/list"]] * 4


def test_an_article_that_moved_stays_one_when_its_new_address_is_met_first(small: CrawlInMemory) -> None:
    publish(small, "/a/old")
    small.run(FIRST_DAY)
    first = small.articles()["/a/old"]
    publish(small, "/a/new")
    small.answers |= {"/a/new": article_page("/a/old", etag='"n"'), "/a/old": redirect("/a/new")}
    # The copy is looked into at once, so that no feed ever holds both.
    assert small.run(FIRST_DAY + HOUR / 2) == ["/list", "/a/new", "/a/old", "/a/new"]
    (moved,) = small.articles().values()
    assert (moved.id, moved.canonical_url) == (first.id, "https://small.test/a/new")
    assert moved.first_seen == first.first_seen
    visits = [path for hours in (1, 6, 24, 72, 96) for path in small.run(FIRST_DAY + hours * HOUR)]
    assert (visits.count("/a/new"), visits.count("/a/old")) == (2, 0)
    assert [article.id for article in small.articles().values()] == [first.id]


def test_an_article_that_moved_stays_one_when_its_old_address_is_met_first(small: CrawlInMemory) -> None:
    publish(small, "/a/old")
    small.run(FIRST_DAY)
    first = small.articles()["/a/old"]
    small.answers |= {"/a/new": article_page("/a/old"), "/a/old": redirect("/a/new")}
    small.run(FIRST_DAY + HOUR)
    publish(small, "/a/new")
    small.answers["/a/new"] = article_page("/a/old")
    assert small.run(FIRST_DAY + 2 * HOUR) == ["/list"]
    assert [(path, article.id) for path, article in small.articles().items()] == [("/a/new", first.id)]


def test_an_old_address_that_is_first_listed_later_makes_no_second_article(small: CrawlInMemory) -> None:
    publish(small, "/a/new")
    small.run(FIRST_DAY)
    first = small.articles()["/a/new"]
    small.answers |= {"/a/old": redirect("/a/new"), "/list": listing(["/a/old", "/a/new"])}
    assert small.run(FIRST_DAY + HOUR / 2) == ["/list", "/a/old", "/a/new"]
    assert [(path, article.id) for path, article in small.articles().items()] == [("/a/new", first.id)]


@pytest.mark.parametrize("order", [["/a/old", "/a/new"], ["/a/new", "/a/old"]])
def test_two_addresses_that_name_one_canonical_address_are_one_article(order: list[str], small: CrawlInMemory) -> None:
    page = article_page("/a/old", canonical="/a/new")
    small.answers |= {"/a/old": page, "/a/new": page}
    for number, path in enumerate(order):
        small.answers["/list"] = listing([path])
        small.run(FIRST_DAY + number * HOUR / 2)
    assert list(small.articles()) == ["/a/new"]


@pytest.mark.parametrize("order", [["/a/old", "/a/new"], ["/a/new", "/a/old"]])
def test_two_articles_that_come_to_name_one_canonical_address_become_the_first(
    order: list[str], small: CrawlInMemory
) -> None:
    publish(small, order[0], published=FIRST_DAY)
    small.answers[order[0]] = article_page("/a/old", published=FIRST_DAY.isoformat())
    small.run(FIRST_DAY)
    (first,) = small.articles().values()
    small.answers |= {"/list": listing(order), order[1]: article_page("/a/old", published=FIRST_DAY.isoformat())}
    small.run(FIRST_DAY + HOUR / 2)
    assert len(small.articles()) == 2
    page = article_page("/a/old", canonical="/a/new", published=FIRST_DAY.isoformat())
    small.answers |= dict.fromkeys(order, page)
    small.run(FIRST_DAY + HOUR)
    assert [(path, article.id) for path, article in small.articles().items()] == [("/a/new", first.id)]
    small.run(FIRST_DAY + 6 * HOUR)
    assert [article.id for article in small.articles().values()] == [first.id]


def test_an_address_that_leads_to_another_article_now_takes_nothing_from_either(small: CrawlInMemory) -> None:
    publish(small, "/a/1", "/a/2")
    small.run(FIRST_DAY)
    before = small.articles()
    small.answers["/a/1"] = redirect("/a/2")
    small.run(FIRST_DAY + HOUR)
    assert {path: (article.id, article.headline) for path, article in small.articles().items()} == {
        path: (article.id, article.headline) for path, article in before.items()
    }
    publish(small, "/a/1", "/a/2")
    small.run(FIRST_DAY + 6 * HOUR)
    assert small.articles().keys() == before.keys()


def test_a_list_catches_up_after_days_beyond_its_last_page(memory: Store, vocabulary: Vocabulary) -> None:
    small = CrawlInMemory(memory, vocabulary, {**LIST, "next_page": "a.next", "max_pages": 2}, revisit=())
    paths = [f"/a/{number}" for number in range(24)]
    publish(small, *paths)

    def show(newest: int) -> None:
        shown = paths[newest::-1]
        for page in range(6):
            follows = f"/list{page + 1}" if page < 5 else None
            small.answers["/list" if page == 0 else f"/list{page}"] = listing(
                shown[page * 4 : page * 4 + 4], next_page=follows
            )

    show(3)
    small.run(FIRST_DAY)
    assert len(small.articles()) == 4
    show(23)
    small.run(FIRST_DAY + 3 * DAY)
    assert small.articles().keys() == set(paths)


def test_a_list_that_never_ends_is_read_to_its_last_page_and_named(
    memory: Store, vocabulary: Vocabulary, caplog: pytest.LogCaptureFixture
) -> None:
    small = CrawlInMemory(memory, vocabulary, {**LIST, "next_page": "a.next", "max_pages": 3}, revisit=())
    for run in range(2):
        for page in range(9):
            links = [f"/a/{run}-{page}-{number}" for number in range(2)]
            small.answers["/list" if page == 0 else f"/list{page}"] = listing(links, next_page=f"/list{page + 1}")
        asked = small.run(FIRST_DAY + run * HOUR)
        assert [path for path in asked if path.startswith("/list")] == ["/list", "/list1", "/list2"]
    assert "https://small.test/list: still something new on page 3, the last that is read" in caplog.text
