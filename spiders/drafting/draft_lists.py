"""The lists that a draft names as sources, and how each is read."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from newscrawler.newsroom import Newsroom
from spiders.drafting.findings import Findings, SeenPage
from spiders.drafting.list_reading import ListReading, find_list_reading
from spiders.drafting.paging import Paging, find_paging, numbered, without_page_number
from spiders.drafting.signs import load_signs
from spiders.drafting.site import Site

_LEAST_LISTED = 3


@dataclass(slots=True, kw_only=True)
class DraftList:
    """A list that the file names, and how it is read."""

    url: str
    reading: ListReading
    paging: Paging
    json_html: str | None
    language: str | None
    is_home: bool


def find_lists(findings: Findings, newsroom: Newsroom) -> list[DraftList]:
    """The lists among the pages that were seen: of several pages of one list the first; a home page only where there is
    no other list in its language."""
    by_list: dict[str, tuple[str, SeenPage]] = {}
    for url, page in sorted(findings.lists.items(), key=lambda pair: (len(pair[0]), pair[0])):
        if not _is_elsewhere(page, findings.site):
            by_list.setdefault(without_page_number(url).rstrip("/"), (url, page))
    found: list[DraftList] = []
    for url, page in by_list.values():
        reading = find_list_reading(page.response, page.links, newsroom, page.fetched_at)
        if reading.articles >= _LEAST_LISTED:
            is_loaded = page.json_html is not None and any(map(str.isdigit, url))
            found.append(
                DraftList(
                    url=url,
                    reading=reading,
                    paging=numbered(url) if is_loaded else find_paging(page.response, findings.site),
                    json_html=page.json_html,
                    language=page.language,
                    is_home=_is_home(url),
                )
            )
    served = {entry.language for entry in found if not entry.is_home and entry.json_html is None}
    return [entry for entry in found if not entry.is_home or entry.language not in served]


def _is_elsewhere(page: SeenPage, site: Site) -> bool:
    """Whether a page says that it is another one, as a home page does that stands in for an article that is gone."""
    link = page.response.css('link[rel="canonical"]').attrib.get("href", "")
    canonical = site.canonical(page.response.url, link) if link else None
    own = site.canonical(page.response.url, page.response.url)
    if canonical is None or own is None:
        return False
    return without_page_number(canonical).rstrip("/") != without_page_number(own).rstrip("/")


def _is_home(url: str) -> bool:
    path = urlsplit(url).path.strip("/")
    return not path or load_signs().language_of_label(path) is not None
