"""What a site shows at addresses that do not exist: refused where it is no article, and never at the cost of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from newscrawler.store import open_store
from newscrawler.vocabulary import Vocabulary
from spiders.fetching.cut_off import DownloadCutOff
from spiders.fetching.faults import LeftToNextRun
from spiders.fetching.unknown_address import made_up
from tests.end_to_end.small_site import FIRST_DAY, SITE, Answer, article_page, sitemap
from tests.spiders.crawl_in_memory import CrawlInMemory

HOUR = timedelta(hours=1)
TEXT = "Сіз іздеген материал басқа бөлімге көшірілді немесе редакцияның шешімімен жарияланымнан алынды, оқырман. " * 6
NOTICE = Answer(f"<html><body><h1>Бұл жерде бос орын бар</h1><div class='body'><p>{TEXT}</p></div></body></html>")
OTHER = Answer(str(NOTICE.body).replace("бос орын", "жаңа мектеп").replace("Сіз іздеген", "Ауылда салынған"))


@pytest.fixture
def small(vocabulary: Vocabulary) -> Iterator[CrawlInMemory]:
    with open_store("sqlite:///:memory:") as store:
        source = {"kind": "sitemap", "url": f"{SITE}sitemap.xml"}
        yield CrawlInMemory(store, vocabulary, source, revisit=("1h",))


def list_all(small: CrawlInMemory, *paths: str) -> None:
    small.answers["/sitemap.xml"] = sitemap(paths)


def nowhere(path: str) -> str:
    """The path that is made up beside `path`."""
    return urlsplit(made_up(f"{SITE}{path[1:]}")).path


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.kz/kk/news/9030-zhoq", r"/kk/news/7\d{6}9030-zhoq-[0-9a-f]{8}"),
        ("https://a.kz/a/top-10-9030/", r"/a/top-7\d{6}10-7\d{6}9030-[0-9a-f]{8}/"),
        ("https://a.kz/a/9030/2024/zhoq", r"/a/7\d{6}9030/2024/zhoq-[0-9a-f]{8}"),
        ("https://a.kz/kk/2024/05/14/zhoq", r"/kk/2024/05/14/zhoq-[0-9a-f]{8}"),
        ("https://a.kz/kk/zhoq.html", r"/kk/zhoq-[0-9a-f]{8}\.html"),
        ("https://a.kz/kk/zhoq/", r"/kk/zhoq-[0-9a-f]{8}/"),
        ("https://a.kz/article?in=5&id=12", r"/article-[0-9a-f]{8}\?in=7\d{6}5&id=7\d{6}12"),
    ],
)
def test_an_address_that_is_made_up_is_like_the_others_and_always_the_same(url: str, expected: str) -> None:
    found = urlsplit(made_up(url))
    assert re.fullmatch(expected, f"{found.path}?{found.query}" if found.query else found.path)
    assert made_up(url) == found.geturl()


def test_a_notice_at_every_dead_address_is_no_article_and_costs_one_request(small: CrawlInMemory) -> None:
    dead = ["/a/dead-one", "/a/dead-two"]
    small.answers |= dict.fromkeys((*dead, nowhere(dead[0]), nowhere(dead[1])), NOTICE)
    small.answers |= {"/a/1": article_page("1"), "/a/undated": OTHER}
    list_all(small, *dead, "/a/1", "/a/undated")
    asked = small.run(FIRST_DAY)
    assert len(asked) == len({*asked}) == 6
    assert set(small.articles()) == {"/a/1", "/a/undated"}
    small.run(FIRST_DAY + 2 * HOUR)
    assert set(small.articles()) == {"/a/1", "/a/undated"}


def test_pages_that_leave_no_doubt_cost_no_request(small: CrawlInMemory) -> None:
    small.answers |= {f"/a/{number}": article_page(str(number)) for number in range(3)}
    list_all(small, *(f"/a/{number}" for number in range(3)))
    assert small.run(FIRST_DAY) == ["/sitemap.xml", "/a/0", "/a/1", "/a/2"]


def test_an_undated_article_stays_where_dead_addresses_answer_404(small: CrawlInMemory) -> None:
    small.answers["/a/undated"] = OTHER
    list_all(small, "/a/undated")
    assert small.run(FIRST_DAY)[-1] == nowhere("/a/undated")
    assert set(small.articles()) == {"/a/undated"}


def undated(page: Answer) -> Answer:
    return Answer(re.sub('"datePublished": "[^"]*"', '"x": ""', str(page.body)))


class GoingBy(dict[str, Answer]):
    """Answers of a site that goes by a part of an address, the first group of `pattern`, and ignores the rest."""

    def __init__(self, pattern: str, pages: Mapping[str, Answer]) -> None:
        self._pattern = pattern
        self._pages = pages

    def get(self, path: str, default: Any = None) -> Any:
        found = re.search(self._pattern, path)
        return self[path] if path in self else self._pages.get(found[1] if found else "", default)


@pytest.mark.parametrize(
    ("pattern", "paths"),
    [
        (r"^/a/(\d+)/", ["/a/9001/one", "/a/9002/two", "/a/9003/three"]),
        (r"(\d+)$", ["/a/top-10-goals-9001", "/a/top-5-goals-9002"]),
        (r"_a(\d+)$", ["/a/itogi-2024-goda_a9001", "/a/plany-na-2025-god_a9002"]),
        (r"^/a/([a-z]+)/", ["/a/qwe/one", "/a/rty/two", "/a/uio/three"]),
    ],
)
@pytest.mark.parametrize("is_dated", [True, False])
def test_no_article_is_lost_where_a_site_goes_by_a_part_of_the_address(
    pattern: str, paths: list[str], is_dated: bool, small: CrawlInMemory
) -> None:
    keys = {path: str(re.search(pattern, path)[1]) for path in paths}  # type: ignore[index]
    # Where no number names an article, only its canonical address tells.
    pages = {
        key: article_page(key, headline="Ауа райы бүгін қандай болады", canonical=None if key.isdigit() else path)
        for path, key in keys.items()
    }
    small.answers = GoingBy(pattern, pages if is_dated else {key: undated(page) for key, page in pages.items()})
    list_all(small, *paths)
    for hours in (0, 2, 7, 20):
        small.run(FIRST_DAY + hours * HOUR)
    assert set(small.articles()) == set(paths)


def test_a_front_page_that_shares_a_line_with_articles_costs_none_of_them(small: CrawlInMemory) -> None:
    line = "<p>Елдегі және әлемдегі соңғы жаңалықтар, сараптама, сұхбат және репортаж күн сайын оқырманға жетеді.</p>"

    def page(name: str) -> Answer:
        text = str(undated(article_page(name, headline="Жаңалықтар порталы")).body)
        return Answer(text.replace('<div class="body">', f'<div class="body">{line}'))

    paths = ["/a/1", "/a/2", "/a/3"]
    small.answers |= {path: page(path) for path in paths} | {nowhere(path): page("front") for path in paths}
    list_all(small, *paths)
    for hours in (0, 2, 7):
        small.run(FIRST_DAY + hours * HOUR)
    assert set(small.articles()) == set(paths)


class Refusing(dict[str, Answer]):
    """Answers of a site; asking for an address that it does not know raises `error`."""

    error: Exception | None = None

    def get(self, path: str, default: Any = None) -> Any:
        if path not in self and self.error is not None:
            raise self.error
        return super().get(path, default)


@pytest.mark.parametrize("error", [LeftToNextRun("the budget is used up"), DownloadCutOff("the crawl ends")])
def test_a_page_in_doubt_waits_for_the_next_run_where_this_one_may_not_ask(
    error: Exception, small: CrawlInMemory
) -> None:
    small.answers = answers = Refusing({"/a/undated": OTHER})
    list_all(small, "/a/undated")
    answers.error = error
    small.run(FIRST_DAY)
    assert small.articles() == {}
    answers.error = None
    small.run(FIRST_DAY + HOUR)
    assert set(small.articles()) == {"/a/undated"}


def test_an_article_that_dead_addresses_show_is_kept_once(small: CrawlInMemory) -> None:
    paths = ["/a/its-own", "/a/dead-one", "/a/dead-two"]
    small.answers |= {path: article_page("its own") for path in (*paths, *map(nowhere, paths))}
    list_all(small, *paths)
    for hours in (0, 2, 7):
        small.run(FIRST_DAY + hours * HOUR)
        assert len(small.articles()) == 1


def test_an_article_whose_address_shows_the_notice_later_says_what_it_said(small: CrawlInMemory) -> None:
    small.answers["/a/1"] = article_page("1")
    list_all(small, "/a/1")
    small.run(FIRST_DAY)
    before = small.articles()
    small.answers |= {"/a/1": NOTICE, nowhere("/a/1"): NOTICE}
    small.run(FIRST_DAY + HOUR)
    after = small.articles()
    assert [(a.headline, a.body) for a in after.values()] == [(a.headline, a.body) for a in before.values()]
