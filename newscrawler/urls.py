"""The canonical address of a page: one article, one address, whatever was appended to its link on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

_TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|yclid|ysclid|dclid|msclkid|igshid|mc_[ce]id|_openstat|from|ref|referrer|"
    r"_amp|amp|phpsessid|jsessionid|pk_.*|hsa_.*|_ga|cmpid)$",
    re.IGNORECASE,
)
# Java's servers put the session behind a semicolon of the path.
_SESSION_IN_PATH = re.compile(r"(?<!;);++(?:jsessionid|phpsessid)=[^/;?#]*(?:;++(?=[/?#]|$))?", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Most links are written so that resolving them changes nothing (RFC 3986, section 5.2) but costs as much as reading a
# paragraph.
_SIGNS = r"\w!$&'()*+,:=@~%./-"
_WHOLE = re.compile(rf"https?://[A-Za-z0-9.-]+/[{_SIGNS}]*(?:\?[{_SIGNS}]+)?", re.ASCII)
_ROOTED = re.compile(rf"/[{_SIGNS}]*(?:\?[{_SIGNS}]+)?", re.ASCII)
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?=/)", re.ASCII)
_SPACE = "".join(map(chr, range(0x21))) + "\x7f"


def is_web_address(url: str) -> bool:
    """Whether `url` is an absolute http or https address with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def host_of(url: str) -> str:
    """The host of `url` as DNS knows it: lower case, other letters than Latin in their ASCII form (RFC 3490), no dot at
    its end. Empty where there is none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        return ""


def without_user(url: str) -> str:
    """`url` without the user name and the password that may stand before its host (RFC 3986, section 3.2.1)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else url


def absolute(base: str, link: str) -> str | None:
    """`link` as it stands in a page at `base`, made absolute, without its fragment, user name and password;
    None when it leads to no web page.

    Read as browsers do (WHATWG URL, section 4.4): space around it and line breaks inside it are nothing, space inside
    it is `%20`.
    """
    if _WHOLE.fullmatch(link):
        return link
    if _ROOTED.fullmatch(link) and "//" not in link and "/." not in link:
        origin = _origin_of(base)
        if origin is not None:
            return origin + link
    return _resolved(base, link)


@lru_cache(maxsize=256)
def _origin_of(base: str) -> str | None:
    origin = _ORIGIN.match(base)
    return origin.group() if origin is not None else None


def _resolved(base: str, link: str) -> str | None:
    link = re.sub(r"[\t\n\r]", "", link.strip(_SPACE))
    link = re.sub(r"[\x00-\x20\x7f]", lambda found: f"%{ord(found[0]):02X}", link)
    try:
        url = without_user(urljoin(base, link).partition("#")[0])
    except ValueError:
        return None
    return url if is_web_address(url) else None


def canonical_address(url: str, hosts: Sequence[str] = (), scheme: str = "https") -> str:
    """The address under which the page at `url` is known.

    `hosts` are names of one site: a host that differs from one of them only by a leading `www.` is written as the
    first such name, with the site's `scheme` and no port (an address on a port of its own, other than 80 and 443, is
    not taken for the site's). User names, tracking parameters, sessions, fragments, default ports and
    `index.html` are dropped, the other parameters sorted, percent-encoding is made uniform (RFC 3986 section 6).
    Calling it on its own result changes nothing. Raises ValueError when `url` is no web address.
    """
    try:
        uniform = canonicalize_url(_SESSION_IN_PATH.sub("", url)) if is_web_address(url) else ""
        parts, host = urlsplit(uniform), host_of(uniform)
        port = parts.port
    except ValueError as cause:
        raise ValueError(f"{url!r} is not an absolute http or https address") from cause
    if not host:
        raise ValueError(f"{url!r} is not an absolute http or https address")
    own = next((name for name in hosts if name.removeprefix("www.") == host.removeprefix("www.")), None)
    if own is not None and port in (None, 80, 443):
        parts = parts._replace(scheme=scheme, netloc=own)
    else:
        shown = f"[{host}]" if ":" in host else host
        parts = parts._replace(netloc=shown if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{shown}:{port}")
    path = re.sub(r"/index\.(html?|php)$", "/", parts.path or "/")
    kept = [pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair.partition("=")[0])]
    return urlunsplit(parts._replace(path=path, query="&".join(kept), fragment=""))
