"""Feeds for readers and validators: those of the fixture newsroom, and those of articles that mean harm or are odd."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import Any

from newscrawler.article import Article, Image
from newscrawler.config import Config
from newscrawler.project import project_folder
from newscrawler.store import open_store
from newscrawler.store.articles import iterate_articles
from tests.end_to_end.commands import command, environment
from tests.feeds.articles import NOON, article, save
from tests.feeds.publishing import run
from tests.feeds.test_publish_hostile import HOSTILE

AUTHORITY = "news.example,2024"
BASE_URL = "https://news.example/"


@dataclass(frozen=True, kw_only=True)
class Published:
    """Feeds in a folder, and the articles that they were made of, by the ids of their entries."""

    folder: Path
    articles: Mapping[str, Article]

    @cached_property
    def facets(self) -> list[str]:
        """The path of every feed, archives included."""
        return sorted(str(path.relative_to(self.folder).with_suffix("")) for path in self.folder.rglob("*.rss"))

    def listed(self, facet: str) -> list[Article]:
        """The articles in a feed, in its order, as its JSON lists their ids."""
        document: Any = json.loads((self.folder / f"{facet}.json").read_bytes())
        return [self.articles[item["id"]] for item in document["items"]]


def publish_newsroom(folder: Path) -> Published:
    """Crawls the saved pages of the fixture newsroom in a process of its own, and publishes them."""
    settings = {"NEWSCRAWLER_BASE_URL": BASE_URL, "NEWSCRAWLER_FEED_AUTHORITY": AUTHORITY}
    pages = project_folder() / "examples" / "newsroom.test"
    ended = command("run", "newsroom_test", "--saved", pages, "--quiet", at=folder, env=environment() | settings)
    assert ended.status == 0, ended
    with open_store(f"sqlite:///{folder / 'newscrawler.db'}", create=False) as store, store.read() as connection:
        return Published(folder=folder / "public", articles=_by_id(*iterate_articles(connection)))


def publish_hostile(folder: Path) -> Published:
    """Publishes `HOSTILE_ARTICLES`."""
    config = Config(base_url=BASE_URL, title="Жаңалық & <b>", feed_authority=AUTHORITY, public=folder / "public")
    with open_store(f"sqlite:///{folder / 'news.db'}") as store:
        save(store, *HOSTILE_ARTICLES)
        assert run(store, config).problems == []
    return Published(folder=config.public, articles=_by_id(*HOSTILE_ARTICLES))


# Newest first, as feeds have them.
HOSTILE_ARTICLES = (
    replace(HOSTILE, date_published=NOON + timedelta(hours=9)),
    article(
        11,
        headline="AT&T және «Қазақтелеком»: 1 < 2 && 3 > 2",
        description="&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt; & Ко <3",
        date_published=NOON + timedelta(hours=8),
    ),
    article(
        12,
        headline="\"Қос\" 'жалғыз' «шырша» \u201cлапка\u201d \u2014 \u2013 -, 😀👩\u200d👩\u200d👧, ᠮᠣᠩᠭᠣᠯ, قازاق",
        body_html="<p>]]&gt; <!-- --> <![CDATA[x]]> <?php echo 1 ?> &#0; &#x1F600;</p>",
        date_published=NOON + timedelta(hours=7),
    ),
    article(13, headline="Өте ұзақ тақырып " * 200, date_published=NOON + timedelta(hours=6)),
    article(
        14,
        canonical_url="https://bulaq.test/жаңалық/бүгін?сөз=ән&b=1&amp;c=<2>#түбі",
        images=[Image(url="https://bulaq.test/сурет 1.jpg?a=1&b=2", credit="<script>", caption='"></media:title>')],
        date_published=NOON + timedelta(hours=5),
    ),
    article(15, headline="<b>Қалың</b> <img src=x onerror=alert(1)>", date_published=NOON + timedelta(hours=4)),
    article(16, authors=[], images=[], description="", body=[], body_html="", date_published=NOON + timedelta(hours=3)),
    article(
        17,
        headline="HTML-де &amp; деп, &lt;i&gt; деп, &#60;b&#62; деп жазылады, &nbsp; да бар",
        date_published=NOON + timedelta(hours=2),
    ),
    article(
        18,
        headline="Ескі хабар",
        date_published=datetime(1969, 7, 21, 2, 56, 15, tzinfo=timezone(timedelta(hours=5, minutes=45))),
    ),
)


def _by_id(*articles: Article) -> dict[str, Article]:
    return {f"tag:{AUTHORITY}:{one.id}": one for one in articles}
