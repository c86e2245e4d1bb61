import pytest
from scrapy import Request

from spiders.fetching.credentials import NoCredentialsMiddleware


@pytest.mark.parametrize("user", ["user", "user:password", ":password", "user:p@ss", "user:p%40ss", ""])
def test_a_user_name_and_a_password_are_dropped(user: str) -> None:
    request = Request(f"https://{user}@newsroom.test:8443/a?b=c@d", meta={"key": "value"}, priority=3)
    sent = NoCredentialsMiddleware().process_request(request)
    assert sent is not None
    assert (sent.url, sent.meta, sent.priority) == ("https://newsroom.test:8443/a?b=c@d", {"key": "value"}, 3)
    assert NoCredentialsMiddleware().process_request(sent) is None


def test_headers_that_carry_credentials_are_not_sent() -> None:
    names = ("Authorization", "Proxy-Authorization", "Cookie")
    request = Request("https://newsroom.test/", headers={**dict.fromkeys(names, "secret"), "If-None-Match": "x"})
    assert NoCredentialsMiddleware().process_request(request) is None
    assert list(request.headers) == [b"If-None-Match"]
