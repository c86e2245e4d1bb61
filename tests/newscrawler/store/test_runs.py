from datetime import timedelta

import pytest
from sqlalchemy import select

from newscrawler.store import Store
from newscrawler.store.runs import (
    Run,
    begin_run,
    count_old_runs,
    finish_run,
    forget_old_runs,
    last_runs,
    last_successes,
)
from newscrawler.store.tables import runs
from tests.conftest import NOW


def test_the_newest_run_of_each_newsroom(store: Store) -> None:
    with store.write() as connection:
        begin_run(connection, "a", "live", NOW)
        second = begin_run(connection, "a", "saved", NOW)
        third = begin_run(connection, "b", "live", NOW)
        finish_run(connection, second, NOW, "finished", {"new": 3})
    with store.read() as connection:
        found = last_runs(connection)
    assert sorted(found) == ["a", "b"]
    assert (found["a"].id, found["a"].mode, found["a"].reason, found["a"].counts) == (
        second,
        "saved",
        "finished",
        {"new": 3},
    )
    assert (found["b"].id, found["b"].finished) == (third, None)


def test_a_success_is_a_run_that_came_to_its_end_with_every_source_read(store: Store) -> None:
    def crawled(newsroom: str, hours: int, reason: str | None, **counts: int) -> None:
        with store.write() as connection:
            run = begin_run(connection, newsroom, "live", NOW)
            if reason is not None:
                finish_run(connection, run, NOW + timedelta(hours=hours), reason, counts)

    crawled("a", 1, "finished")
    crawled("a", 2, "finished", new=1, failed=1)
    crawled("a", 3, "finished", sources_failed=1)
    crawled("a", 4, "shutdown")
    crawled("a", 5, None)
    crawled("b", 1, "finished", sources_failed=1)
    with store.read() as connection:
        assert last_successes(connection, "finished") == {"a": NOW + timedelta(hours=2)}


@pytest.mark.parametrize(
    ("reason", "counts", "ending"),
    [
        (None, {}, "not yet, or killed"),
        ("finished", {"new": 3}, "finished"),
        ("shutdown", {"failed": 2, "sources_failed": 1}, "shutdown, 3 failed"),
    ],
)
def test_how_a_run_ended_in_words(reason: str | None, counts: dict[str, int], ending: str) -> None:
    run = Run(id=1, newsroom="a", mode="live", started=NOW, reason=reason, counts=counts)
    assert run.ending == ending


def test_old_runs_go_but_for_those_that_say_how_a_newsroom_is(store: Store) -> None:
    with store.write() as connection:
        numbers = {}
        for day, (newsroom, reason, counts) in enumerate(
            [
                ("a", "finished", {}),
                ("a", "finished", {"new": 1}),
                ("a", "finished", {"sources_failed": 1}),
                ("a", "locked", {}),
                ("b", "finished", {}),
                ("a", "finished", {"sources_failed": 1}),
            ]
        ):
            numbers[day] = begin_run(connection, newsroom, "live", NOW + timedelta(days=day))
            finish_run(connection, numbers[day], NOW + timedelta(days=day), reason, counts)
        later = NOW + timedelta(days=100)
        # The last of each newsroom, and the last in which every source answered.
        kept = {numbers[1], numbers[4], numbers[5]}
        assert count_old_runs(connection, later, "finished") == 3
        assert forget_old_runs(connection, later, "finished") == 3
        assert set(connection.execute(select(runs.c.id)).scalars()) == kept
        assert last_successes(connection, "finished")["a"] == NOW + timedelta(days=1)
        # A number is never given twice: addresses say by it which run had them.
        assert begin_run(connection, "c", "live", later) > max(numbers.values())
        assert forget_old_runs(connection, NOW, "finished") == 0
