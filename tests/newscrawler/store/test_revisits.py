from datetime import datetime, timedelta
from typing import Any

from newscrawler.address import Address, AddressState, Discovered, Outcome, Visit
from newscrawler.store import Store
from newscrawler.store.addresses import mark_done, record, settle, take, with_state
from newscrawler.store.revisits import keep_unchanged, look_again, plan_revisit, reopen_refused
from tests.conftest import NOW

NAME = "newsroom_test"
SITE = "https://newsroom.test/"
HOUR = timedelta(hours=1)


def put(store: Store, *paths: str) -> None:
    with store.write() as connection:
        found = [Discovered(url=SITE + path) for path in paths]
        record(connection, NAME, found, run=1, source_url=SITE, now=NOW)


def done(store: Store, article_id: str, visit: Visit | None, *paths: str, due: datetime | None = None) -> None:
    with store.write() as connection:
        mark_done(connection, NAME, [SITE + path for path in paths], article_id, run=1, now=NOW)
        if visit is not None:
            plan_revisit(connection, NAME, article_id, visit, due)


def take_one(store: Store, run: int, now: datetime) -> Address | None:
    with store.write() as connection:
        return take(connection, NAME, run=run, now=now, max_tries=5)


def rows(store: Store) -> dict[str, Any]:
    with store.read() as connection:
        return {row.url.removeprefix(SITE): row for row in with_state(connection, AddressState)}


def test_an_article_is_looked_at_under_the_address_it_answered_under_when_its_time_has_come(store: Store) -> None:
    put(store, "old", "new")
    visit = Visit(url=SITE + "new", etag='"1"', last_modified="Tue, 14 May 2024 13:00:00 GMT")
    done(store, "id1", visit, "old", "new", due=NOW + HOUR)
    assert take_one(store, 2, NOW + HOUR - timedelta(seconds=1)) is None
    address = take_one(store, 3, NOW + HOUR)
    assert address is not None
    assert (address.url, address.state, address.article_id) == (SITE + "new", AddressState.DONE, "id1")
    assert (address.etag, address.last_modified) == (visit.etag, visit.last_modified)
    assert take_one(store, 3, NOW + HOUR) is None


def test_a_visit_under_another_address_takes_the_plan_there(store: Store) -> None:
    put(store, "a", "b")
    done(store, "id1", Visit(url=SITE + "a"), "a", due=NOW + HOUR)
    done(store, "id1", Visit(url=SITE + "b"), "b", due=NOW + 2 * HOUR)
    assert {path: row.next_try for path, row in rows(store).items()} == {"a": None, "b": NOW + 2 * HOUR}


def test_an_unchanged_page_is_done_again_until_its_next_time(store: Store) -> None:
    put(store, "1")
    done(store, "id1", Visit(url=SITE + "1", etag='"1"'), "1", due=NOW)
    address = take_one(store, 2, NOW)
    assert address is not None
    with store.write() as connection:
        keep_unchanged(connection, address.id, NOW, NOW + HOUR)
    row = rows(store)["1"]
    assert (row.state, row.tries, row.reason, row.next_try, row.etag) == ("done", 0, None, NOW + HOUR, '"1"')
    assert take_one(store, 3, NOW) is None
    assert take_one(store, 4, NOW + HOUR) is not None


def test_new_pages_come_first_then_failed_then_revisits_then_what_may_kill(store: Store) -> None:
    put(store, "killer")
    assert take_one(store, 1, NOW) is not None
    put(store, "failed")
    failed = take_one(store, 1, NOW)
    assert failed is not None
    with store.write() as connection:
        outcome = Outcome(state=AddressState.PENDING, reason="status 500", retry=True)
        settle(connection, failed, outcome, now=NOW, fetched=NOW, max_tries=5)
    put(store, "known", "new")
    done(store, "id1", Visit(url=SITE + "known"), "known", due=NOW)
    order = [address.url.removeprefix(SITE) for address in iter(lambda: take_one(store, 2, NOW + HOUR), None)]
    assert order == ["new", "failed", "known", "killer"]


def test_a_revisit_that_was_killed_is_made_again_last(store: Store) -> None:
    put(store, "1", "2")
    done(store, "id1", Visit(url=SITE + "1"), "1", due=NOW)
    done(store, "id2", Visit(url=SITE + "2"), "2", due=NOW + HOUR)
    assert take_one(store, 2, NOW) is not None
    again = list(iter(lambda: take_one(store, 3, NOW + HOUR), None))
    assert [(address.url, address.left_without_outcome) for address in again] == [
        (SITE + "2", False),
        (SITE + "1", True),
    ]


def test_a_fault_of_the_host_leaves_a_known_article_as_it_was(store: Store) -> None:
    put(store, "1")
    done(store, "id1", Visit(url=SITE + "1", etag='"1"'), "1", due=NOW)
    address = take_one(store, 2, NOW)
    assert address is not None
    outcome = Outcome(state=AddressState.PENDING, reason="status 503", retry=True, of_host=True)
    with store.write() as connection:
        assert settle(connection, address, outcome, now=NOW, fetched=NOW, max_tries=5) is AddressState.DONE
    assert take_one(store, 3, NOW) is None
    again = take_one(store, 4, NOW + timedelta(minutes=10))
    assert again is not None
    assert (again.state, again.etag) == (AddressState.DONE, '"1"')


def test_an_article_is_looked_at_again_under_another_of_its_addresses(store: Store) -> None:
    put(store, "a", "b", "c")
    done(store, "id1", Visit(url=SITE + "a"), "a", "b", due=NOW + HOUR)
    found = rows(store)
    with store.write() as connection:
        assert look_again(connection, "id1", NOW, besides=found["a"].id)
        assert not look_again(connection, "id2", NOW)
    assert {path: row.next_try for path, row in rows(store).items()} == {"a": NOW + HOUR, "b": NOW, "c": None}
    with store.write() as connection:
        mark_done(connection, NAME, [SITE + "b"], "id3", run=1, now=NOW)
        assert not look_again(connection, "id1", NOW, besides=found["a"].id)
        assert look_again(connection, "id1", NOW)
    assert rows(store)["a"].next_try == NOW


def test_what_was_refused_for_one_reason_is_due_again(store: Store) -> None:
    put(store, "1", "2")
    for reason in ("forbidden", "no body"):
        address = take_one(store, 1, NOW)
        assert address is not None
        outcome = Outcome(state=AddressState.REJECTED, reason=reason)
        with store.write() as connection:
            settle(connection, address, outcome, now=NOW, fetched=NOW, max_tries=5)
    with store.write() as connection:
        assert reopen_refused(connection, "other", "forbidden") == 0
        assert reopen_refused(connection, NAME, "forbidden") == 1
    states = {path: row.state for path, row in rows(store).items()}
    assert sorted(states.values()) == ["pending", "rejected"]
