"""`retag`: the stored articles under the vocabulary as it is now."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from newscrawler.article import Article
from newscrawler.store import Store
from newscrawler.store.articles import read_article
from newscrawler.store.facets import facets_to_publish, mark_published
from tests.verb_calls import Shown

Keep = Callable[..., Article]
Verb = Callable[..., Shown]
BODY = ["Көкмұнара қыстағында бақша ашылды, оған жүз бала барады.", "Көкмұнара тұрғындары риза."]


def published(store: Store) -> None:
    with store.write() as connection:
        mark_published(connection, facets_to_publish(connection))


def due(store: Store) -> list[str]:
    with store.read() as connection:
        return [facet for facet, _ in facets_to_publish(connection)]


def stored(store: Store, article: Article) -> Article:
    with store.read() as connection:
        found = read_article(connection, article.id)
    assert found is not None
    return found


def with_village(folder: Path) -> None:
    """The operator's gazetteer gains a village."""
    (folder / "vocabulary").mkdir()
    (folder / "vocabulary" / "regions.toml").write_text(
        '[[regions]]\ncode = "KZ-33"\nplaces = [{ kind = "village", kk = "Көкмұнара" }]\n', encoding="utf-8"
    )


def test_a_place_that_the_vocabulary_gains_moves_its_articles_and_nothing_else(
    keep: Keep, verb: Verb, working_store: Store, tmp_path: Path
) -> None:
    moved, other = keep(1, body=BODY), keep(2, body=["Астанада жаңа көпір салынды.", "Ол бес жылға созылды."])
    published(working_store)
    with_village(tmp_path)
    shown = verb("retag", "--json")
    assert shown.status == 0
    told = json.loads(shown.out)
    assert (told["articles"], told["changed"], told["dry_run"]) == (2, 1, False)
    assert told["moved"]["region KZ-33"] == 1
    assert [tag.code for tag in stored(working_store, moved).regions] == ["KZ-33"]
    assert stored(working_store, moved).date_modified is None
    assert stored(working_store, other).regions == other.regions
    assert told["feeds_to_publish"] == len(due(working_store)) > 0
    assert all("astana" not in facet for facet in due(working_store))


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    keep: Keep, verb: Verb, working_store: Store, tmp_path: Path
) -> None:
    article = keep(1, body=BODY)
    published(working_store)
    with_village(tmp_path)
    shown = verb("retag", "--dry-run")
    assert shown.out.splitlines()[0] == "Would change the tags of 1 of 1 articles."
    assert "  region KZ-33: +1" in shown.out.splitlines()
    assert stored(working_store, article).regions == article.regions
    assert due(working_store) == []


def test_without_a_change_of_the_vocabulary_nothing_changes(keep: Keep, verb: Verb, working_store: Store) -> None:
    for number in range(3):
        keep(number, body=BODY)
    published(working_store)
    assert verb("retag").out == "Changed the tags of 0 of 3 articles.\n"
    assert due(working_store) == []


def test_only_the_newsroom_that_is_named(keep: Keep, verb: Verb) -> None:
    keep(1, body=BODY)
    keep(2, body=BODY, newsroom="other")
    assert "of 1 articles" in verb("retag", "--newsroom", "other").out
    shown = verb("retag", "--newsroom", "othr")
    assert shown.status == 2
    assert shown.err.startswith("newscrawler: no newsroom is called 'othr' (did you mean 'other'?)")
