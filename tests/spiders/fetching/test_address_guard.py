import ipaddress
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
import twisted.internet
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError, IgnoreRequest
from scrapy.settings import Settings
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface.verify import verifyObject

from newscrawler.errors import AddressRefused, ConfigError
from spiders.fetching.address_guard import (
    REFUSED,
    AddressGuardMiddleware,
    GuardedResolver,
    check_allowed_addresses,
    is_public,
)

PUBLIC = "93.184.216.34"
PUBLIC_6 = "2a02:6b8::2:242"
ALLOWED = frozenset({("127.0.0.1", 8080), ("::1", 8080)})


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", PUBLIC_6, "2001:4860:4860::8888", f"::ffff:{PUBLIC}"])
def test_global_unicast_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("0.0.0.0", "this host"),
        ("0.1.2.3", "this network"),
        ("10.0.0.1", "private"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.1.1", "private"),
        ("169.254.169.254", "link-local, metadata of clouds"),
        ("100.64.0.1", "shared by carriers (RFC 6598)"),
        ("100.127.255.255", "shared by carriers (RFC 6598)"),
        ("192.0.0.1", "protocol assignments"),
        ("192.0.2.1", "documentation"),
        ("198.18.0.1", "benchmarks"),
        ("198.51.100.1", "documentation"),
        ("203.0.113.1", "documentation"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.255", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "broadcast"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::127.0.0.1", "IPv4-compatible"),
        (f"::{PUBLIC}", "IPv4-compatible"),
        ("::ffff:127.0.0.1", "mapped"),
        ("::ffff:10.0.0.1", "mapped"),
        ("::ffff:169.254.169.254", "mapped"),
        ("::ffff:224.0.0.1", "mapped"),
        ("::ffff:0:127.0.0.1", "IPv4-translated"),
        ("64:ff9b::127.0.0.1", "NAT64"),
        ("64:ff9b:1::10.0.0.1", "NAT64, local"),
        ("100::1", "discard"),
        ("2001::1", "Teredo"),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", "Teredo to 127.0.0.1"),
        ("2001:db8::1", "documentation"),
        ("2002:7f00:1::", "6to4 of 127.0.0.1"),
        ("2002:a9fe:a9fe::1", "6to4 of 169.254.169.254"),
        ("3fff::1", "documentation (RFC 9637)"),
        ("4000::1", "not allocated"),
        ("fc00::1", "unique local"),
        ("fd00:ec2::254", "unique local, metadata of clouds"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local with a zone"),
        ("fec0::1", "site-local"),
        ("ff02::1", "multicast"),
        ("ff0e::1", "multicast, global"),
    ],
)
def test_what_leads_inside_or_nowhere_is_not_public(address: str, what: str) -> None:
    assert not is_public(address), what


@pytest.mark.parametrize("text", ["", "localhost", "newsroom.test", "127.1", "0x7f000001", "2130706433", "0177.0.0.1"])
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not is_public(text)


@given(st.ip_addresses(v=4))
def test_no_disguise_makes_an_ipv4_address_public(address: ipaddress.IPv4Address) -> None:
    assert is_public(f"::ffff:{address}") == is_public(str(address))
    assert not any(is_public(f"{prefix}{address}") for prefix in ("::", "::ffff:0:", "64:ff9b::", "64:ff9b:1::"))


@given(st.text(max_size=12) | st.ip_addresses(v=6).map(str))
def test_whatever_is_public_is_a_global_unicast_address(text: str) -> None:
    if is_public(text):
        parsed = ipaddress.ip_address(text)
        assert parsed.is_global
        assert not parsed.is_private
        assert not parsed.is_multicast


def test_allowed_addresses_are_pairs_in_one_form() -> None:
    named = ["127.0.0.1:8080", "[::1]:80", "[0:0:0:0:0:0:0:1]:8080", "10.0.0.5:443"]
    assert check_allowed_addresses(named) == {("127.0.0.1", 8080), ("::1", 80), ("::1", 8080), ("10.0.0.5", 443)}
    assert check_allowed_addresses([]) == frozenset()


@pytest.mark.parametrize(
    "text",
    ["127.0.0.1", "localhost:8080", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:0", "127.0.0.1:65536", "127.1:80", ""],
)
def test_what_is_no_address_and_port_is_an_error(text: str) -> None:
    with pytest.raises(ConfigError) as raised:
        check_allowed_addresses(["127.0.0.1:8080", text])
    assert raised.value.problem == f"{text!r} is not ADDRESS:PORT"
    assert raised.value.remedy == "Write it like 127.0.0.1:8080"


class FakeResolver:
    """Answers every look-up with the addresses it is given."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses
        self.asked: list[tuple[Any, ...]] = []

    def resolveHostName(  # noqa: N802
        self, receiver: Any, host: str, port: int, types: Sequence[Any] | None, semantics: str
    ) -> str:
        assert verifyObject(IResolutionReceiver, receiver)
        self.asked.append((host, port, types, semantics))
        receiver.resolutionBegan("resolution")
        for address in self.addresses:
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()
        return "resolution"


class FakeReactor:
    """The two things a guard needs of a reactor."""

    def __init__(self, resolver: Any) -> None:
        self.nameResolver = resolver

    def installNameResolver(self, resolver: Any) -> None:  # noqa: N802
        self.nameResolver = resolver


class Receiver:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self.events.append("began")

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.events.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.events.append("complete")


def look_up(guard: GuardedResolver, host: str = "newsroom.test", port: int = 443) -> list[str]:
    receiver = Receiver()
    assert guard.resolveHostName(receiver, host, port) == "resolution"
    assert (receiver.events[0], receiver.events[-1]) == ("began", "complete")
    return receiver.events[1:-1]


@pytest.mark.parametrize(
    ("answers", "port", "handed_on", "refused"),
    [
        ([PUBLIC, PUBLIC_6], 443, [PUBLIC, PUBLIC_6], False),
        (["127.0.0.1", PUBLIC, "::1"], 443, [PUBLIC], False),
        (["127.0.0.1", "10.0.0.1"], 443, [], True),
        (["127.0.0.1", "::1"], 8080, ["127.0.0.1", "::1"], False),
        (["127.0.0.1", "127.0.0.2"], 8080, ["127.0.0.1"], False),
        (["127.0.0.1"], 8081, [], True),
        (["::ffff:127.0.0.1"], 8080, [], True),
        ([], 443, [], False),
    ],
)
def test_only_public_and_allowed_addresses_are_handed_on(
    answers: list[str], port: int, handed_on: list[str], refused: bool
) -> None:
    guard = GuardedResolver(FakeReactor(FakeResolver(*answers)), ALLOWED)
    assert verifyObject(IHostnameResolver, guard)
    assert look_up(guard, port=port) == handed_on
    assert guard.has_refused("newsroom.test") is refused
    assert not guard.has_refused("other.test")


def test_a_name_that_changes_its_address_is_looked_at_each_time() -> None:
    inner = FakeResolver(PUBLIC)
    guard = GuardedResolver(FakeReactor(inner), frozenset())
    seen = []
    for answer in (PUBLIC, "169.254.169.254", PUBLIC):
        inner.addresses = (answer,)
        seen.append((look_up(guard), guard.has_refused("newsroom.test")))
    assert seen == [([PUBLIC], False), ([], True), ([PUBLIC], False)]
    assert inner.asked == [("newsroom.test", 443, None, "TCP")] * 3


def test_the_guard_takes_the_reactors_place_and_replaces_an_earlier_guard() -> None:
    reactor = FakeReactor(FakeResolver("127.0.0.1"))
    for allowed in (["127.0.0.1:8080"], ["127.0.0.1:9090"]):
        crawler: Any = SimpleNamespace(settings=Settings({"NEWSCRAWLER_ALLOW_ADDRESSES": allowed}))
        GuardedResolver.from_crawler(crawler, reactor).install_on_reactor()  # type: ignore[arg-type]
    assert look_up(reactor.nameResolver, port=8080) == []
    assert look_up(reactor.nameResolver, port=9090) == ["127.0.0.1"]


GOOD = {
    "HTTPPROXY_ENABLED": False,
    "DOWNLOAD_HANDLERS": {
        **dict.fromkeys(("http", "https"), "spiders.fetching.handlers.LiveDownloadHandler"),
        **dict.fromkeys(("file", "ftp", "s3", "data")),
    },
}


@pytest.fixture
def reactor(monkeypatch: pytest.MonkeyPatch) -> FakeReactor:
    """A reactor with a guard, where Scrapy looks for one."""
    fake = FakeReactor(FakeResolver("127.0.0.1"))
    fake.installNameResolver(GuardedResolver(fake, frozenset()))
    monkeypatch.setitem(sys.modules, "twisted.internet.reactor", fake)
    monkeypatch.setattr(twisted.internet, "reactor", fake, raising=False)
    return fake


def a_middleware(settings: dict[str, Any], saved: object = None) -> AddressGuardMiddleware:
    spider = SimpleNamespace(crawl=SimpleNamespace(saved=saved, config=SimpleNamespace(allow_addresses=())))
    crawler: Any = SimpleNamespace(settings=Settings(settings), spider=spider)
    return AddressGuardMiddleware.from_crawler(crawler)


def test_a_refusal_is_not_tried_again_and_says_what_to_do(reactor: FakeReactor) -> None:
    middleware = a_middleware(GOOD)
    request = Request("http://inside.test:8080/a")
    middleware.process_request(request)
    look_up(reactor.nameResolver, "inside.test")
    with pytest.raises(IgnoreRequest, match=REFUSED) as raised:
        middleware.process_exception(request, CannotResolveHostError())
    cause = raised.value.__cause__
    assert isinstance(cause, AddressRefused)
    assert cause.url == request.url
    assert "--allow-address" in cause.problem


def test_other_faults_are_left_to_others(reactor: FakeReactor) -> None:
    middleware = a_middleware(GOOD)
    middleware.process_request(Request("http://inside.test/"))
    look_up(reactor.nameResolver, "inside.test")
    # None hands the fault on to the middlewares and the errback that come after.
    others = [("http://inside.test/", DownloadTimeoutError()), ("http://unknown.test/", CannotResolveHostError())]
    assert [middleware.process_exception(Request(url), fault) for url, fault in others] == [None, None]  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    "settings",
    [
        {"HTTPPROXY_ENABLED": True},
        {"DOWNLOAD_HANDLERS": {**GOOD["DOWNLOAD_HANDLERS"], "file": "scrapy.core.downloader.handlers.file"}},  # type: ignore[dict-item]
        {"DOWNLOAD_HANDLERS": {**GOOD["DOWNLOAD_HANDLERS"], "https": "another.Handler"}},  # type: ignore[dict-item]
        {"DOWNLOAD_HANDLERS": {}},
    ],
)
def test_settings_that_lead_around_the_guard_stop_every_request(settings: dict[str, Any], reactor: FakeReactor) -> None:
    middleware = a_middleware({**GOOD, **settings})
    for _ in range(2):
        with pytest.raises(ConfigError, match="would let requests around the address guard"):
            middleware.process_request(Request("https://newsroom.test/"))


def test_a_live_crawl_without_a_guard_sends_nothing(reactor: FakeReactor) -> None:
    reactor.installNameResolver(FakeResolver(PUBLIC))
    with pytest.raises(ConfigError, match="TWISTED_DNS_RESOLVER"):
        a_middleware(GOOD).process_request(Request("https://newsroom.test/"))


def test_a_crawl_over_saved_pages_needs_no_guard(reactor: FakeReactor) -> None:
    reactor.installNameResolver(FakeResolver(PUBLIC))
    middleware = a_middleware({}, saved=object())
    request = Request("https://newsroom.test/")
    # The same settings stop a live crawl.
    with pytest.raises(ConfigError):
        a_middleware({}).process_request(request)
    assert middleware.process_request(request) is None  # type: ignore[func-returns-value]
    assert middleware.process_exception(request, CannotResolveHostError()) is None  # type: ignore[func-returns-value]
