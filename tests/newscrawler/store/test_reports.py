"""Reports of runs, kept and forgotten."""

from __future__ import annotations

from datetime import timedelta

from newscrawler.store import Store
from newscrawler.store.reports import KEPT_FOR, count_reports, forget_reports, keep_report, last_reports
from tests.conftest import NOW


def test_the_last_ones_come_first(store: Store) -> None:
    with store.write() as connection:
        for number in range(5):
            keep_report(connection, "run", NOW + timedelta(minutes=number), 0, {"number": number, "ә": [1.5, None]})
    with store.read() as connection:
        assert [report["number"] for report in last_reports(connection, 3)] == [4, 3, 2]
        assert last_reports(connection, 1)[0] == {"number": 4, "ә": [1.5, None]}


def test_old_ones_go_when_a_new_one_comes(store: Store) -> None:
    with store.write() as connection:
        keep_report(connection, "crawl", NOW - KEPT_FOR - timedelta(seconds=1), 3, {"number": 0})
        keep_report(connection, "crawl", NOW - KEPT_FOR, 0, {"number": 1})
        keep_report(connection, "run", NOW, 0, {"number": 2})
        assert [report["number"] for report in last_reports(connection, 9)] == [2, 1]


def test_they_are_counted_and_forgotten_up_to_a_moment(store: Store) -> None:
    with store.write() as connection:
        for hour in range(3):
            keep_report(connection, "run", NOW + timedelta(hours=hour), 0, {"hour": hour})
        limit = NOW + timedelta(hours=2)
        assert count_reports(connection, limit) == 2
        assert forget_reports(connection, limit) == 2
        assert [report["hour"] for report in last_reports(connection, 9)] == [2]
