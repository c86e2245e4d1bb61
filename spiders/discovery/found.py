"""Found: what one document of a source gave."""

from __future__ import annotations

from dataclasses import dataclass, field

from newscrawler.address import Discovered


@dataclass(slots=True, kw_only=True)
class Found:
    """`articles` in the document's order, canonical addresses, each once. `next_url` is a list's next page.

    `children` are the documents that a sitemap index names, with the lastmod it says of each. `entries` counts what
    looked like an entry, articles or not: 0 means that the container was not there at all. `whole` is False for a
    document that breaks off.
    """

    articles: list[Discovered] = field(default_factory=list)
    next_url: str | None = None
    children: list[tuple[str, str | None]] = field(default_factory=list)
    entries: int = 0
    whole: bool = True


def each_once(found: list[Discovered]) -> list[Discovered]:
    """`found` without repeated addresses; the first of each counts, filled up by what only later ones know."""
    by_url: dict[str, Discovered] = {}
    for item in found:
        before = by_url.get(item.url)
        if before is None:
            by_url[item.url] = item
            continue
        known, more = before.to_dict(), item.to_dict()
        merged = {name: value if value is not None else more[name] for name, value in known.items()}
        by_url[item.url] = Discovered.from_dict(item.url, merged)
    return list(by_url.values())
