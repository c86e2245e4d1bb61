from datetime import timedelta

from newscrawler.address import Address, AddressState, Discovered, Outcome
from newscrawler.store import Store
from newscrawler.store.addresses import (
    KILLS,
    NO_OUTCOME,
    Recorded,
    counts_by_state,
    give_back,
    ids_of,
    mark_done,
    record,
    reopen_others,
    settle,
    take,
    take_address,
    with_state,
)
from newscrawler.store.articles import save_article
from tests.conftest import NOW, an_article

NAME = "newsroom_test"
SITE = "https://newsroom.test/"
RETRY = Outcome(state=AddressState.PENDING, reason="status 503", retry=True)


def put(store: Store, *found: Discovered, run: int = 1, now=NOW) -> Recorded:  # type: ignore[no-untyped-def]
    with store.write() as connection:
        return record(connection, NAME, found, run=run, source_url=SITE, now=now)


def take_one(store: Store, run: int, now=NOW, **limits) -> Address | None:  # type: ignore[no-untyped-def]
    with store.write() as connection:
        return take(connection, NAME, run=run, now=now, max_tries=5, **limits)


def only(store: Store, url: str):  # type: ignore[no-untyped-def]
    with store.read() as connection:
        rows = [row for row in with_state(connection, AddressState) if row.url == url]
    assert len(rows) == 1
    return rows[0]


def test_an_address_is_recorded_once_and_handed_out_once_a_run(store: Store) -> None:
    assert put(store, Discovered(url=SITE + "1"), Discovered(url=SITE + "1")) == Recorded(
        new=1, reopened=0, first_runs={}
    )
    assert put(store, Discovered(url=SITE + "1"), run=2) == Recorded(new=0, reopened=0, first_runs={SITE + "1": 1})
    first = take_one(store, run=2)
    assert first is not None
    assert (first.url, first.tries) == (SITE + "1", 1)
    assert take_one(store, run=2) is None


def test_a_hand_out_without_an_outcome_is_due_in_the_next_run(store: Store) -> None:
    put(store, Discovered(url=SITE + "1"))
    take_one(store, run=1)
    assert only(store, SITE + "1").reason == NO_OUTCOME
    again = take_one(store, run=2)
    assert again is not None
    assert again.tries == 2


def test_newest_first_and_the_undated_last(store: Store) -> None:
    put(
        store,
        Discovered(url=SITE + "undated"),
        Discovered(url=SITE + "old", date_published=NOW - timedelta(days=2)),
        Discovered(url=SITE + "new", date_published=NOW),
    )
    urls = [address.url for address in iter(lambda: take_one(store, run=1), None)]
    assert urls == [SITE + "new", SITE + "old", SITE + "undated"]


def test_since_leaves_out_what_is_known_to_be_older(store: Store) -> None:
    put(
        store,
        Discovered(url=SITE + "undated"),
        Discovered(url=SITE + "old", date_published=NOW - timedelta(days=2)),
    )
    since = NOW - timedelta(days=1)
    urls = [address.url for address in iter(lambda: take_one(store, run=1, since=since), None)]
    assert urls == [SITE + "undated"]


def test_what_fails_waits_longer_each_time_and_is_parked_in_the_end(store: Store) -> None:
    put(store, Discovered(url=SITE + "1"))
    waits = []
    for run in range(1, 6):
        now = NOW + timedelta(days=run)
        address = take_one(store, run=run, now=now)
        assert address is not None
        with store.write() as connection:
            settle(connection, address, RETRY, now=now, fetched=now, max_tries=5)
        row = only(store, SITE + "1")
        waits.append((row.state, row.next_try and row.next_try - now))
    minutes = [None, timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40), None]
    assert waits == list(zip(["pending"] * 4 + ["parked"], minutes, strict=True))
    assert take_one(store, run=9, now=NOW + timedelta(days=99)) is None


def test_retry_after_is_waited_for(store: Store) -> None:
    put(store, Discovered(url=SITE + "1"))
    address = take_one(store, run=1)
    assert address is not None
    outcome = Outcome(state=AddressState.PENDING, reason="429", retry=True, next_try=NOW + timedelta(hours=1))
    with store.write() as connection:
        settle(connection, address, outcome, now=NOW, fetched=NOW, max_tries=5)
    assert take_one(store, run=2, now=NOW + timedelta(minutes=59)) is None
    assert take_one(store, run=3, now=NOW + timedelta(minutes=60)) is not None


def test_what_a_clock_that_was_years_ahead_made_to_wait_is_due(store: Store) -> None:
    put(store, Discovered(url=SITE + "1"), Discovered(url=SITE + "2"))
    ahead = NOW + timedelta(days=1000)
    refused = Outcome(state=AddressState.REJECTED, reason="the article is empty", recheck=True)
    late = Outcome(state=AddressState.PENDING, reason="429", retry=True, next_try=ahead + timedelta(hours=1))
    for outcome in (late, refused):
        address = take_one(store, run=1, now=ahead)
        assert address is not None
        with store.write() as connection:
            settle(connection, address, outcome, now=ahead, fetched=ahead, max_tries=5)
    assert take_one(store, run=2, now=ahead) is None
    taken = [take_one(store, run=3), take_one(store, run=3)]
    assert [address and address.url for address in taken] == [SITE + "1", SITE + "2"]


def test_a_later_change_makes_a_known_address_due_again(store: Store) -> None:
    put(store, Discovered(url=SITE + "1", date_modified=NOW - timedelta(hours=2)))
    with store.write() as connection:
        mark_done(connection, NAME, [SITE + "1"], "id1", run=1, now=NOW)
    assert put(store, Discovered(url=SITE + "1", date_modified=NOW - timedelta(hours=2)), run=2).reopened == 0
    assert take_one(store, run=2) is None
    assert put(store, Discovered(url=SITE + "1", date_modified=NOW - timedelta(hours=1)), run=2).reopened == 1
    address = take_one(store, run=2)
    assert address is not None
    assert address.article_id == "id1"


def test_a_first_lastmod_older_than_the_visit_reopens_nothing(store: Store) -> None:
    put(store, Discovered(url=SITE + "1"))
    with store.write() as connection:
        mark_done(connection, NAME, [SITE + "1"], "id1", run=1, now=NOW)
    assert put(store, Discovered(url=SITE + "1", date_modified=NOW - timedelta(hours=1)), run=2).reopened == 0
    assert put(store, Discovered(url=SITE + "1", date_modified=NOW + timedelta(days=30)), run=2).reopened == 0
    assert take_one(store, run=2) is None


def test_a_source_that_dates_an_undated_article_makes_its_address_due(store: Store) -> None:
    for number, date in ((1, None), (2, NOW)):
        put(store, Discovered(url=f"{SITE}{number}"))
        article = an_article(number, date_published=date)
        with store.write() as connection:
            save_article(connection, article, facets_of=lambda _: [], hashes=[], now=NOW)
            mark_done(connection, NAME, [f"{SITE}{number}"], article.id, run=1, now=NOW)
    dated = [Discovered(url=f"{SITE}{number}", date_published=NOW) for number in (1, 2)]
    assert put(store, *dated, run=2).reopened == 1
    address = take_one(store, run=2)
    assert address is not None
    assert (address.url, address.known.date_published) == (SITE + "1", NOW)
    assert take_one(store, run=2) is None
    assert put(store, *dated, run=3).reopened == 0


def test_what_one_source_does_not_say_another_adds(store: Store) -> None:
    put(store, Discovered(url=SITE + "1", headline="Тақырып"))
    put(store, Discovered(url=SITE + "1", headline="Басқа", date_published=NOW))
    address = take_one(store, run=1)
    assert address is not None
    assert (address.known.headline, address.known.date_published) == ("Тақырып", NOW)


def test_giving_back_leaves_an_address_as_it_was(store: Store) -> None:
    put(store, Discovered(url=SITE + "1"))
    with store.write() as connection:
        mark_done(connection, NAME, [SITE + "1"], "id1", run=1, now=NOW)
        (number,) = ids_of(connection, NAME, [SITE + "1"])
        address = take_address(connection, number, run=2)
        assert address is not None
        assert take_address(connection, number, run=2) is None
        give_back(connection, address)
    row = only(store, SITE + "1")
    assert (row.state, row.tries, row.article_id) == ("done", 0, "id1")


def test_every_address_of_an_article_is_done_with_it(store: Store) -> None:
    put(store, Discovered(url=SITE + "post/1"), Discovered(url=SITE + "kk/1"))
    with store.write() as connection:
        mark_done(connection, NAME, [SITE + "post/1", SITE + "kk/1", SITE + "old/1"], "id1", run=1, now=NOW)
    assert take_one(store, run=1) is None
    with store.read() as connection:
        assert counts_by_state(connection) == {NAME: {"done": 3}}


def test_a_final_outcome_forgets_the_tries(store: Store) -> None:
    put(store, Discovered(url=SITE + "1"))
    address = take_one(store, run=1)
    assert address is not None
    gone = Outcome(state=AddressState.GONE, reason="status 410")
    with store.write() as connection:
        assert settle(connection, address, gone, now=NOW, fetched=NOW, max_tries=5) is AddressState.GONE
    row = only(store, SITE + "1")
    assert (row.state, row.reason, row.tries) == ("gone", "status 410", 0)


def test_an_address_that_kills_the_process_each_time_is_parked(store: Store) -> None:
    put(store, Discovered(url=SITE + "killer", date_published=NOW), Discovered(url=SITE + "good"))
    first = take_one(store, run=1)
    assert first is not None
    assert (first.url, first.left_without_outcome) == (SITE + "killer", False)
    good = take_one(store, run=2)
    assert good is not None
    assert good.url == SITE + "good"
    with store.write() as connection:
        mark_done(connection, NAME, [good.url], "id1", run=2, now=NOW)
    for run in range(2, 6):
        killer = take_one(store, run=run)
        assert killer is not None
        assert (killer.url, killer.left_without_outcome) == (SITE + "killer", True)
    assert take_one(store, run=6) is None
    assert (only(store, SITE + "killer").state, only(store, SITE + "killer").reason) == ("parked", KILLS)


def test_a_fault_of_the_host_uses_up_no_try(store: Store) -> None:
    put(store, Discovered(url=SITE + "1"))
    fault = Outcome(state=AddressState.PENDING, reason="no answer in time", retry=True, of_host=True)
    for run in range(1, 20):
        now = NOW + timedelta(minutes=10 * run)
        address = take_one(store, run=run, now=now)
        assert address is not None
        with store.write() as connection:
            settle(connection, address, fault, now=now, fetched=now, max_tries=5)
    row = only(store, SITE + "1")
    assert (row.state, row.tries, row.next_try) == ("pending", 0, now + timedelta(minutes=10))


def test_what_was_refused_is_looked_at_again_in_the_next_hours(store: Store) -> None:
    put(store, Discovered(url=SITE + "1"))
    refused = Outcome(state=AddressState.REJECTED, reason="the article is empty", recheck=True)
    taken = []
    for run in range(1, 200):
        now = NOW + timedelta(minutes=10 * run)
        address = take_one(store, run=run, now=now)
        if address is not None:
            taken.append(run)
            with store.write() as connection:
                settle(connection, address, refused, now=now, fetched=now, max_tries=5)
    assert taken == [1, 7, 31, 103]
    assert (only(store, SITE + "1").state, only(store, SITE + "1").next_try) == ("rejected", None)


def test_what_was_refused_stays_so_where_crawls_are_rare(store: Store) -> None:
    put(store, Discovered(url=SITE + "1"))
    refused = Outcome(state=AddressState.REJECTED, reason="the article is empty", recheck=True)
    address = take_one(store, run=1)
    assert address is not None
    with store.write() as connection:
        settle(connection, address, refused, now=NOW, fetched=NOW, max_tries=5)
    assert take_one(store, run=2, now=NOW + timedelta(hours=24)) is None


def test_a_change_that_a_list_says_reaches_the_reader(store: Store) -> None:
    put(store, Discovered(url=SITE + "1", date_modified=NOW - timedelta(hours=2)))
    put(store, Discovered(url=SITE + "1", date_modified=NOW - timedelta(hours=1)), run=2)
    address = take_one(store, run=2)
    assert address is not None
    assert address.known.date_modified == NOW - timedelta(hours=1)


def test_the_addresses_of_a_wrong_claim_are_due_again(store: Store) -> None:
    put(store, Discovered(url=SITE + "liar"), Discovered(url=SITE + "home"))
    with store.write() as connection:
        mark_done(connection, NAME, [SITE + "liar", SITE + "home"], "id1", run=1, now=NOW)
        assert reopen_others(connection, "id1", [SITE + "home"]) == 1
    liar = only(store, SITE + "liar")
    assert (liar.state, liar.article_id) == ("pending", None)
    assert only(store, SITE + "home").article_id == "id1"


def test_undated_addresses_are_handed_out_in_the_order_of_their_list(store: Store) -> None:
    put(store, *[Discovered(url=f"{SITE}{number}") for number in (3, 1, 2)])
    urls = [address.url for address in iter(lambda: take_one(store, run=1), None)]
    assert urls == [f"{SITE}{number}" for number in (3, 1, 2)]
