"""Drafts of sites in memory: what is found, what is asked, what is written."""

from __future__ import annotations

import asyncio
import contextlib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.errors import PageError
from newscrawler.newsroom import Newsroom
from newscrawler.newsroom_files import read_newsroom
from newscrawler.vocabulary import Vocabulary
from spiders.drafting.confidence import confidence_rows
from spiders.drafting.draft import Draft, make_draft
from spiders.drafting.exploration import explore, explore_saved
from spiders.drafting.newsroom_text import newsroom_text
from spiders.drafting.site import Site
from spiders.drafting.site_pages import open_saved_site
from tests.newsroom.site import build_site
from tests.newsroom.truth import truth
from tests.spiders.drafting.site_in_memory import NOW, SiteInMemory
from tests.spiders.drafting.small_site import KK, RU, hidden_article, home, site, stories


def drafted(pages: SiteInMemory, url: str) -> Draft:
    async def work() -> Draft:
        return await make_draft(pages, await explore(pages, Site(url)), "drafted", NOW)

    return asyncio.run(work())


def drafted_from(folder: Path) -> Draft:
    pages, found = open_saved_site(folder)

    async def work() -> Draft:
        return await make_draft(pages, await explore_saved(pages, found), "drafted", NOW)

    return asyncio.run(work())


def written(draft: Draft, vocabulary: Vocabulary, folder: Path) -> Newsroom:
    """The newsroom as a crawl reads it from the file."""
    file = folder / "drafted.toml"
    file.write_text(newsroom_text(draft, vocabulary), encoding="utf-8")
    return read_newsroom(file)


def saved(folder: Path, pages: Mapping[str, str]) -> Path:
    """The pages in a folder, as a browser saves them."""
    for number, (url, page) in enumerate(pages.items()):
        comment = f"<!-- saved from url=({len(url):04d}){url} -->"
        (folder / f"{number}.html").write_text(page.replace("<html>", f"<html>{comment}"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def of_fixture_newsroom() -> tuple[Draft, SiteInMemory]:
    """The draft of the fixture newsroom, and the site that was asked."""
    whole = build_site(1)
    answers = {
        f"https://newsroom.test{target}": answer.body
        for target, answer in whole.answers.items()
        if answer.status == 200
    }
    pages = SiteInMemory(answers, robots=whole.answer("/robots.txt").body.decode())
    return drafted(pages, "https://newsroom.test/"), pages


class TestFixtureNewsroom:
    @pytest.fixture
    def draft(self, of_fixture_newsroom: tuple[Draft, SiteInMemory]) -> Draft:
        """Its draft."""
        return of_fixture_newsroom[0]

    def test_asks_for_few_pages_and_each_once(self, of_fixture_newsroom: tuple[Draft, SiteInMemory]) -> None:
        draft, pages = of_fixture_newsroom
        assert len(pages.asked) == len(set(pages.asked)) <= 17
        assert sum(map(draft.newsroom.is_article_address, pages.asked)) >= 5

    def test_accepts_every_article_and_no_list(self, draft: Draft, vocabulary: Vocabulary, tmp_path: Path) -> None:
        newsroom = written(draft, vocabulary, tmp_path)
        assert [record["url"] for record in truth(1) if not newsroom.is_article_address(record["url"])] == []
        for path in ("/", "/ru/", "/kk/news/", "/kk/news/?page=2", "/ru/news/", "/search?q=", "/amp/kk/news/52001"):
            assert not newsroom.is_article_address(f"https://newsroom.test{path}"), path

    def test_names_lists_feeds_and_the_index(self, draft: Draft, vocabulary: Vocabulary, tmp_path: Path) -> None:
        newsroom = written(draft, vocabulary, tmp_path)
        sources = {source.url.removeprefix("https://newsroom.test"): source for source in newsroom.sources}
        assert sources.keys() == {
            *("/kk/news/", "/ru/news/", "/ajax/more?p=1", "/rss/kk.xml", "/rss/ru.xml", "/sitemap.xml"),
        }
        assert (sources["/kk/news/"].item, sources["/kk/news/"].date) == (".item", ".date")
        assert sources["/ru/news/"].day_heading == ".date-heading"
        assert sources["/ajax/more?p=1"].json_html == "html"
        assert sources["/ajax/more?p=1"].page_url == "https://newsroom.test/ajax/more?p={page}"

    def test_writes_no_selector_where_the_reader_is_sure(self, draft: Draft) -> None:
        assert draft.selectors == []

    def test_says_what_it_is(self, draft: Draft, vocabulary: Vocabulary, tmp_path: Path) -> None:
        newsroom = written(draft, vocabulary, tmp_path)
        assert (newsroom.title, newsroom.languages) == ("Newsroom.test", ("kk", "ru"))
        assert newsroom.verified is False
        assert "2024-05-14" in newsroom.evidence

    def test_the_date_that_a_page_puts_in_the_future_is_said_to_be_the_lists(self, draft: Draft) -> None:
        rows = {row[0]: row[1] for row in confidence_rows(draft.fields)}
        assert rows["headline"] == rows["text"] == "sure"
        assert rows["date"] == "doubtful: on 1 only the list or feed tells it"


class TestSavedPages:
    def test_the_examples_give_a_file_for_all_their_articles(
        self, examples: Path, vocabulary: Vocabulary, tmp_path: Path
    ) -> None:
        newsroom = written(drafted_from(examples), vocabulary, tmp_path)
        assert [record["url"] for record in truth(1) if not newsroom.is_article_address(record["url"])] == []
        lists = [source.url for source in newsroom.sources if source.kind == "listing"]
        assert lists == ["https://newsroom.test/kk/news/?page=1", "https://newsroom.test/ru/news/?page=1"]

    def test_one_article_and_one_list_do(self, vocabulary: Vocabulary, tmp_path: Path) -> None:
        whole = site()
        one = stories()[0].url
        draft = drafted_from(saved(tmp_path, {f"{RU}/": whole[f"{RU}/"], one: whole[one]}))
        newsroom = written(draft, vocabulary, tmp_path)
        assert [
            story.url for story in stories() if story.url.startswith(RU) and not newsroom.is_article_address(story.url)
        ] == []
        assert [source.url for source in newsroom.sources] == [f"{RU}/"]
        assert newsroom.languages == ("ru",)

    def test_articles_alone_do_too(self, vocabulary: Vocabulary, tmp_path: Path) -> None:
        pages = {url: page for url, page in site().items() if "soobshcheniye" in url}
        newsroom = written(drafted_from(saved(tmp_path, pages)), vocabulary, tmp_path)
        assert all(map(newsroom.is_article_address, pages))
        assert newsroom.sources == ()


class TestTwoHosts:
    def test_the_other_languages_host_is_found(self, vocabulary: Vocabulary, tmp_path: Path) -> None:
        newsroom = written(drafted(SiteInMemory(site()), f"{RU}/"), vocabulary, tmp_path)
        assert set(newsroom.hosts) == {
            *("zhanalyq.test", "www.zhanalyq.test", "kaz.zhanalyq.test", "www.kaz.zhanalyq.test"),
        }
        assert newsroom.hosts[0] == "zhanalyq.test"
        assert newsroom.languages == ("ru", "kk")
        assert {source.url for source in newsroom.sources} == {f"{RU}/", f"{KK}/"}
        assert newsroom.title == "Zhanalyq Newspaper"

    def test_sections_and_tags_stay_out(self, vocabulary: Vocabulary, tmp_path: Path) -> None:
        newsroom = written(drafted(SiteInMemory(site()), f"{RU}/"), vocabulary, tmp_path)
        assert all(newsroom.is_article_address(story.url) for story in stories())
        assert newsroom.is_article_address(f"{RU}/culture/novyy-teatr-v-gorode-81234/")
        for path in ("/society/", "/o-nas/", "/tag/voda-70999/", "/society/page/2/"):
            assert not newsroom.is_article_address(RU + path), path


class TestSelectors:
    def test_a_date_that_the_reader_misses_gets_a_selector_that_holds_on_all_samples(
        self, vocabulary: Vocabulary, tmp_path: Path
    ) -> None:
        draft = drafted(SiteInMemory(site(hidden_article)), f"{RU}/")
        newsroom = written(draft, vocabulary, tmp_path)
        [found] = draft.selectors
        assert found.field == "date_published"
        assert newsroom.selectors.date_published == (".material-foot b::attr(data-published)",)
        days = {story.url: story.day for story in stories()}
        for sample in draft.samples:
            assert sample.article is not None
            assert sample.article.date_published is not None
            assert sample.article.date_published.isoformat() == f"2024-05-{days[sample.url]}T09:30:00+05:00"

    def test_the_file_says_why(self, vocabulary: Vocabulary) -> None:
        text = newsroom_text(drafted(SiteInMemory(site(hidden_article)), f"{RU}/"), vocabulary)
        before, _, _ = text.partition("date_published = ")
        assert re.search(r"# date: without it 6 of 6 pages had (none|a doubtful one)", before)


def test_a_hostile_site_name_stays_inside_its_string(vocabulary: Vocabulary, tmp_path: Path) -> None:
    name = 'Evil"\n[[sources]]\nkind = "feed'
    pages = {url: page.replace("Zhanalyq Newspaper", name.replace('"', "&quot;")) for url, page in site().items()}
    text = newsroom_text(drafted(SiteInMemory(pages), f"{RU}/"), vocabulary)
    assert [source["kind"] for source in tomllib.loads(text)["sources"]] == ["listing", "listing"]
    assert all("Evil" not in line or line.startswith(("#", "title = ")) for line in text.splitlines())


def test_a_large_archive_is_left_to_the_operator_and_its_news_are_not(vocabulary: Vocabulary) -> None:
    index = f"<sitemap><loc>{RU}/news-latest.xml</loc></sitemap>"
    index += "".join(f"<sitemap><loc>{RU}/sitemaps/{number}.xml</loc></sitemap>" for number in range(90))
    urls = "".join(f"<url><loc>{story.url}</loc></url>" for story in stories())
    pages = {
        **site(),
        f"{RU}/sitemap.xml": f"<sitemapindex>{index}</sitemapindex>",
        f"{RU}/sitemaps/0.xml": f"<urlset>{urls}</urlset>",
        f"{RU}/news-latest.xml": f"<urlset>{urls}</urlset>",
    }
    text = newsroom_text(drafted(SiteInMemory(pages), f"{RU}/"), vocabulary)
    assert f'# url = "{RU}/sitemap.xml"' in text
    named = [source["url"] for source in tomllib.loads(text)["sources"] if source["kind"] == "sitemap"]
    assert named == [f"{RU}/news-latest.xml"]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, "status 404"),
        ({f"{RU}/": "<html><body><h1>Скоро открытие</h1></body></html>"}, "no links to articles were found"),
    ],
)
def test_what_cannot_be_drafted_is_said(answers: dict[str, str], told: str) -> None:
    with pytest.raises(PageError, match=told):
        drafted(SiteInMemory(answers), f"{RU}/")


@given(st.binary(max_size=2000), st.binary(max_size=300))
def test_whatever_a_site_answers_ends_in_a_draft_or_an_error(page: bytes, more: bytes) -> None:
    answers: dict[str, bytes | str] = {f"{RU}/": b"<html><body>" + page + home(RU).encode(), f"{RU}/sitemap.xml": more}
    answers |= {story.url: b"<html>" + more + page for story in stories()}
    answers |= {f"{RU}/rss": more}
    with contextlib.suppress(PageError):
        draft = drafted(SiteInMemory(answers), f"{RU}/")
        assert draft.patterns.include
