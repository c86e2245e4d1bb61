"""Tests of `newscrawler newsroom release`: held articles go out, or never do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawler.address import AddressState, Discovered
from newscrawler.cli import NEWSROOM_VERBS, load_verb
from newscrawler.errors import ExitStatus
from newscrawler.store import open_store
from newscrawler.store.addresses import record, with_state
from newscrawler.store.articles import iterate_articles
from newscrawler.store.facets import facets_to_publish
from newscrawler.store.history import Profile, keep_profile, look_of, read_history
from newscrawler.store.holding import HeldState, held_pages, hold
from newscrawler.store.locks import StoreLock
from tests.conftest import NOW, an_article

NAME = "newsroom_test"
URL = "sqlite:///newscrawler.db"

Release = Callable[..., tuple[int, str, str]]


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Release:
    """Calls the verb in an empty working directory; the exit status and what it wrote."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        verb = load_verb("release", NEWSROOM_VERBS)
        status = int(verb.main(list(arguments), prog_name="release", standalone_mode=False))
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return call


def hold_articles(number: int) -> None:
    with open_store(URL) as store, store.write() as connection:
        profile = Profile.of([look_of(an_article(n)) for n in range(100, 130)])
        keep_profile(connection, NAME, profile, run=1, now=NOW)
        for n in range(1, number + 1):
            article = an_article(n, date_published=NOW)
            found = [Discovered(url=article.url)]
            record(connection, NAME, found, run=2, source_url="s", now=NOW)
            hold(connection, article, HeldState.WAITING, run=2, now=NOW, definition="a")


def test_held_articles_are_let_through_and_their_look_is_the_usual_one_from_then_on(release: Release) -> None:
    hold_articles(3)
    status, out, err = release(NAME)
    assert (status, err) == (0, "")
    assert f"let through: {an_article(1).headline}: {an_article(1).url}" in out
    assert f"{NAME}: 3 let through." in out
    assert "newscrawler publish" in out
    with open_store(URL) as store, store.read() as connection:
        assert {article.url for article in iterate_articles(connection)} == {an_article(n).url for n in (1, 2, 3)}
        assert {row.state for row in with_state(connection, AddressState)} == {"done"}
        assert held_pages(connection) == []
        assert f"newsrooms/{NAME}/kk" in dict(facets_to_publish(connection))
        assert read_history(connection, NAME).articles == 3
    assert release(NAME)[1] == f"{NAME}: no article is held.\n"


def test_dropped_articles_are_in_no_feed(release: Release) -> None:
    hold_articles(2)
    status, out, _ = release(NAME, "--drop", "--json")
    document = json.loads(out)
    assert (status, document["dropped"]) == (0, [an_article(n).url for n in (1, 2)])
    with open_store(URL) as store, store.read() as connection:
        assert list(iterate_articles(connection)) == []
        assert {row.reason for row in with_state(connection, [AddressState.REJECTED])} == {"held, then dropped"}
        assert read_history(connection, NAME).articles == 30


def test_what_cannot_be_meant_is_one_line(release: Release) -> None:
    assert release(NAME)[0] == ExitStatus.NOTHING_DONE
    status, _, err = release("newsroom_tets")
    assert status == ExitStatus.USAGE
    assert "did you mean 'newsroom_test'" in err


def test_a_newsroom_at_work_is_left_alone(release: Release) -> None:
    hold_articles(1)
    with open_store(URL) as store, StoreLock(store, NAME, NOW):
        status, out, err = release(NAME)
    assert (status, out) == (ExitStatus.LOCKED, "")
    assert len(err.splitlines()) == 1
    with open_store(URL) as store, store.read() as connection:
        assert len(held_pages(connection)) == 1
