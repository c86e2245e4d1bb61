import os
import re

import pytest

from newscrawler.errors import Locked
from newscrawler.store import Store, open_store
from newscrawler.store.locks import StoreLock
from tests.conftest import NOW


def test_the_second_is_told_who_holds_the_lock_since_when(store: Store, store_url: str) -> None:
    with open_store(store_url) as other, StoreLock(store, "newsroom_test", NOW):
        with pytest.raises(Locked, match=f"{os.getpid()}.*{re.escape(NOW.isoformat(timespec='seconds'))}"):
            StoreLock(other, "newsroom_test", NOW)
        StoreLock(other, "publish", NOW).release()


def test_a_released_lock_can_be_taken_and_released_twice(store: Store, store_url: str) -> None:
    lock = StoreLock(store, "newsroom_test", NOW)
    lock.release()
    with open_store(store_url) as other, StoreLock(other, "newsroom_test", NOW):
        # The second release takes nothing away from the next holder.
        lock.release()
        with pytest.raises(Locked):
            StoreLock(store, "newsroom_test", NOW)


def test_a_released_lock_is_free_at_once(store: Store, store_url: str) -> None:
    with open_store(store_url) as other:
        for taker, stranger in [(store, other), (other, store)] * 10:
            with StoreLock(taker, "publish", NOW), pytest.raises(Locked):
                StoreLock(stranger, "publish", NOW)


def test_a_store_in_memory_has_no_lock() -> None:
    with open_store("sqlite:///:memory:") as store, StoreLock(store, "a", NOW), StoreLock(store, "a", NOW):
        assert store.file is None
