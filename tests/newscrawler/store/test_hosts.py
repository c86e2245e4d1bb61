from newscrawler.store import Store
from newscrawler.store.hosts import RobotsRecord, keep_robots, read_robots
from tests.conftest import NOW

ROOT = "https://newsroom.test/robots.txt"


def test_the_last_robots_txt_of_a_host_is_kept(store: Store) -> None:
    with store.write() as connection:
        assert read_robots(connection, ROOT) is None
        keep_robots(connection, RobotsRecord(root=ROOT, status=None, text="", fetched=None))
        keep_robots(connection, RobotsRecord(root=ROOT, status=200, text="User-agent: *", fetched=NOW))
        assert read_robots(connection, ROOT) == RobotsRecord(root=ROOT, status=200, text="User-agent: *", fetched=NOW)
