from newscrawler.store import Store
from newscrawler.store.runs import begin_run, finish_run, last_runs
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
