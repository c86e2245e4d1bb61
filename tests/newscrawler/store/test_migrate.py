"""The walk from every released version to the present schema."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from newscrawler.store import open_store
from newscrawler.store.articles import iterate_articles, save_article
from newscrawler.store.engine import KNOWN_VERSIONS
from newscrawler.store.migrate import released_versions, upgrade
from newscrawler.store.tables import SCHEMA_VERSION, metadata
from tests.conftest import NOW, an_article

# What a store of each released version held, in the words of its own schema: migrations must carry it over.
HELD = {
    "0001": """
        INSERT INTO counters (name, value) VALUES ('change', 1);
        INSERT INTO articles (id, newsroom, canonical_url, language, script, headline, state, story, date_published,
            first_seen, change_number, revision, text_digest, document)
        VALUES ('aaaaaaaaaaaaaaaa', 'newsroom_test', 'https://newsroom.test/a', 'kk', 'Cyrl', 'Тақырып', 'live',
            'aaaaaaaaaaaaaaaa', 1715691600000000, 1715691600000000, 1, 1, 'd', :document)
    """
}
DOCUMENT = (
    '{"id": "aaaaaaaaaaaaaaaa", "url": "https://newsroom.test/a", "canonical_url": "https://newsroom.test/a", '
    '"newsroom": "newsroom_test", "headline": "Тақырып", "body": ["Абзац."], "language": "kk", "script": "Cyrl", '
    '"fetched_at": "2024-05-14T13:00:00+00:00", "date_published": "2024-05-14T13:00:00+00:00"}'
)


def test_every_migration_is_known_and_the_last_is_the_present() -> None:
    versions = released_versions()
    assert len(versions) == len(set(versions))
    assert set(versions) == KNOWN_VERSIONS == HELD.keys()
    assert versions[-1] == SCHEMA_VERSION


@pytest.mark.filterwarnings("ignore:.*expression-based index")
@pytest.mark.parametrize("version", sorted(KNOWN_VERSIONS))
def test_a_store_of_every_version_comes_to_the_present_with_what_it_holds(version: str, store_url: str) -> None:
    address = make_url(store_url)
    driver = "postgresql+psycopg" if address.get_backend_name() == "postgresql" else "sqlite"
    engine = create_engine(address.set(drivername=driver))
    with engine.begin() as connection:
        upgrade(connection, version)
        for statement in HELD[version].split(";"):
            connection.execute(text(statement), {"document": DOCUMENT} if ":document" in statement else {})
    engine.dispose()
    with open_store(store_url, create=False) as store:
        with store.read() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [
                SCHEMA_VERSION
            ]
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
            (kept,) = iterate_articles(connection)
            assert (kept.id, kept.headline, kept.body) == ("aaaaaaaaaaaaaaaa", "Тақырып", ["Абзац."])
        with store.write() as connection:
            save_article(connection, an_article(2), facets_of=lambda _: ["kk/all/all"], hashes=[1], now=NOW)
            assert len(list(iterate_articles(connection))) == 2


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_a_first_opening_that_fails_half_way_leaves_nothing_half_made(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_index, made = Operations.create_index, []

    def full_disk(*arguments: Any, **options: Any) -> Any:
        made.append(arguments)
        if len(made) == 3:
            raise OSError(28, "No space left on device")
        return create_index(*arguments, **options)

    monkeypatch.setattr(Operations, "create_index", full_disk)
    with pytest.raises(OSError, match="No space"):
        open_store(store_url)
    with open_store(store_url) as store, store.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
