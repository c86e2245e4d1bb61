from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.errors import StoreError
from newscrawler.hidden_passwords import hide_passwords


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql+psycopg://user:sec/ret@host/db failed", "postgresql+psycopg://user:***@host/db failed"),
        ("postgresql://user:secret@host/db failed", "postgresql://user:***@host/db failed"),
        ("postgresql://user:se@cret@host/db failed", "postgresql://user:***@host/db failed"),
        ("GET http://user:secret@host:80/a@b", "GET http://user:***@host:80/a@b"),
        (
            "postgresql://h/db?user=u&password=secret&sslmode=require",
            "postgresql://h/db?user=u&password=***&sslmode=require",
        ),
        ("host=h PASSWORD = 'se cret' dbname=d", "host=h PASSWORD = *** dbname=d"),
        ("{'Authorization': 'Basic c2VjcmV0'}", "{'Authorization': ***"),
        ("Set-Cookie: id=secret; Path=/\nHost: h", "Set-Cookie: ***\nHost: h"),
        ("Proxy-Authorization: Basic c2VjcmV0", "Proxy-Authorization: ***"),
    ],
)
def test_passwords_are_hidden(text: str, shown: str) -> None:
    assert hide_passwords(text) == shown
    assert str(StoreError("failed", cause=ValueError(text))).find("secret") == -1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://newsroom.test/a?b=c@d",
        "write to crawler@example.org",
        "https://a.test/#@b",
        "the password is wrong",
    ],
)
def test_what_holds_none_stays_as_it_is(text: str) -> None:
    assert hide_passwords(text) == text


@given(st.text("ab:/@?&=' password\n", max_size=80))
def test_hiding_twice_changes_nothing_more(text: str) -> None:
    once = hide_passwords(text)
    assert hide_passwords(once) == once


def test_a_long_message_costs_no_more_than_reading_it() -> None:
    started = process_time()
    for piece in ("://", "://a@", "password=", "password='", "cookie ", "cookie:", "@", " ="):
        hide_passwords(piece * (1_000_000 // len(piece)))
    # Half a second each at most; looking at all that follows from each place would take hours.
    assert process_time() - started < 30
