"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from newscrawler.store.instant import Instant

revision = "0001"
down_revision = None

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes every table."""
    op.create_table(
        "addresses",
        sa.Column("id", _ROW_NUMBER, autoincrement=True, nullable=False),
        sa.Column("newsroom", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("handed_out_run", sa.BigInteger(), nullable=True),
        sa.Column("next_try", Instant(), nullable=True),
        sa.Column("first_run", sa.BigInteger(), nullable=True),
        sa.Column("first_seen", Instant(), nullable=False),
        sa.Column("last_fetched", Instant(), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("known", sa.JSON(), nullable=False),
        sa.Column("published_hint", Instant(), nullable=True),
        sa.Column("modified_hint", Instant(), nullable=True),
        sa.Column("article_id", sa.String(length=32), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
        sa.UniqueConstraint("newsroom", "url", name=op.f("uq_addresses_newsroom")),
    )
    op.create_index("ix_addresses_article", "addresses", ["article_id"], unique=False)
    op.create_index("ix_addresses_next_try", "addresses", ["newsroom", "state", "next_try"], unique=False)
    op.create_index(
        "ix_addresses_due", "addresses", ["newsroom", "state", sa.text("coalesce(published_hint, 0) DESC"), "id"]
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("newsroom", sa.String(length=64), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("script", sa.String(length=4), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("story", sa.String(length=32), nullable=False),
        sa.Column("relation", sa.String(length=16), nullable=True),
        sa.Column("date_published", Instant(), nullable=True),
        sa.Column("first_seen", Instant(), nullable=False),
        sa.Column("change_number", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text_digest", sa.String(length=64), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("newsroom", "canonical_url", name=op.f("uq_articles_newsroom")),
    )
    op.create_index("ix_articles_change", "articles", ["change_number"], unique=False)
    op.create_index("ix_articles_story", "articles", ["story"], unique=False)
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "facets",
        sa.Column("facet", sa.String(length=160), nullable=False),
        sa.Column("change_number", sa.BigInteger(), nullable=False),
        sa.Column("published_change", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("facet", name=op.f("pk_facets")),
    )
    op.create_table(
        "hosts",
        sa.Column("root", sa.String(length=300), nullable=False),
        sa.Column("robots_status", sa.Integer(), nullable=True),
        sa.Column("robots_text", sa.Text(), nullable=True),
        sa.Column("robots_fetched", Instant(), nullable=True),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("refuses_pages", sa.Boolean(), nullable=False),
        sa.Column("rests_until", Instant(), nullable=True),
        sa.Column("rests_for", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("root", name=op.f("pk_hosts")),
    )
    op.create_table(
        "publications",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_publications")),
    )
    op.create_table(
        "reports",
        sa.Column("id", _ROW_NUMBER, autoincrement=True, nullable=False),
        sa.Column("command", sa.String(length=16), nullable=False),
        sa.Column("started", Instant(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index("ix_reports_started", "reports", ["started"], unique=False)
    op.create_table(
        "runs",
        sa.Column("id", _ROW_NUMBER, autoincrement=True, nullable=False),
        sa.Column("newsroom", sa.String(length=64), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("started", Instant(), nullable=False),
        sa.Column("finished", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_index("ix_runs_newsroom", "runs", ["newsroom", "id"], unique=False)
    op.create_table(
        "sources",
        sa.Column("newsroom", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("lastmod", sa.Text(), nullable=True),
        sa.Column("due", sa.Boolean(), nullable=False),
        sa.Column("checked", Instant(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("completed_run", sa.BigInteger(), nullable=True),
        sa.Column("completed", Instant(), nullable=True),
        sa.Column("brought_news", Instant(), nullable=True),
        sa.Column("next_check", Instant(), nullable=True),
        sa.Column("definition", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("newsroom", "url", name=op.f("pk_sources")),
    )
    op.create_table(
        "article_facets",
        sa.Column("facet", sa.String(length=160), nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("date_published", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_article_facets_article_id_articles")),
        sa.PrimaryKeyConstraint("facet", "article_id", name=op.f("pk_article_facets")),
    )
    op.create_index("ix_article_facets_article", "article_facets", ["article_id"], unique=False)
    op.create_index(
        "ix_article_facets_newest", "article_facets", ["facet", "date_published", "article_id"], unique=False
    )
    op.create_table(
        "histories",
        sa.Column("id", _ROW_NUMBER, autoincrement=True, nullable=False),
        sa.Column("newsroom", sa.String(length=64), nullable=False),
        sa.Column("run", sa.BigInteger(), nullable=False),
        sa.Column("ended", Instant(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("restarts", sa.Boolean(), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_histories")),
    )
    op.create_index("ix_histories_newsroom", "histories", ["newsroom", "id"], unique=False)
    op.create_table(
        "holding",
        sa.Column("id", _ROW_NUMBER, autoincrement=True, nullable=False),
        sa.Column("newsroom", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("run", sa.BigInteger(), nullable=False),
        sa.Column("held", Instant(), nullable=False),
        sa.Column("readings", sa.Integer(), nullable=False),
        sa.Column("definition", sa.String(length=64), nullable=False),
        sa.Column("asked_for", sa.String(length=64), nullable=True),
        sa.Column("faults", sa.JSON(), nullable=True),
        sa.Column("first_page", sa.Text(), nullable=True),
        sa.Column("document", sa.JSON(), nullable=True),
        sa.Column("visit", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding")),
        sa.UniqueConstraint("newsroom", "url", name=op.f("uq_holding_newsroom")),
    )
    op.create_table(
        "entries",
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("updated", sa.String(length=40), nullable=True),
        sa.Column("lengths", sa.Text(), nullable=False),
        sa.Column("fragments", sa.LargeBinary(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_entries_article_id_articles")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_entries")),
    )
    op.create_table(
        "revisions",
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("stored", Instant(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("date_modified", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_revisions_article_id_articles")),
        sa.PrimaryKeyConstraint("article_id", "revision", name=op.f("pk_revisions")),
    )
    op.create_table(
        "text_hashes",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("first_seen", Instant(), nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_text_hashes_article_id_articles")),
        sa.PrimaryKeyConstraint("hash", "first_seen", "article_id", name=op.f("pk_text_hashes")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_text_hashes_age", "text_hashes", ["first_seen", "article_id"], unique=False)
