from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from newscrawler.store.instant import Instant

DIALECT = sqlite.dialect()


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5)), timezone(timedelta(hours=-9))])))
def test_a_moment_comes_back_as_it_was(moment: datetime) -> None:
    instant = Instant()
    assert instant.process_result_value(instant.process_bind_param(moment, DIALECT), DIALECT) == moment


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Instant().process_bind_param(datetime(2024, 5, 14), DIALECT)  # noqa: DTZ001 - what is refused
