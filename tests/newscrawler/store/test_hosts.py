from datetime import timedelta

from newscrawler.store import Store
from newscrawler.store.hosts import (
    HostRest,
    RobotsRecord,
    keep_rest,
    keep_robots,
    read_rest,
    read_robots,
    resting_hosts,
)
from tests.conftest import NOW

ROOT = "https://newsroom.test/robots.txt"
HOUR = timedelta(hours=1)


def test_the_last_robots_txt_of_a_host_is_kept(store: Store) -> None:
    with store.write() as connection:
        assert read_robots(connection, ROOT) is None
        keep_robots(connection, RobotsRecord(root=ROOT, status=None, text="", fetched=None))
        keep_robots(connection, RobotsRecord(root=ROOT, status=200, text="User-agent: *", fetched=NOW))
        assert read_robots(connection, ROOT) == RobotsRecord(root=ROOT, status=200, text="User-agent: *", fetched=NOW)


def test_what_a_host_refused_is_kept_beside_its_robots_txt(store: Store) -> None:
    rest = HostRest(root=ROOT, faults=3, refuses_pages=True, until=NOW + HOUR, reason="status 429")
    record = RobotsRecord(root=ROOT, status=200, text="User-agent: *", fetched=NOW)
    with store.write() as connection:
        assert read_rest(connection, ROOT) == HostRest(root=ROOT)
        keep_rest(connection, rest)
        assert read_robots(connection, ROOT) is None
        keep_robots(connection, record)
        assert (read_rest(connection, ROOT), read_robots(connection, ROOT)) == (rest, record)
        assert resting_hosts(connection, NOW) == [rest]
        assert resting_hosts(connection, NOW + HOUR) == []
        keep_rest(connection, HostRest(root=ROOT))
        assert (resting_hosts(connection, NOW), read_robots(connection, ROOT)) == ([], record)
