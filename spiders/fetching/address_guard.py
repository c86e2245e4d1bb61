"""Address guard: no request goes to a loopback, private or otherwise special address that the operator did not name."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Sequence
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.settings import BaseSettings
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from newscrawler.crawl import crawl_of
from newscrawler.errors import AddressRefused, ConfigError

REFUSED = "a loopback, private or special address; if it is meant, name it with --allow-address"

# `ipaddress.is_global` of Python 3.11 lets ranges through that lead inside. Outside the space of global unicast (IANA,
# Internet Protocol Version 6 Address Space): NAT64 (RFC 6052), IPv4-translated (RFC 7915), site-local (RFC 3879),
# IPv4-compatible (RFC 4291 2.5.5.1). In it: 6to4 (RFC 3056), Teredo (RFC 4380), documentation (RFC 9637).
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC = tuple(ipaddress.IPv6Network(net) for net in ("2002::/16", "2001::/32", "3fff::/20"))


def is_public(address: str) -> bool:
    """Whether the IPv4 or IPv6 address may be asked by a stranger's link: global unicast, in no form of disguise."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            parsed = parsed.ipv4_mapped
        elif parsed not in _GLOBAL_UNICAST or any(parsed in network for network in _NOT_PUBLIC):
            return False
    return parsed.is_global and not parsed.is_multicast


def check_allowed_addresses(addresses: Collection[str]) -> frozenset[tuple[str, int]]:
    """HOST:PORT texts as pairs. Raises ConfigError for one that is not an IP address and a port."""
    pairs = set()
    for text in addresses:
        host, _, port = text.rpartition(":")
        try:
            pair = str(ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))), int(port)
            if not 0 < pair[1] < 65536:
                raise ValueError(f"{port} is no port")
        except ValueError as cause:
            raise ConfigError(f"{text!r} is not ADDRESS:PORT", remedy="Write it like 127.0.0.1:8080") from cause
        pairs.add(pair)
    return frozenset(pairs)


@implementer(IHostnameResolver)
class GuardedResolver:
    """TWISTED_DNS_RESOLVER that hands on only public addresses and those the operator named.

    It stands where every connection of the HTTP/1.1 handler gets its address from, literal ones included, so what is
    checked is what is connected to, at each redirect and retry. Nothing is cached: a name that changes its address
    between two requests is looked at twice.
    """

    def __init__(self, reactor: Any, allowed: frozenset[tuple[str, int]]) -> None:
        self._reactor = reactor
        self._inner: Any = reactor.nameResolver
        if isinstance(self._inner, GuardedResolver):
            self._inner = self._inner._inner
        self._allowed = allowed
        self._refused: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """A guard with the addresses that the setting NEWSCRAWLER_ALLOW_ADDRESSES names."""
        return cls(reactor, check_allowed_addresses(crawler.settings.getlist("NEWSCRAWLER_ALLOW_ADDRESSES")))

    def install_on_reactor(self) -> None:
        """Takes the place of the reactor's own resolver."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Resolves as the inner resolver does, without the addresses that are refused."""
        self._refused.discard(hostName)
        receiver = _GuardingReceiver(self, resolutionReceiver, hostName, portNumber)
        return self._inner.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)

    def allow(self, addresses: frozenset[tuple[str, int]]) -> None:
        """Lets connections to these addresses and ports pass too."""
        self._allowed |= addresses

    def allows(self, address: str, port: int) -> bool:
        """Whether a connection to that address and port may be made."""
        return is_public(address) or (address, port) in self._allowed

    def refuse(self, host: str) -> None:
        """Remembers that the last look-up of `host` led to refused addresses only."""
        self._refused.add(host)

    def has_refused(self, host: str) -> bool:
        """Whether the last look-up of `host` led to refused addresses only."""
        return host in self._refused


@implementer(IResolutionReceiver)
class _GuardingReceiver:
    def __init__(self, guard: GuardedResolver, inner: Any, host: str, port: int) -> None:
        self._guard = guard
        self._inner = inner
        self._host = host
        self._port = port
        self._held_back = self._passed = False

    def resolutionBegan(self, resolutionInProgress: Any) -> None:  # noqa: N802, N803
        self._inner.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if self._guard.allows(address.host, self._port):
            self._passed = True
            self._inner.addressResolved(address)
        else:
            self._held_back = True

    def resolutionComplete(self) -> None:  # noqa: N802
        if self._held_back and not self._passed:
            self._guard.refuse(self._host)
        self._inner.resolutionComplete()


class AddressGuardMiddleware:
    """Downloader middleware, nearer to the network than the retrying one: a refusal is no fault to try again.

    A live crawl whose settings would lead around the guard sends nothing: each of its requests raises ConfigError.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._settings = crawler.settings
        self._live = crawl_of(crawler).saved is None
        self._allowed = check_allowed_addresses(crawl_of(crawler).config.allow_addresses)
        self._guard: GuardedResolver | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware for a crawler."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises ConfigError when the guard is not in its place, which it takes when the reactor starts."""
        if self._live and self._guard is None:
            self._guard = _guard_in_place(self._settings)
            self._guard.allow(self._allowed)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Raises IgnoreRequest when the guard refused the request's host."""
        host = urlsplit(request.url).hostname or ""
        if self._guard is not None and isinstance(exception, CannotResolveHostError) and self._guard.has_refused(host):
            raise IgnoreRequest(REFUSED) from AddressRefused(REFUSED, url=request.url)


def _guard_in_place(settings: BaseSettings) -> GuardedResolver:
    from twisted.internet import reactor

    resolver = getattr(reactor, "nameResolver", None)
    handlers = settings.getdict("DOWNLOAD_HANDLERS")
    live = "spiders.fetching.handlers.LiveDownloadHandler"
    others = {scheme for scheme, handler in handlers.items() if handler is not None} - {"http", "https"}
    if (
        not isinstance(resolver, GuardedResolver)
        or settings.getbool("HTTPPROXY_ENABLED")
        or others
        or any(handlers.get(scheme) != live for scheme in ("http", "https"))
    ):
        raise ConfigError(
            "these settings would let requests around the address guard",
            remedy="Leave TWISTED_DNS_RESOLVER, DOWNLOAD_HANDLERS and HTTPPROXY_ENABLED as newscrawler sets them",
        )
    return resolver
