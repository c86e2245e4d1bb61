"""Tests of `feeds.publish` with web pages: links between pages stay whole, and nothing is written without need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

import feeds.publish
import feeds.site.facet_pages
from feeds.feed_format import Envelope
from newscrawler.article import Tag
from newscrawler.config import Config
from newscrawler.store import Store, open_store
from newscrawler.store.articles import withdraw_article
from newscrawler.store.runs import begin_run, finish_run
from tests.feeds.articles import NOON, article, save
from tests.feeds.publishing import contents, files, run
from tests.feeds.site.pages import assert_asks_nobody
from tests.feeds.test_publish_hostile import HOSTILE


def pages(config: Config) -> dict[Path, html.HtmlElement]:
    return {path: html.document_fromstring(path.read_text("utf-8")) for path in sorted(config.public.rglob("*.html"))}


def dead_links(config: Config) -> set[tuple[str, str]]:
    return {
        (str(path.relative_to(config.public)), href)
        for path, tree in pages(config).items()
        for href in map(str, tree.xpath("//@href"))
        if not urlsplit(href).netloc
        and not href.startswith("#")
        and not (path.parent / unquote(href)).resolve().is_file()
    }


def touched_by(store: Store, config: Config, *articles: object) -> set[str]:
    before = files(config)
    save(store, *articles)  # type: ignore[arg-type]
    run(store, config)
    return {name for name, state in files(config).items() if before.get(name) != state}


def test_every_link_of_every_page_leads_somewhere(store: Store, config: Config) -> None:
    save(store, article(1), article(2, language="ru", topics=[Tag(code="sport", score=1)]))
    save(store, article(3, newsroom="kaynar_kz", date_published=NOON - timedelta(days=40)))
    run(store, config)
    assert dead_links(config) == set()
    linked = {
        (path.parent / str(href)).resolve() for path, tree in pages(config).items() for href in tree.xpath("//a/@href")
    }
    feeds_and_lists = {path for path in config.public.rglob("*") if path.suffix in (".rss", ".atom", ".json", ".html")}
    assert feeds_and_lists <= linked


def test_a_new_facet_is_linked_from_the_pages_around_it_and_from_no_other_feed(store: Store, config: Config) -> None:
    save(store, article(1), article(2, topics=[Tag(code="sport", score=1)], regions=[Tag(code="KZ-71", score=1)]))
    save(store, article(3, language="ru"))
    run(store, config)
    touched = touched_by(store, config, article(4, topics=[Tag(code="sport", score=1)]))
    assert "kk/turkistan/sport.rss" in touched
    only_page = {name for name in touched if name.endswith(".html") and name.replace(".html", ".rss") not in touched}
    assert only_page == {
        *("index.html", "kk/index.html", "status.html"),
        *(f"{language}/{facet}.html" for language in ("kk", "all") for facet in ("turkistan/economy", "astana/sport")),
    }
    for name in ("kk/turkistan/economy.html", "kk/astana/sport.html"):
        assert "turkistan/sport.html" in (config.public / name).read_text("utf-8")
    assert dead_links(config) == set()


def test_the_lists_of_feeds_come_back_where_they_were_removed(store: Store, config: Config) -> None:
    save(store, article(1))
    run(store, config)
    before = contents(config)["feeds.opml"]
    (config.public / "feeds.opml").unlink()
    save(store, article(2))
    run(store, config)
    assert contents(config)["feeds.opml"] == before
    assert "feeds.opml" not in touched_by(store, config, article(3))


def test_a_known_facet_changes_no_other_page(store: Store, config: Config) -> None:
    save(store, article(1), article(2, topics=[Tag(code="sport", score=1)]))
    run(store, config)
    touched = touched_by(store, config, article(3))
    assert {name for name in touched if name.endswith("sport.html")} == set()
    assert "kk/turkistan/economy.html" in touched


def test_links_that_an_interrupted_publication_left_out_come_with_the_next(
    store: Store, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, article(1), article(2, topics=[Tag(code="sport", score=1)], regions=[Tag(code="KZ-71", score=1)]))
    run(store, config)
    save(store, article(4, topics=[Tag(code="sport", score=1)]))
    made = feeds.site.facet_pages.FacetPages.envelope

    def killed(self: feeds.site.facet_pages.FacetPages, facet: object, archives: object = ()) -> Envelope:
        if getattr(facet, "path", "") == "kk/astana/sport":
            raise KeyboardInterrupt
        return made(self, facet, archives)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(feeds.site.facet_pages.FacetPages, "envelope", killed)
        with pytest.raises(KeyboardInterrupt):
            run(store, config)
    assert "turkistan" not in (config.public / "kk/astana/sport.html").read_text("utf-8").partition("<main")[2]
    run(store, config)
    assert "turkistan/sport.html" in (config.public / "kk/astana/sport.html").read_text("utf-8")
    interrupted = contents(config)
    run(store, config, every=True)
    assert contents(config) == interrupted


def test_a_facet_that_came_to_have_no_entry_is_linked_from_nowhere(store: Store, config: Config) -> None:
    save(store, article(1), article(2, headline="а\x01б", topics=[Tag(code="sport", score=1)]))
    assert len(run(store, config).problems) == 1
    assert not (config.public / "kk/turkistan/sport.html").exists()
    assert dead_links(config) == set()


def test_links_to_a_facet_that_came_to_nothing_do_not_outlive_a_kill(
    store: Store, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, article(1))
    run(store, config)
    save(store, article(2, headline="а\x01б", topics=[Tag(code="sport", score=1)]))

    def killed(*_: object, **__: object) -> set[str]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(feeds.publish, "outdated_pages", killed)
        with pytest.raises(KeyboardInterrupt):
            run(store, config)
    assert dead_links(config) != set()
    run(store, config)
    assert dead_links(config) == set()


def test_a_page_of_a_facet_that_lost_its_articles_stays(store: Store, config: Config) -> None:
    save(store, article(1), article(2, topics=[Tag(code="sport", score=1)]))
    run(store, config)
    with store.write() as connection:
        withdraw_article(connection, article(2).id, facets_of=lambda _: [])
    run(store, config)
    tree = pages(config)[config.public / "kk/all/sport.html"]
    assert tree.xpath("//ol[@class='entries']/*") == []
    assert tree.xpath("string(//p[@class='none'])") == "Әзірге мұнда жаңалық жоқ."


def test_an_idle_publication_reads_no_file_and_writes_none(
    store: Store, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, article(1))
    run(store, config)

    opened = []
    for place in ("open", "read_bytes", "replace"):
        really = getattr(Path, place)

        def noted(path: Path, *arguments: object, really: Callable[..., object] = really, **named: object) -> object:
            opened.append(path)
            return really(path, *arguments, **named)

        monkeypatch.setattr(Path, place, noted)
    done = run(store, config)
    assert (done.written, done.unchanged, done.entries_rendered) == (0, 0, 0)
    assert [path for path in opened if path.is_relative_to(config.public)] == []
    assert opened, "the lock at least is opened"


def test_a_crawl_that_found_nothing_changes_the_status_page_alone(store: Store, config: Config) -> None:
    save(store, article(1))
    run(store, config)
    before = files(config)
    with store.write() as connection:
        number = begin_run(connection, "bulaq_kz", "live", NOON)
        finish_run(connection, number, NOON, "finished", {})
    assert run(store, config).written == 1
    assert {name for name, state in files(config).items() if before[name] != state} == {"status.html"}


def test_pages_depend_on_the_store_alone(store: Store, config: Config, tmp_path: Path) -> None:
    made = [article(number, topics=[Tag(code=topic, score=1)]) for number, topic in enumerate(["economy", "sport"] * 3)]
    save(store, *made)
    run(store, config)
    elsewhere = config.model_copy(update={"public": tmp_path / "other"})
    with open_store(f"sqlite:///{tmp_path / 'other.db'}") as other:
        for one in made:
            save(other, one)
            run(other, elsewhere)
    assert contents(elsewhere) == contents(config)


def test_nothing_active_leaves_a_hostile_article_into_any_page(store: Store, config: Config) -> None:
    save(store, HOSTILE, article(3, headline="а" * 900_000), article(4, headline="\x07", date_published=None))
    run(store, config)
    found = pages(config)
    assert len(found) > 10
    for path, tree in found.items():
        assert_asks_nobody(tree)
        ours = 0 if path.name == "status.html" else 1
        assert len(tree.xpath("//script")) == ours, path
        assert not any(ord(one) in range(0x202A, 0x202F) or one == "\x07" for one in path.read_text("utf-8"))


def test_pages_of_facets_that_are_none_any_more_are_swept(store: Store, config: Config) -> None:
    save(store, article(1))
    run(store, config)
    before = files(config)
    (config.public / "kk/gone").mkdir()
    (config.public / "kk/gone/all.html").write_text("a region that has another slug now")
    assert run(store, config, every=True).removed == 1
    assert files(config) == before
