"""Site: which hosts belong to a newsroom of which no more than one address is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from newscrawler.newsroom import Newsroom
from newscrawler.urls import absolute, canonical_address, host_of
from spiders.drafting.signs import load_signs


@dataclass(slots=True)
class Site:
    """The hosts of one newsroom: the one its home page is on, that with or without `www.`, and those that differ from
    it by the name of a language (`kaz.`, `ru.`), as far as they were met. Other subdomains are other sites.

    `home` is the address of the home page; its host is the preferred one.
    """

    home: str
    domain: str = ""
    hosts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        host = host_of(self.home)
        self.domain = _without_language(host.removeprefix("www."))
        self.hosts = [host, *_with_or_without_www(host)]

    def owns(self, url: str) -> bool:
        """Whether `url` is this newsroom's, be its host met before or not."""
        host = host_of(url)
        if host in self.hosts:
            return True
        bare = host.removeprefix("www.")
        return bare == self.domain or (bare.endswith(f".{self.domain}") and _without_language(bare) == self.domain)

    def meet(self, url: str) -> None:
        """Counts the host of `url` to the newsroom's, where it owns it."""
        host = host_of(url)
        if host not in self.hosts and self.owns(url):
            self.hosts += [host, *_with_or_without_www(host)]

    def canonical(self, base: str, link: str) -> str | None:
        """The canonical address to which `link` in a page at `base` leads; None where that is no page of this site."""
        url = absolute(base, link)
        if url is None or not self.owns(url):
            return None
        return canonical_address(url, self.hosts, urlsplit(self.home).scheme)

    def newsroom(self, name: str = "draft") -> Newsroom:
        """The newsroom as far as it is known by its hosts: every address on them may be an article's."""
        return Newsroom(name=name, title=self.domain, site=self.home, hosts=tuple(self.hosts), languages=("und",))


def _without_language(host: str) -> str:
    """`host` without a first label that names a language; a name of two labels has none to spare."""
    label, _, rest = host.partition(".")
    return rest if "." in rest and load_signs().language_of_label(label) else host


def _with_or_without_www(host: str) -> list[str]:
    if ":" in host:
        return []
    return [host.removeprefix("www.")] if host.startswith("www.") else [f"www.{host}"]
