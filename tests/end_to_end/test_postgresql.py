"""The whole path on a PostgreSQL store."""

from __future__ import annotations

from pathlib import Path

from newscrawler.store import open_store
from newscrawler.store.articles import iterate_articles
from newscrawler.store.locks import StoreLock
from tests.conftest import NOW
from tests.end_to_end.against_truth import differences
from tests.end_to_end.commands import command, environment
from tests.newsroom.truth import truth


def test_crawl_and_publish_on_postgresql(tmp_path: Path, postgresql_url: str, examples: Path) -> None:
    arguments = ["run", "newsroom_test", "--saved", str(examples), "--store", postgresql_url]
    first = command(*arguments, at=tmp_path, env=environment())
    assert (first.status, first.err) == (0, "")
    with open_store(postgresql_url) as store:
        with store.read() as connection:
            assert differences(iterate_articles(connection), truth(1)) == []
        second = command(*arguments, at=tmp_path, env=environment())
        assert (second.status, second.err) == (0, "")
        assert "new 0, changed 0" in second.out
        assert "Nothing changed" in second.out
        with StoreLock(store, "newsroom_test", NOW):
            third = command(*arguments, at=tmp_path, env=environment())
    assert third.status == 75
    assert "since 2024-05-14T13:00:00" in third.err
    assert (tmp_path / "public" / "kk" / "turkistan" / "all.rss").is_file()
    assert not list(tmp_path.glob("*.db*"))
