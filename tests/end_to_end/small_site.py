"""A small newsroom whose site answers as a test says, and the folder that it is crawled from."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit
from xml.sax.saxutils import escape

from newscrawler.address import AddressState
from newscrawler.article import Article
from newscrawler.store import Store, open_store
from newscrawler.store.addresses import with_state
from newscrawler.store.articles import iterate_articles
from newscrawler.store.sources import source_states
from tests.answering_site import HTML, NOT_FOUND, XML, Answer, AnsweringSite, redirect
from tests.end_to_end.commands import TIMES, Ended, command, environment, scrapy

__all__ = [
    "FIRST_DAY",
    "HOST",
    "NAME",
    "NOT_FOUND",
    "SITE",
    "Answer",
    "Crawled",
    "SmallNewsroom",
    "SmallSite",
    "article_page",
    "headline_of",
    "listing",
    "listing_pages",
    "redirect",
    "sitemap",
    "source",
]

NAME: Final = "small"
HOST: Final = "small.test"
SITE: Final = f"https://{HOST}/"
FIRST_DAY: Final = datetime.fromisoformat(TIMES[1])

# A headline's beginning, and the words that texts are made of.
_BEGINS: Final = {"kk": "Жаңалық", "ru": "Новость"}
_WORDS: Final = {
    "kk": "қала ауыл мектеп кітап дәрігер көпір жол егін шаруа жайлау тау өзен көл жаңбыр жел қар ғалым мұражай театр "
    "ән күй жарыс жеңіс алтын күміс команда ойын допты бала ұстаз құрылыс зауыт өндіріс көше базар нан су электр "
    "ашылды басталды жөнделді көбейді азайды қуанды келді кетті жаңа ескі үлкен кіші таза",
    "ru": "город село школа книга врач мост дорога поле фермер пастбище гора река озеро дождь ветер снег учёный музей "
    "театр песня мелодия гонка победа золото серебро команда игра ребёнок учитель стройка завод улица рынок хлеб вода "
    "открыли начали починили стало больше меньше приехали уехали новый старый большой малый чистый",
}
_SITEMAPS: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def article_page(
    key: str,
    *,
    headline: str | None = None,
    canonical: str | None = None,
    language: str = "kk",
    published: str = "2024-05-14T10:00:00+05:00",
    etag: str | None = None,
) -> Answer:
    """An article whose text depends on `key` alone, `canonical` being the path its page claims."""
    words = _WORDS[language].split()
    chance = random.Random(key)
    headline = headline or headline_of(key, language)
    paragraphs = (" ".join(chance.choices(words, k=30)).capitalize() for _ in range(4))
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "datePublished": published,
    }
    claim = f'<link rel="canonical" href="{urljoin(SITE, canonical)}">' if canonical is not None else ""
    body = "".join(f"<p>{paragraph}.</p>" for paragraph in paragraphs)
    return Answer(
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{headline}</title>{claim}'
        f'<script type="application/ld+json">{json.dumps(told, ensure_ascii=False)}</script></head>'
        f'<body><article><h1>{headline}</h1><div class="body">{body}</div></article></body></html>',
        headers=HTML | _validator(etag),
    )


def headline_of(key: str, language: str = "kk") -> str:
    """The headline of the article with that key, unless its page was made with another."""
    words = random.Random(key).choices(_WORDS[language].split(), k=5)
    return f"{_BEGINS[language]} {' '.join(words)} {key}"


def listing(links: Iterable[str], *, next_page: str | None = None, etag: str | None = None) -> Answer:
    """A page of a list: an element `div.entry` with a link for each of `links`, then `a.next`."""
    entries = "".join(f'<div class="entry"><a href="{link}">{link}</a></div>' for link in links)
    follows = f'<a class="next" href="{next_page}">келесі</a>' if next_page is not None else ""
    return Answer(f"<html><body>{entries}{follows}</body></html>", headers=HTML | _validator(etag))


def listing_pages(path: str, links: Sequence[str], *, a_page: int, last: Sequence[str] = ()) -> dict[str, Answer]:
    """A list in pages of `a_page` links, by address; the links `last` stand at the end of each page."""
    starts = range(0, len(links), a_page)
    addresses = [path if number == 1 else f"{path}?page={number}" for number in range(1, len(starts) + 1)]
    return {
        address: listing([*links[start : start + a_page], *last], next_page=follows)
        for start, address, follows in zip(starts, addresses, [*addresses[1:], None], strict=True)
    }


def sitemap(
    locations: Iterable[str], *, lastmod: Mapping[str, str] | None = None, etag: str | None = None, index: bool = False
) -> Answer:
    """A sitemap of paths or whole addresses, or with `index` an index of sitemaps."""
    root, entry = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    dated = {} if lastmod is None else lastmod
    entries = "".join(
        f"<{entry}><loc>{escape(urljoin(SITE, location))}</loc>"
        f"{f'<lastmod>{dated[location]}</lastmod>' if location in dated else ''}</{entry}>"
        for location in locations
    )
    return Answer(f"<{root} {_SITEMAPS}>{entries}</{root}>", headers=XML | _validator(etag))


def source(kind: str, path: str, **keys: str | int) -> str:
    """A source as a newsroom file has it."""
    values = {"kind": kind, "url": urljoin(SITE, path), **keys}
    # Strings and whole numbers are written in TOML as in JSON.
    return "[[sources]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())


def _validator(etag: str | None) -> dict[str, str]:
    return {} if etag is None else {"ETag": etag}


class SmallSite(AnsweringSite):
    """A context manager: small.test on 127.0.0.1."""

    def __init__(self) -> None:
        super().__init__(FIRST_DAY)

    def publish(self, paths: Iterable[str]) -> None:
        """Puts an article at each path."""
        self.answers |= {path: article_page(path) for path in paths}


@dataclass(slots=True, frozen=True)
class Crawled(Ended):
    """How a crawl ended, and what it asked the site in its order."""

    asked: list[str]

    @property
    def pages(self) -> list[str]:
        """The articles' addresses among what was asked."""
        return [target for target in self.asked if target.startswith("/a/")]


class SmallNewsroom:
    """The newsroom `small` in a folder of its own: its file, crawls of `site`, and what the store then holds.

    `store_url` is an SQLite file in the folder by default.
    """

    def __init__(self, folder: Path, site: SmallSite, store_url: str | None = None) -> None:
        self.folder = folder
        self.site = site
        self._store_url = store_url or f"sqlite:///{folder / 'newscrawler.db'}"

    def define(self, *sources: str, include: str = "^/a/", name: str = NAME, host: str = HOST) -> None:
        """Writes a newsroom file: where articles are listed, and which paths are theirs."""
        head = f'title = "Шағын"\nsite = "https://{host}/"\nhosts = ["{host}"]\nlanguages = ["kk", "ru"]\n'
        articles = f"[articles]\ninclude = ['{include}']\n"
        (self.folder / "newsrooms").mkdir(exist_ok=True)
        file = self.folder / "newsrooms" / f"{name}.toml"
        file.write_text("".join([head, *sources, articles]), encoding="utf-8")

    def crawl(
        self,
        *arguments: str | Path,
        at: datetime = FIRST_DAY,
        names: Sequence[str] = (NAME,),
        patch: str = "",
        **settings: str,
    ) -> Crawled:
        """Runs `newscrawler crawl NAMES ARGUMENTS` at the moment `at`; `patch` is Python that it runs first, `settings`
        are keys of the configuration. No article is looked at again unless they say so."""
        more = {f"NEWSCRAWLER_{key.upper()}": value for key, value in settings.items()}
        ended = command("crawl", *names, *arguments, at=self.folder, env=self.environment(at) | more, patch=patch)
        return Crawled(ended.status, ended.out, ended.err, self.site.taken_log())

    def scrapy_crawl(self, *arguments: str) -> Crawled:
        """Runs `scrapy crawl small ARGUMENTS`."""
        ended = scrapy("crawl", NAME, *arguments, at=self.folder, env=self.environment(FIRST_DAY))
        return Crawled(ended.status, ended.out, ended.err, self.site.taken_log())

    def articles(self) -> dict[str, Article]:
        """The articles in the store that are not withdrawn, by the path of their canonical address."""
        with self._store() as store, store.read() as connection:
            return {_path(article.canonical_url): article for article in iterate_articles(connection)}

    def addresses(self) -> dict[str, tuple[str, str | None]]:
        """State and reason of every address in the store, by path."""
        with self._store() as store, store.read() as connection:
            rows = with_state(connection, AddressState)
        return {_path(row.url): (row.state, row.reason) for row in rows}

    def outcomes(self) -> dict[str, str | None]:
        """What came of the last visit to each source, by path."""
        with self._store() as store, store.read() as connection:
            return {_path(state.url): state.outcome for state in source_states(connection)}

    def _store(self) -> Store:
        return open_store(self._store_url, create=False)

    def environment(self, at: datetime) -> dict[str, str]:
        """The environment of a command at the moment `at`."""
        more = {
            "NEWSCRAWLER_NOW": at.isoformat(),
            "NEWSCRAWLER_STORE": self._store_url,
            "NEWSCRAWLER_REVISIT": "",
        }
        return environment(self.site.address, hosts=[HOST]) | more


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
