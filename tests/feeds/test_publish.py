"""Tests of `feeds.publish`: from a store of articles to files that readers read back."""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

import feeds.feed_entries
from feeds.publish import publish
from newscrawler.article import Relation, Scope, Tag
from newscrawler.config import Config
from newscrawler.store import Store, open_store
from newscrawler.store.articles import Saved, withdraw_article
from tests.feeds.articles import ALMATY, NEWSROOMS, NOON, VOCABULARY, article, save
from tests.feeds.publishing import FORMS, NOW, RSS_AND_ATOM, contents, files, read, run


def test_every_facet_of_an_article_has_its_feeds(store: Store, config: Config) -> None:
    save(store, article(1), article(2, language="ru", topics=[Tag(code="sport", score=1)], scope=Scope.NATIONAL))
    done = run(store, config)
    names = set(files(config))
    assert {"feeds.opml", "index.html"} < names
    assert {name for name in names if name.endswith(".rss")} == {
        f"{facet}.rss"
        for facet in (
            *(f"kk/{region}/{topic}" for region in ("all", "turkistan") for topic in ("all", "economy")),
            *(f"ru/{region}/{topic}" for region in ("all", "national", "turkistan") for topic in ("all", "sport")),
            *(f"all/{region}/{topic}" for region in ("all", "turkistan") for topic in ("all", "economy", "sport")),
            *(f"all/national/{topic}" for topic in ("all", "sport")),
            *(f"newsrooms/bulaq_kz/{language}" for language in ("kk", "ru", "all")),
            *(f"{language}/all/all/2024-05" for language in ("kk", "ru", "all")),
        )
    }
    feeds_in = {form: {name.removesuffix(f".{form}") for name in names if name.endswith(f".{form}")} for form in FORMS}
    assert feeds_in["rss"] == feeds_in["atom"] == feeds_in["json"]
    pages = {name.removesuffix(".html") for name in names if name.endswith(".html") and name.count("/") == 2}
    assert pages == {path for path in feeds_in["rss"] if "2024-05" not in path}
    assert (done.written, done.unchanged, done.entries_rendered, done.problems) == (len(names), 0, 8, [])


@pytest.mark.parametrize("suffix", RSS_AND_ATOM)
def test_feedparser_reads_back_what_was_published(store: Store, config: Config, suffix: str) -> None:
    made = [article(number) for number in range(1, 8)]
    save(store, *made)
    run(store, config)
    feed = read(config, "kk/turkistan/economy", suffix)
    newest_first = made[::-1]
    assert [entry.title for entry in feed.entries] == [one.headline for one in newest_first]
    assert [entry.link for entry in feed.entries] == [one.canonical_url for one in newest_first]
    assert [entry.id for entry in feed.entries] == [f"tag:news.example,2024:{one.id}" for one in newest_first]
    published = [datetime.fromtimestamp(timegm(entry.published_parsed), UTC) for entry in feed.entries]
    assert published == [one.date_published for one in newest_first]
    assert all("+05:00" in entry.published or "+0500" in entry.published for entry in feed.entries)
    assert feed.feed.title == "Түркістан облысы · Экономика"
    assert feed.feed.language == "kk"


def test_articles_of_one_moment_stand_by_id(store: Store, config: Config) -> None:
    made = [article(number, date_published=NOON) for number in range(9)]
    save(store, *made)
    run(store, config)
    ids = [entry.id.rpartition(":")[2] for entry in read(config, "kk/all/all").entries]
    assert ids == sorted((one.id for one in made), reverse=True)


def test_a_feed_has_the_newest_entries_only(store: Store, config: Config) -> None:
    save(store, *(article(number) for number in range(1, 10)))
    few = config.model_copy(update={"entries": 4})
    run(store, few)
    titles = [entry.title for entry in read(few, "kk/all/all").entries]
    assert titles == [article(number).headline for number in (9, 8, 7, 6)]


def test_what_cannot_stand_in_a_feed_takes_the_place_of_nothing(store: Store, config: Config) -> None:
    rotten = [article(number, headline=f"{number}\x01") for number in range(10, 25)]
    save(store, *(article(number) for number in range(1, 6)), *rotten)
    few = config.model_copy(update={"entries": 3})
    done = run(store, few)
    assert {problem.article_id for problem in done.problems} >= {one.id for one in rotten[-3:]}
    titles = [entry.title for entry in read(few, "kk/all/all").entries]
    assert titles == [article(number).headline for number in (5, 4, 3)]


def test_formats_and_feeds_agree_on_ids(store: Store, config: Config) -> None:
    save(store, article(1), article(2, newsroom="kaynar_kz"))
    run(store, config)
    ids = {
        (facet, suffix): [entry.id for entry in read(config, facet, suffix).entries]
        for facet in ("kk/all/all", "kk/turkistan/economy", "all/all/all")
        for suffix in RSS_AND_ATOM
    }
    assert len(ids["kk/all/all", "rss"]) == 2
    assert len({tuple(found) for found in ids.values()}) == 1


def test_ids_survive_a_new_headline_and_a_new_base_url(store: Store, config: Config) -> None:
    save(store, article(1))
    run(store, config)
    before = read(config, "kk/all/all", "rss").entries[0]
    save(store, article(1, headline="Кәсіпорын бір айдан кейін ашылады", fetched_at=NOON + timedelta(days=3)))
    moved = config.model_copy(update={"base_url": "https://elsewhere.example/feeds/"})
    run(store, moved)
    after = read(moved, "kk/all/all", "rss")
    assert [entry.id for entry in after.entries] == [before.id]
    assert after.entries[0].title != before.title
    assert "news.example/" not in str(after.feed.links) + after.feed.link
    atom = read(moved, "kk/all/all", "atom")
    assert atom.feed.id == "tag:news.example,2024:kk/all/all"
    assert {link.href for link in atom.feed.links if link.rel == "self"} == {
        "https://elsewhere.example/feeds/kk/all/all.atom"
    }


def test_an_edit_moves_updated_and_not_published(store: Store, config: Config) -> None:
    save(store, article(1))
    run(store, config)
    edited = NOON + timedelta(hours=3)
    assert save(store, article(1, headline="Кәсіпорын жабылды", date_modified=edited)) == [Saved.CHANGED]
    run(store, config)
    entry = read(config, "kk/all/all").entries[0]
    assert entry.published == article(1).date_published.isoformat()  # type: ignore[union-attr]
    assert entry.updated == edited.isoformat()
    assert read(config, "kk/all/all").feed.updated == edited.isoformat()


def test_a_second_publication_writes_nothing(store: Store, config: Config) -> None:
    save(store, article(1), article(2, language="ru"))
    run(store, config)
    before = files(config)
    done = run(store, config)
    assert (done.written, done.entries_rendered) == (0, 0)
    assert files(config) == before
    checked = run(store, config, every=True)
    assert (checked.written, checked.unchanged, checked.entries_rendered) == (0, len(before), 0)
    assert files(config) == before


def test_only_touched_facets_are_written_and_only_new_entries_made(store: Store, config: Config) -> None:
    save(store, *(article(number) for number in range(1, 5)))
    save(store, article(9, language="ru", topics=[], regions=[Tag(code="KZ-71", score=1)]))
    run(store, config)
    before = files(config)
    save(store, article(5, topics=[Tag(code="sport", score=1)]))
    done = run(store, config)
    touched = {name for name, state in files(config).items() if before.get(name) != state}
    facets = {
        *(
            f"{language}/{region}/{topic}"
            for language in ("kk", "all")
            for region in ("all", "turkistan")
            for topic in ("all", "sport")
        ),
        "newsrooms/bulaq_kz/kk",
        "newsrooms/bulaq_kz/all",
        "kk/all/all/2024-05",
        "all/all/all/2024-05",
    }
    feeds_touched = {f"{facet}.{suffix}" for facet in facets for suffix in FORMS}
    assert {name for name in touched if not name.endswith((".opml", ".html"))} == feeds_touched
    assert {"feeds.opml", "index.html", "kk/feeds.opml", "kk/all/sport.opml"} < touched
    assert not [name for name in touched if name.startswith("ru/")]
    assert done.entries_rendered == 4
    assert done.written == len(touched)


def test_bytes_do_not_depend_on_the_clock_or_the_order_of_arrival(store: Store, config: Config, tmp_path: Path) -> None:
    made = [article(number) for number in range(1, 6)]
    save(store, *made)
    run(store, config)
    elsewhere = config.model_copy(update={"public": tmp_path / "other"})
    with open_store(f"sqlite:///{tmp_path / 'other.db'}") as other:
        save(other, *made[:2])
        publish(other, elsewhere, VOCABULARY, NEWSROOMS, now=NOW)
        save(other, *made[:1:-1])
        publish(other, elsewhere, VOCABULARY, NEWSROOMS, now=NOW + timedelta(days=400))
    assert contents(elsewhere) == contents(config)


def test_a_facet_that_lost_its_last_article_stays_empty_with_its_date(store: Store, config: Config) -> None:
    save(store, article(1), article(2, topics=[Tag(code="sport", score=1)]))
    run(store, config)
    before = read(config, "kk/all/sport").feed.updated
    with store.write() as connection:
        withdraw_article(connection, article(2).id, facets_of=lambda _: [])
    done = run(store, config)
    assert done.entries_rendered == 0
    for suffix in RSS_AND_ATOM:
        feed = read(config, "kk/all/sport", suffix)
        assert feed.entries == []
        assert feed.feed.title == "Спорт · қазақша"
        assert feed.feed.updated_parsed == read(config, "kk/turkistan/sport", suffix).feed.updated_parsed
    assert read(config, "kk/all/sport").feed.updated == before
    assert b"kk/all/sport.rss" in contents(config)["feeds.opml"]
    assert run(store, config, every=True).written == 0


def test_a_facet_that_never_stood_in_a_feed_gets_no_file(store: Store, config: Config) -> None:
    save(store, article(1), article(2, topics=[Tag(code="sport", score=1)]))
    with store.write() as connection:
        withdraw_article(connection, article(2).id, facets_of=lambda _: [])
    run(store, config)
    assert not (config.public / "kk/all/sport.rss").exists()
    assert b"sport" not in contents(config)["feeds.opml"] + contents(config)["index.html"]


def test_an_article_without_a_date_and_one_in_another_script_are_in_no_feed(store: Store, config: Config) -> None:
    save(store, article(1), article(2, date_published=None), article(3, relation=Relation.OTHER_SCRIPT))
    run(store, config)
    assert len(read(config, "all/all/all").entries) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Басқа атау"},
        {"base_url": "https://b.example/"},
        {"feed_authority": "b.example,2025"},
        {"entries": 2},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_configuration_writes_every_feed_again(store: Store, config: Config, change: dict[str, Any]) -> None:
    save(store, article(1), article(2), article(3))
    run(store, config)
    before = files(config)
    changed = config.model_copy(update=change)
    run(store, changed)
    touched = {name for name, state in files(changed).items() if before[name] != state}
    # What a feed holds at most says nothing of its archives.
    kept = {name for name in before if "2024-05" in name} if "entries" in change else set()
    assert {name for name in before if name.endswith(FORMS)} - kept <= touched
    idle = run(store, changed)
    assert idle.written == 0


def test_a_newsroom_that_allows_less_shortens_what_was_published(store: Store, config: Config) -> None:
    save(store, article(1))
    run(store, config)
    assert "жүз адам" in read(config, "kk/all/all").entries[0].content[0].value
    reduced = {"bulaq_kz": NEWSROOMS["bulaq_kz"].model_copy(update={"content": "headline"})}
    done = run(store, config, newsrooms=reduced)
    assert done.entries_rendered == 4
    assert all("жүз адам".encode() not in content for content in contents(config).values())


def test_a_newsroom_whose_file_is_broken_or_gone_stays_as_it_was(store: Store, config: Config) -> None:
    modest = {name: one.model_copy(update={"content": "headline"}) for name, one in NEWSROOMS.items()}
    save(store, article(1))
    run(store, config, newsrooms=modest)
    before = contents(config)
    assert run(store, config, newsrooms={}).written == 0
    save(store, article(2))
    run(store, config, newsrooms={})
    assert "Bulaq.kz" in read(config, "kk/all/all").entries[0].source.title
    assert all("жүз адам".encode() not in content for content in contents(config).values())
    with store.write() as connection:
        withdraw_article(connection, article(2).id, facets_of=lambda _: [])
    run(store, config, newsrooms=modest)
    assert contents(config) == before


def test_a_deleted_feed_is_written_again_when_every_feed_is_checked(store: Store, config: Config) -> None:
    save(store, article(1))
    run(store, config)
    before = contents(config)
    (config.public / "kk/all/all.rss").unlink()
    done = run(store, config, every=True)
    assert (done.written, done.entries_rendered) == (1, 0)
    assert contents(config) == before


def test_a_vanished_or_another_output_folder_is_filled(store: Store, config: Config, tmp_path: Path) -> None:
    save(store, article(1))
    run(store, config)
    before = contents(config)
    config.public.rename(tmp_path / "moved away")
    run(store, config)
    assert contents(config) == before
    other = config.model_copy(update={"public": tmp_path / "second"})
    run(store, other)
    assert contents(other) == before


def test_kazakh_stays_readable(store: Store, config: Config) -> None:
    save(store, article(1, headline="Ұлттық ән: «Әсем қоңыр» — өңірдің үні"))
    run(store, config)
    for name, content in contents(config).items():
        assert b"&#" not in content, name
        if name.endswith((".rss", ".atom")):
            assert "Ұлттық ән: «Әсем қоңыр» — өңірдің үні".encode() in content


def test_batches_change_no_byte(store: Store, config: Config, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    topics = ["economy", "sport", "economy", "sport", "sport"]
    save(store, *(article(number, topics=[Tag(code=topic, score=1)]) for number, topic in enumerate(topics)))
    whole = config.model_copy(update={"public": tmp_path / "whole"})
    run(store, whole)
    monkeypatch.setattr(feeds.feed_entries, "_ARTICLES_AT_ONCE", 2)
    run(store, config)
    assert contents(config) == contents(whole)


def test_offsets_are_those_of_the_article(store: Store, config: Config) -> None:
    six = timezone(timedelta(hours=6))
    old = datetime(1919, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=7, seconds=48)))
    save(store, article(1, date_published=datetime(2023, 5, 1, 9, 30, 15, 999_000, tzinfo=six)))
    save(store, article(2, date_published=old), article(3, date_published=datetime(2025, 1, 1, tzinfo=ALMATY)))
    run(store, config)
    assert [entry.published for entry in read(config, "kk/all/all").entries] == [
        "2025-01-01T00:00:00+05:00",
        "2023-05-01T09:30:15+06:00",
        "1918-12-31T18:52:12+00:00",
    ]
    assert [entry.published for entry in read(config, "kk/all/all", "rss").entries] == [
        "Wed, 01 Jan 2025 00:00:00 +0500",
        "Mon, 01 May 2023 09:30:15 +0600",
        "Tue, 31 Dec 1918 18:52:12 +0000",
    ]


def test_it_is_the_same_on_every_engine(store_url: str, config: Config) -> None:
    with open_store(store_url) as store:
        save(store, article(1), article(2, headline="а\x01б"), article(3))
        done = run(store, config)
        assert (done.entries_rendered, len(done.problems)) == (8, 1)
        assert [entry.title for entry in read(config, "kk/all/all").entries] == [
            article(3).headline,
            article(1).headline,
        ]
        assert run(store, config).written == 0
        with store.write() as connection:
            withdraw_article(connection, article(3).id, facets_of=lambda _: [])
        assert run(store, config).entries_rendered == 0
        assert [entry.title for entry in read(config, "kk/all/all").entries] == [article(1).headline]
