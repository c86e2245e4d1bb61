from datetime import timedelta

from newscrawler.store import Store
from newscrawler.store.sources import (
    SourceState,
    count_source_failure,
    next_checks,
    source_state,
    source_states,
    update_source,
)
from tests.conftest import NOW

URL = "https://newsroom.test/rss/kk.xml"


def test_a_source_never_visited_has_an_empty_state(store: Store) -> None:
    with store.read() as connection:
        assert source_state(connection, "newsroom_test", URL) == SourceState(newsroom="newsroom_test", url=URL)
        assert source_states(connection) == []


def test_only_the_given_columns_change(store: Store) -> None:
    with store.write() as connection:
        update_source(connection, "newsroom_test", URL, etag='"1"', completed_run=3)
        update_source(connection, "newsroom_test", URL, outcome="read", checked=NOW)
    with store.read() as connection:
        state = source_state(connection, "newsroom_test", URL)
    assert (state.etag, state.completed_run, state.outcome, state.checked) == ('"1"', 3, "read", NOW)


def test_failures_are_counted_and_leave_the_validators(store: Store) -> None:
    with store.write() as connection:
        update_source(connection, "newsroom_test", URL, etag='"1"')
        count_source_failure(connection, "newsroom_test", URL, "status 500", NOW)
        count_source_failure(connection, "newsroom_test", URL, "status 502", NOW)
    with store.read() as connection:
        (state,) = source_states(connection, "newsroom_test")
        assert source_states(connection, "other") == []
    assert (state.etag, state.failures, state.outcome) == ('"1"', 2, "status 502")


def test_a_newsroom_is_due_when_the_first_of_its_sources_is(store: Store) -> None:
    later = NOW + timedelta(hours=1)
    with store.write() as connection:
        update_source(connection, "waits", URL, next_check=later)
        update_source(connection, "waits", f"{URL}?2", next_check=NOW)
        update_source(connection, "waits", f"{URL}?3", parent=URL, next_check=None)
        update_source(connection, "owed", URL, next_check=later)
        update_source(connection, "owed", f"{URL}?2", outcome="status 500")
        assert next_checks(connection) == {"waits": NOW}
