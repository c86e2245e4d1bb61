"""Two newsrooms, of which one reprints the other, on two days, with all that a run can meet: lists of several pages, a
sitemap, validators, regions, edits, and articles that are gone."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.end_to_end.commands import TIMES, environment
from tests.end_to_end.small_site import (
    HOST,
    NAME,
    Answer,
    SmallNewsroom,
    SmallSite,
    article_page,
    listing_pages,
    sitemap,
    source,
)

FIRST: Final = NAME
SECOND: Final = "second"
SECOND_HOST: Final = "second.test"
_PLACES: Final = {
    "kk": ("Түркістан облысында", "Алматыда"),
    "ru": ("В Туркестанской области", "В Алматы"),
}
# Where nothing had happened before, so that the second day brings new feeds and folders.
_NEW_PLACE: Final = {"kk": "Қызылорда облысында", "ru": "В Кызылординской области"}
# More than the twenty that make a newsroom's history, so that what the second day brings is held first and then let
# through, five at once.
_FIRST_DAY: Final = range(1, 23)
_NEW: Final = range(23, 30)
_EDITED: Final = 5
_GONE: Final = 6
# Which of the first newsroom's texts the second one prints too: on the day after, as of two texts that come in one run
# the first to arrive leads the story, and a run that was interrupted may meet them in another order.
_REPRINTED: Final[dict[int, tuple[int, ...]]] = {1: (), 2: (3, 4, 7)}
_OWN: Final = {1: ("x", "y"), 2: ("x", "y", "z")}


class TwoNewsrooms:
    """The files of both newsrooms in a folder, and `site`, which answers for them as it does on `day`."""

    def __init__(self, folder: Path, site: SmallSite, day: int = 1) -> None:
        self.folder = folder
        self.site = site
        self.env = environment(site.address, hosts=[HOST, SECOND_HOST], NEWSCRAWLER_REVISIT="")
        first, second = SmallNewsroom(folder, site), SmallNewsroom(folder, site)
        sources = source("listing", "/list", item="div.entry", next_page="a.next"), source("sitemap", "/sitemap.xml")
        first.define(*sources)
        listed = source("listing", "/other", item="div.entry").replace(HOST, SECOND_HOST)
        second.define(listed, include="^/b/", name=SECOND, host=SECOND_HOST)
        self.day = day

    @property
    def day(self) -> int:
        """The day whose answers the site gives, and at whose evening `env` says that it is."""
        return self._day

    @day.setter
    def day(self, day: int) -> None:
        self._day = day
        self.env = self.env | {"NEWSCRAWLER_NOW": TIMES[day]}
        self.site.answers = answers_of(day)


def answers_of(day: int) -> dict[str, Answer]:
    """What the site answers on a day."""
    numbers = [*_FIRST_DAY, *(_NEW if day == 2 else ())]
    answers = {f"/a/{number}": _article(number) for number in numbers}
    lastmod = dict.fromkeys(answers, "2024-05-14T12:00:00+05:00")
    if day == 2:
        answers[f"/a/{_EDITED}"] = _article(_EDITED, edited=True)
        answers[f"/a/{_GONE}"] = Answer("жоқ", 410)
        lastmod |= {f"/a/{number}": "2024-05-15T12:00:00+05:00" for number in (*_NEW, _EDITED, _GONE)}
    reprints = {f"/b/{number}": _article(number) for number in _REPRINTED[day]}
    own = {f"/b/{key}": article_page(key, published=_published(1)) for key in _OWN[day]}
    newest_first = list(answers)[::-1]
    lists = listing_pages("/list", newest_first[:16], a_page=8) | listing_pages("/other", [*own, *reprints], a_page=9)
    sitemaps = {"/sitemap.xml": sitemap(answers, lastmod=lastmod, etag=f'"map of day {day}"')}
    return {**answers, **reprints, **own, **lists, **sitemaps}


def _article(number: int, *, edited: bool = False) -> Answer:
    language = "ru" if number % 5 == 0 else "kk"
    place = _NEW_PLACE[language] if number in _NEW else _PLACES[language][number % 2]
    told = "" if not edited else " — обновлено"
    headline = f"{place}: {number} {'новая школа' if language == 'ru' else 'жаңа мектеп'}{told}"
    return article_page(f"text {number}", headline=headline, language=language, published=_published(number))


def _published(number: int) -> str:
    day = 15 if number in _NEW else 14
    return f"2024-05-{day}T09:{number:02}:00+05:00"
