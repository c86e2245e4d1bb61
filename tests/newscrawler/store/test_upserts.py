"""Tests of `newscrawler.store.upserts`: a row is made, or changed where it is there, in each engine's own words."""

from __future__ import annotations

import subprocess
import sys

from sqlalchemy import select

from newscrawler.store import Store
from newscrawler.store.tables import hosts
from newscrawler.store.upserts import upsert


def test_a_row_is_made_and_then_changed(store: Store) -> None:
    for faults in (1, 2):
        with store.write() as connection:
            row = upsert(connection, hosts).values(root="https://bulaq.test", faults=faults)
            connection.execute(row.on_conflict_do_update(index_elements=["root"], set_={"faults": faults}))
    with store.read() as connection:
        assert connection.execute(select(hosts.c.root, hosts.c.faults)).all() == [("https://bulaq.test", 2)]


def test_a_run_over_sqlite_loads_no_other_dialect_and_no_web_server() -> None:
    code = (
        "import sys, newscrawler.crawl, spiders.crawl_process, feeds.publish;"
        "from scrapy.settings import Settings; settings = Settings(); settings.setmodule('newscrawler.settings');"
        "settings.getwithbase('EXTENSIONS');"
        "print([name for name in ('sqlalchemy.dialects.postgresql', 'aiohttp') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
