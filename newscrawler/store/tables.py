"""The tables of the store, one schema for SQLite and PostgreSQL.

`addresses` is queue, seen-set and journal of the crawl at once. `articles.document` is the whole article as
`article_to_dict` gives it; the other columns of that table are what queries need. `updated` in `facets` and `entries`
is ISO 8601 with the offset that readers are shown, which an Instant would lose.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from newscrawler.store.instant import Instant

SCHEMA_VERSION = "0001"

# An article's `state`.
LIVE = "live"
WITHDRAWN = "withdrawn"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by themselves only under the type INTEGER.
_RowNumber = BigInteger().with_variant(Integer, "sqlite")

runs = Table(
    "runs",
    metadata,
    Column("id", _RowNumber, primary_key=True, autoincrement=True),
    Column("newsroom", String(64), nullable=False),
    Column("mode", String(16), nullable=False),
    Column("started", Instant, nullable=False),
    Column("finished", Instant),
    Column("reason", Text),
    Column("counts", JSON, nullable=False, default=dict),
    Index("ix_runs_newsroom", "newsroom", "id"),
)

reports = Table(
    "reports",
    metadata,
    Column("id", _RowNumber, primary_key=True, autoincrement=True),
    Column("command", String(16), nullable=False),
    Column("started", Instant, nullable=False),
    Column("status", Integer, nullable=False),
    Column("document", JSON, nullable=False),
    Index("ix_reports_started", "started"),
)

sources = Table(
    "sources",
    metadata,
    Column("newsroom", String(64), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("parent", Text),
    Column("lastmod", Text),
    Column("due", Boolean, nullable=False, default=False),
    Column("checked", Instant),
    Column("outcome", Text),
    Column("failures", Integer, nullable=False, default=0),
    Column("completed_run", BigInteger),
    Column("completed", Instant),
    Column("brought_news", Instant),
    Column("next_check", Instant),
    Column("definition", String(64)),
)

addresses = Table(
    "addresses",
    metadata,
    Column("id", _RowNumber, primary_key=True, autoincrement=True),
    Column("newsroom", String(64), nullable=False),
    Column("url", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("reason", Text),
    Column("handed_out_run", BigInteger),
    Column("next_try", Instant),
    Column("first_run", BigInteger),
    Column("first_seen", Instant, nullable=False),
    Column("last_fetched", Instant),
    Column("source_url", Text),
    Column("known", JSON, nullable=False, default=dict),
    Column("published_hint", Instant),
    Column("modified_hint", Instant),
    Column("article_id", String(32)),
    Column("etag", Text),
    Column("last_modified", Text),
    UniqueConstraint("newsroom", "url"),
    Index("ix_addresses_article", "article_id"),
    Index("ix_addresses_next_try", "newsroom", "state", "next_try"),
)

# The order in which pending addresses are handed out: newest first, those of unknown date last on every engine.
HAND_OUT_ORDER = text("coalesce(published_hint, 0) DESC")
Index("ix_addresses_due", addresses.c.newsroom, addresses.c.state, HAND_OUT_ORDER, addresses.c.id)

articles = Table(
    "articles",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("newsroom", String(64), nullable=False),
    Column("canonical_url", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("script", String(4), nullable=False),
    Column("headline", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("story", String(32), nullable=False),
    Column("relation", String(16)),
    Column("date_published", Instant),
    Column("first_seen", Instant, nullable=False),
    Column("change_number", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("text_digest", String(64), nullable=False),
    Column("document", JSON, nullable=False),
    UniqueConstraint("newsroom", "canonical_url"),
    Index("ix_articles_change", "change_number"),
    Index("ix_articles_story", "story"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("article_id", String(32), ForeignKey("articles.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("stored", Instant, nullable=False),
    Column("headline", Text, nullable=False),
    Column("description", Text),
    Column("body", JSON, nullable=False),
    Column("date_modified", Instant),
)

# Read by hash and age, so that the key is all there is of it: SQLite keeps no table beside the key.
text_hashes = Table(
    "text_hashes",
    metadata,
    Column("hash", BigInteger, primary_key=True),
    Column("first_seen", Instant, primary_key=True),
    Column("article_id", String(32), ForeignKey("articles.id"), primary_key=True),
    Index("ix_text_hashes_age", "first_seen", "article_id"),
    sqlite_with_rowid=False,
)

article_facets = Table(
    "article_facets",
    metadata,
    Column("facet", String(160), primary_key=True),
    Column("article_id", String(32), ForeignKey("articles.id"), primary_key=True),
    Column("date_published", Instant, nullable=False),
    Index("ix_article_facets_newest", "facet", "date_published", "article_id"),
    Index("ix_article_facets_article", "article_id"),
)

facets = Table(
    "facets",
    metadata,
    Column("facet", String(160), primary_key=True),
    Column("change_number", BigInteger, nullable=False),
    Column("published_change", BigInteger, nullable=False, default=0),
    Column("updated", String(40)),
)

entries = Table(
    "entries",
    metadata,
    Column("article_id", String(32), ForeignKey("articles.id"), primary_key=True),
    Column("key", String(64), nullable=False),
    Column("updated", String(40)),
    Column("lengths", Text, nullable=False),
    Column("fragments", LargeBinary, nullable=False),
    Column("problem", Text),
)

# What runs let through, one row a run; `restarts` where a person let held articles through, which begins a new history.
histories = Table(
    "histories",
    metadata,
    Column("id", _RowNumber, primary_key=True, autoincrement=True),
    Column("newsroom", String(64), nullable=False),
    Column("run", BigInteger, nullable=False),
    Column("ended", Instant, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("restarts", Boolean, nullable=False, default=False),
    Column("profile", JSON, nullable=False),
    Index("ix_histories_newsroom", "newsroom", "id"),
)

# Pages whose articles are kept apart; `document` is the article before step 600, none of a page that gave none.
holding = Table(
    "holding",
    metadata,
    Column("id", _RowNumber, primary_key=True, autoincrement=True),
    Column("newsroom", String(64), nullable=False),
    Column("url", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("run", BigInteger, nullable=False),
    Column("held", Instant, nullable=False),
    Column("readings", Integer, nullable=False),
    Column("definition", String(64), nullable=False),
    Column("asked_for", String(64)),
    Column("faults", JSON(none_as_null=True)),
    Column("first_page", Text),
    Column("document", JSON(none_as_null=True)),
    Column("visit", JSON(none_as_null=True)),
    UniqueConstraint("newsroom", "url"),
)

publications = Table(
    "publications",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

hosts = Table(
    "hosts",
    metadata,
    Column("root", String(300), primary_key=True),
    Column("robots_status", Integer),
    Column("robots_text", Text),
    Column("robots_fetched", Instant),
    Column("faults", Integer, nullable=False, default=0),
    Column("refuses_pages", Boolean, nullable=False, default=False),
    Column("rests_until", Instant),
    Column("rests_for", Text),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
