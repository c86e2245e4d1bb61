"""The words of signs.toml, by which a draft recognises the parts of a site."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from newscrawler.errors import ProjectError
from newscrawler.toml_files import StrictModel, check, read_toml

_FILE = Path(__file__).with_name("signs.toml")


class LanguageSigns(StrictModel):
    """How sites name a language: `labels` in addresses, `names` in links."""

    labels: tuple[str, ...]
    names: tuple[str, ...]


class FeedSigns(StrictModel):
    """Where feeds stand, and words in addresses that lead to one, or to one of something else."""

    places: tuple[str, ...]
    words: tuple[str, ...]
    others: tuple[str, ...]


class SitemapSigns(StrictModel):
    """Where sitemaps stand, and words in the names of those with the newest articles, or with something else."""

    places: tuple[str, ...]
    newest: tuple[str, ...]
    others: tuple[str, ...]


class ListSigns(StrictModel):
    """Texts and addresses of links to a list of news, to its next page, and of buttons that load more."""

    texts: tuple[str, ...]
    segments: tuple[str, ...]
    next: tuple[str, ...]
    more: tuple[str, ...]


class AddressSigns(StrictModel):
    """Parts of addresses that lead to no article, and endings of what is no page."""

    others: tuple[str, ...]
    files: tuple[str, ...]


class Signs(StrictModel):
    """All of signs.toml; `languages` by BCP 47 code."""

    languages: dict[str, LanguageSigns]
    feeds: FeedSigns
    sitemaps: SitemapSigns
    lists: ListSigns
    addresses: AddressSigns

    def language_of_label(self, label: str) -> str | None:
        """The language that a host's label or a path's folder names, or None."""
        return next((code for code, signs in self.languages.items() if label.lower() in signs.labels), None)

    def language_of_name(self, text: str) -> str | None:
        """The language that the text of a link names, or None."""
        folded = text.strip().casefold()
        for code, signs in self.languages.items():
            if folded in (name.casefold() for name in signs.names):
                return code
        return None


@cache
def load_signs() -> Signs:
    """The shipped words. Raises ProjectError when the file is broken."""
    return check(Signs, read_toml(_FILE, ProjectError), str(_FILE), ProjectError)
