"""No password is shown, logged or kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import ValidationError
from rich.console import Console
from sqlalchemy.engine import make_url

from newscrawler.config import Config
from newscrawler.newsroom import Newsroom
from newscrawler.store import open_store
from newscrawler.store.runs import begin_run
from tests.conftest import NOW
from tests.verb_calls import Shown

PASSWORD = "word-that-is-secret"
UNREACHABLE = (
    f"postgresql://somebody:{PASSWORD}@127.0.0.1:1/news",
    f"postgresql://127.0.0.1:1/news?user=somebody&password={PASSWORD}",
    f"postgresql+psycopg://somebody:{PASSWORD}@127.0.0.1:1/news?sslpassword={PASSWORD}",
    f"mysql://somebody:{PASSWORD}@127.0.0.1:1/news",
    f"postgresql://somebody:{PASSWORD}@127.0.0.1:port/news",
    f"postgresql:somebody:{PASSWORD}@127.0.0.1/news",
)


@pytest.mark.parametrize("address", UNREACHABLE)
@pytest.mark.parametrize("name", ["status", "export", "retag", "publish", "doctor"])
def test_an_error_of_the_store_shows_no_password(name: str, address: str, verb: Callable[..., Shown]) -> None:
    try:
        shown = verb(name, "--store", address)
        text = shown.out + shown.err
    except SystemExit as ended:
        text = str(ended)
    assert PASSWORD not in text


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("more", [[], ["--json"], ["-vv"]])
def test_the_status_of_a_store_shows_no_password(
    more: list[str], store_url: str, verb: Callable[..., Shown], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = make_url(store_url).set(password=PASSWORD).render_as_string(hide_password=False)
    with open_store(address) as store, store.write() as connection:
        begin_run(connection, "newsroom_test", "live", NOW)
    monkeypatch.setenv("NEWSCRAWLER_STORE", address)
    monkeypatch.setenv("NEWSCRAWLER_NOW", "2024-05-14T18:00:00+05:00")
    # Tables have a title on a wide terminal.
    monkeypatch.setattr(Console, "is_terminal", property(lambda _: True))
    monkeypatch.setenv("COLUMNS", "300")
    for name in ("status", "doctor"):
        shown = verb(name, *more)
        assert PASSWORD not in shown.out + shown.err
        assert "***" in shown.out or (name == "status" and "--json" in more)


def test_no_address_with_a_password_is_taken_for_one_that_others_are_told() -> None:
    address = f"https://somebody:{PASSWORD}@newsroom.test/"
    for values in ({"base_url": address}, {"contact": address}):
        with pytest.raises(ValidationError, match="holds a user name or password"):
            Config(**values)
    newsroom = {"name": "n", "title": "N", "site": "https://newsroom.test/", "hosts": ["newsroom.test"]}
    source = {"sources": [{"kind": "feed", "url": address}]}
    for more in ({"site": address}, source):
        with pytest.raises(ValidationError, match="holds a user name or password"):
            Newsroom.model_validate({**newsroom, "languages": ["kk"], **more})
