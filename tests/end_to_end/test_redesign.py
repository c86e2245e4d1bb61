"""A site is redesigned overnight: nothing wrong is published, nothing is lost, and a mended file brings all of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from newscrawler.store import open_store
from newscrawler.store.attention import needs_attention
from tests.end_to_end.commands import Ended, command
from tests.end_to_end.redesign import MENDED, TEASER, redesigned
from tests.end_to_end.small_site import FIRST_DAY, NAME, Answer, SmallNewsroom, SmallSite, article_page, listing, source
from tests.end_to_end.test_exit_status import snapshot

OLD = [f"/a/{n}" for n in range(24)]
NEW = [f"/a/{n}" for n in range(24, 30)]
ENTRIES = source("listing", "/", item="div.entry")
STATUS_PAGE = "status.html"


def redesigned_page(path: str) -> Answer:
    """The page of the article at `path` as its site shows it now."""
    return redesigned(article_page(path), f"14.05.2024 10:{path[3:]}")


def run(small: SmallNewsroom, hours: int, *arguments: str) -> Ended:
    """Calls `newscrawler run small`, or with other arguments; a day after its publication an article is looked at
    again."""
    env = small.environment(FIRST_DAY + timedelta(hours=hours)) | {"NEWSCRAWLER_REVISIT": "1d"}
    return command(*(arguments or ("run", NAME)), at=small.folder, env=env)


def test_of_a_newsroom_that_is_expected_to_be_broken_nothing_is_owed(tmp_path: Path) -> None:
    with SmallSite() as site:
        small = SmallNewsroom(tmp_path, site)
        small.define("expected_broken = true\n", ENTRIES)
        ended = run(small, 0)
    assert ended.status == 0
    assert "could not reach" in ended.out


def test_a_redesign_is_held_and_a_mended_file_brings_what_was_held(tmp_path: Path) -> None:
    with SmallSite() as site:
        small = SmallNewsroom(tmp_path, site)
        small.define(ENTRIES)
        site.publish(OLD)
        site.answers["/"] = listing(OLD)
        assert run(small, 0).status == 0
        feeds, good = snapshot(tmp_path / "public"), small.articles()
        assert any(path.endswith("all/all/all.rss") for path in feeds)

        site.answers |= {path: redesigned_page(path) for path in [*OLD, *NEW]}
        site.answers["/"] = listing([*NEW, *OLD])
        site.taken_log()
        held = run(small, 18)
        # The old articles were looked at again too: their remains are held back.
        assert {*OLD, *NEW} <= {*site.taken_log()}
        assert (held.status, small.articles()) == (3, good)
        assert "held 6, held back 24" in held.out
        assert f"newscrawler newsroom check {NAME}" in held.err
        after = snapshot(tmp_path / "public")
        assert [path for path in after if after[path] != feeds.get(path)] == [str(tmp_path / "public" / STATUS_PAGE)]
        assert "held, 6 pages" in (tmp_path / "public" / STATUS_PAGE).read_text(encoding="utf-8")
        status = run(small, 19, "status").out
        named = next(line for line in status.splitlines() if "held, 6 pages" in line)
        for part in ("body: 30 of 30", "date: 30 of 30", "https://small.test/a/", f"newsroom check {NAME}"):
            assert part in named

        small.define(ENTRIES, MENDED)
        mended = run(small, 20)
        assert (mended.status, mended.err) == (0, "")
        found = small.articles()
        assert sorted(found) == sorted([*OLD, *NEW])
        assert all(len(found[path].body) == 4 and found[path].date_published is not None for path in found)
        assert {path: found[path].id for path in OLD} == {path: good[path].id for path in OLD}
        published = (tmp_path / "public" / "all" / "all" / "all.rss").read_text(encoding="utf-8")
        assert all(published.count(f"{found[path].id}</guid>") == 1 for path in found)
        assert TEASER not in published
        with open_store(f"sqlite:///{tmp_path / 'newscrawler.db'}") as store, store.read() as connection:
            assert needs_attention(connection) == []
