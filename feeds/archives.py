"""Archives (RFC 5005): one document a month behind the feeds of all news, each linked to the one before it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from feeds.facet import parse_facet


class ArchiveChain:
    """The archives that exist, in their order; `known` are the paths of every feed that ever had an entry."""

    def __init__(self, known: Iterable[str]) -> None:
        self._months: dict[str, list[str]] = {}
        for path in sorted(known):
            facet = parse_facet(path)
            if facet.month is not None:
                self._months.setdefault(facet.of, []).append(path)

    def months(self, path: str) -> list[str]:
        """The archives behind the feed at `path`, oldest first; none for a feed without archives."""
        return self._months.get(path, [])

    def before(self, path: str) -> str | None:
        """The archive that a reader goes to from `path`: from a feed to the newest, from an archive the one before."""
        months = self._months.get(parse_facet(path).of, [])
        place = len(months) if parse_facet(path).month is None else bisect_left(months, path)
        return months[place - 1] if place else None

    def after(self, path: str) -> str | None:
        """The archive that leads to the archive `path`, if it is not the feed itself that does."""
        months = self._months.get(parse_facet(path).of, [])
        place = bisect_right(months, path)
        return months[place] if place < len(months) else None
