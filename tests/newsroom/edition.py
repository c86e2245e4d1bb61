"""One snapshot of the newsroom: its clock, its articles, and which article stands where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from .article import Story, Version
from .clock import CLOCK
from .page import Link, Page
from .stories import load_stories
from .transliterate import SCRIPTS

# Each of these stands in one place only, so that no kind of discovery can be left out without a loss. No list, no feed,
# no sitemap, no sidebar and no read-also box names them elsewhere; the two languages of a pair name each other.
ONLY_IN_SITEMAP: Final = frozenset({"almaty-oblast-dairy", "village-akim"})  # kk + ru, kk; /sitemaps/2024-05.xml
ONLY_IN_FEED: Final = frozenset({"ulytau-road"})  # kk + ru; /rss/kk.xml and /rss/ru.xml
ONLY_IN_AJAX: Final = frozenset({"steppe-novel"})  # kk + ru; /ajax/more
HIDDEN: Final = ONLY_IN_SITEMAP | ONLY_IN_FEED | ONLY_IN_AJAX

_POPULAR: Final = ("abai-hospital", "almaty-metro", "vaccination", "karaganda-wages", "world-earthquake")
_READ_ALSO_COUNT: Final = 3


@dataclass(frozen=True)
class Edition:
    """The newsroom as it stands on a day."""

    day: int
    now: datetime
    stories: tuple[Story, ...]

    @property
    def articles(self) -> list[Version]:
        """Every article that can be read, in every language and script."""
        return [version for story in self.stories for version in story.versions if not version.gone]

    @property
    def gone(self) -> list[Version]:
        """The articles that were there yesterday."""
        return [version for story in self.stories for version in story.versions if version.gone]

    def newest(self, *languages: str, without: Iterable[str] = ()) -> list[Version]:
        """The Cyrillic articles of these languages, newest first, less some stories."""
        left_out = set(without)
        chosen = [
            version
            for version in self.articles
            if version.script == "Cyrl" and version.language in languages and version.story not in left_out
        ]
        return sorted(chosen, key=lambda version: (version.published, version.id), reverse=True)

    def find(self, story: str, language: str) -> Version:
        """The Cyrillic article of a story in a language; KeyError where there is none."""
        for each in self.stories:
            version = each.version(language)
            if each.name == story and version:
                return version
        raise KeyError(f"{story} in {language}")

    def page(self, version: Version) -> Page:
        """The article with what stands around it. Both days surround it with the same."""
        story = next((story for story in self.stories if story.name == version.story), None)
        alternates = tuple(story.alternates(version).items()) if story else ()
        return Page(version, alternates, _read_also(version), popular(version.language, version.script, version.story))


@lru_cache(maxsize=2)
def edition(day: int) -> Edition:
    """The newsroom on a day."""
    return Edition(day, CLOCK[day], tuple(load_stories(day)))


def popular(language: str, script: str = "Cyrl", without: str = "") -> tuple[Link, ...]:
    """The sidebar's headlines: stories that no day changes, so that a sidebar never makes a page look new."""
    first = edition(1)
    return tuple(_link(first.find(name, language), script) for name in _POPULAR if name != without)


@lru_cache(maxsize=1)
def _lasting() -> tuple[Version, ...]:
    """Regional articles of 2024 that the second day neither changes nor removes."""
    second = edition(2)
    changed = {version.story for version in second.articles if version.updated} | {each.story for each in second.gone}
    chosen = edition(1).newest("kk", "ru", without=HIDDEN | changed)
    return tuple(version for version in chosen if version.regions and version.published.year == 2024)


def _read_also(version: Version) -> tuple[Link, ...]:
    candidates = [each for each in _lasting() if each.language == version.language]
    start = version.id % len(candidates)
    taken = set(version.regions) | set(version.regions_optional)
    chosen: list[Version] = []
    for candidate in candidates[start:] + candidates[:start]:
        if candidate.story != version.story and not taken & set(candidate.regions):
            chosen.append(candidate)
            taken |= set(candidate.regions)
        if len(chosen) == _READ_ALSO_COUNT:
            break
    return tuple(_link(each, version.script) for each in chosen)


def _link(version: Version, script: str) -> Link:
    return Link(SCRIPTS[script](version.headline), version.path)
