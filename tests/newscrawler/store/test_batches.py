"""Long lists of values, so many at a time as a query may name."""

from __future__ import annotations

from newscrawler.store.batches import in_batches


def test_every_value_comes_once_and_in_its_order() -> None:
    values = [*range(1_000), *range(500)]
    batches = [list(batch) for batch in in_batches(values)]
    assert [value for batch in batches for value in batch] == list(range(1_000))
    # SQLite's older builds take 999 parameters, and a query may name each value twice.
    assert max(map(len, batches)) * 2 < 999


def test_of_no_values_there_is_no_batch() -> None:
    assert list(in_batches([])) == []
