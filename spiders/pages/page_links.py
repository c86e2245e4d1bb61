"""PageLinks: the links of one page as absolute addresses."""

from __future__ import annotations

import re

from newscrawler.urls import absolute

# Most links are written so that resolving them changes nothing (RFC 3986, section 5.2) but costs as much as reading a
# paragraph.
_SIGNS = r"\w!$&'()*+,:=@~%./-"
_WHOLE = re.compile(rf"https?://[A-Za-z0-9.-]+/[{_SIGNS}]*(?:\?[{_SIGNS}]+)?", re.ASCII)
_ROOTED = re.compile(rf"/[{_SIGNS}]*(?:\?[{_SIGNS}]+)?", re.ASCII)
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?=/)", re.ASCII)


class PageLinks:
    """Makes absolute what a page links to; `base` is its own absolute address, or the one its `base` element gives."""

    def __init__(self, base: str) -> None:
        self._base = base
        origin = _ORIGIN.match(base)
        self._origin = origin.group() if origin is not None else None

    def absolute(self, link: str) -> str | None:
        """`link` as an absolute http(s) address without its fragment, or None, as `newscrawler.urls.absolute` says."""
        if _WHOLE.fullmatch(link):
            return link
        if self._origin is not None and _ROOTED.fullmatch(link) and "//" not in link and "/." not in link:
            return self._origin + link
        return absolute(self._base, link)
