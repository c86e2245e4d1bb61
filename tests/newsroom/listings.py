"""The newsroom's lists: the kk list and a region's list with endless paging, and the ru list grouped by day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Final

from .article import NAME, SITE, Version
from .clock import CLOCK, day_heading, listed_minute
from .edition import HIDDEN, Edition, popular
from .furniture import FURNITURE
from .page import SCRIPT, STYLE, Page, content, feed_link, footer, header, sidebar
from .traps import EMPTY, GONE, MISSING, REDIRECT_AWAY, SOFT_404, first_old_path, post_path

PAGE_SIZE: Final = 6
REGION: Final = "KZ-61"
KK_LIST: Final = "/kk/news/"
RU_LIST: Final = "/ru/news/"
REGION_LIST: Final = "/kk/region/turkistan/"

_PINNED: Final = "pavlodar-mosque"
# Listed by its first address, from which two redirects lead to the article.
_LISTED_BY_OLD_ADDRESS: Final = "yuko-flood"
_TRAP_TIME: Final = CLOCK[1]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list. `href` is as the list prints it."""

    headline: str
    href: str
    when: datetime
    language: str
    teaser: str = ""


def item(version: Version, href: str = "") -> Item:
    """The article as a line of a list, under its own address or another."""
    return Item(version.headline, href or version.path, version.published, version.language, version.lead)


def kk_items(edition: Edition) -> list[Item]:
    """The kk list less its pinned item: every kk article but the hidden ones, and five lines that bring no new one."""
    lines = [item(version) for version in edition.newest("kk", without=HIDDEN)]
    hospital, school = edition.find("abai-hospital", "kk"), edition.find("shymkent-school", "kk")
    lines += [
        item(EMPTY),
        item(hospital, f"{SITE}{hospital.path}?utm_source=tg"),
        item(school, post_path(school)),
        _trap("Мемлекеттік қызмет көрсету мерзімі тағы қысқарады", SOFT_404, "kk", 14, 9, 40),
        _trap("Көктемгі дала жұмыстарына несие беріле бастады", GONE, "kk", 13, 12, 30),
    ]
    return _dressed(_newest_first(lines))


def ru_items(edition: Edition) -> list[Item]:
    """The ru list: every ru article but the hidden ones, one by its WordPress address; four lines bring no new one."""
    lines = [
        item(version, first_old_path(version) if version.story == _LISTED_BY_OLD_ADDRESS else "")
        for version in edition.newest("ru", without=HIDDEN)
    ]
    metro, law = edition.find("almaty-metro", "ru"), edition.find("parliament-law", "ru")
    lines += [
        item(metro, post_path(metro)),
        item(law, f"{law.path}?utm_source=tg&utm_medium=social"),
        _trap("Расписание пригородных поездов обновят к лету", MISSING, "ru", 14, 8, 20),
        _trap("Как выбрать вклад: советы партнёра редакции", REDIRECT_AWAY, "ru", 13, 15, 0),
    ]
    return _dressed(_newest_first(lines))


def region_items(edition: Edition) -> list[Item]:
    """The kk articles about one region."""
    return [item(version) for version in edition.newest("kk", without=HIDDEN) if REGION in version.regions]


def pinned_item(edition: Edition) -> Item:
    """The old article that the editors keep on top of the kk list."""
    return item(edition.find(_PINNED, "kk"))


def page_count(items: Sequence[Item]) -> int:
    """How many pages the items fill."""
    return max(1, -(-len(items) // PAGE_SIZE))


def kk_list_page(path: str, items: Sequence[Item], number: int, now: datetime, pinned: Item | None = None) -> str:
    """A page of a kk list. Past the end the last page comes again, for ever, always with a link to the next."""
    shown = min(number, page_count(items))
    lines = list(items[(shown - 1) * PAGE_SIZE : shown * PAGE_SIZE])
    rows = [_row(pinned, now, ' class="item pinned"')] if pinned and shown == 1 else []
    rows += [_row(line, now, ' class="item"') for line in lines]
    body = '<ul class="news-list">\n' + "\n".join(rows) + "\n</ul>"
    return list_page("kk", path, number, body, next_page=number + 1)


def ru_list_page(items: Sequence[Item], number: int, now: datetime) -> str:
    """A page of the ru list: day headings, items with no more than a time; no items and no next link past the end."""
    lines = items[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    groups = []
    for heading, members in groupby(lines, key=lambda line: day_heading(line.when, now, "ru")):
        rows = "\n".join(
            f'<div class="item"><time class="article-time">{line.when:%H:%M}</time> '
            f'<a href="{content(line.href)}">{content(line.headline)}</a></div>'
            for line in members
        )
        groups.append(f'<div class="date-heading">{heading}</div>\n{rows}')
    body = '<div class="news-list">\n' + "\n".join(groups) + "\n</div>"
    return list_page("ru", RU_LIST, number, body, number + 1 if number < page_count(items) else None)


def list_page(language: str, path: str, number: int, body: str, next_page: int | None) -> str:
    """A list with the house's furniture around it."""
    pager = f'<a class="next" rel="next" href="?page={next_page}">»</a>' if next_page else ""
    return house_page(language, path, FURNITURE[language].news, f'{body}\n<div class="pager">{number} {pager}</div>')


def house_page(language: str, path: str, title: str, body: str) -> str:
    """A page that is no article: head, header, sidebar and footer around a body."""
    page = Page(_nothing(language), popular=popular(language))
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title} | {page.text("slogan")} | {NAME}</title>
<link rel="canonical" href="{SITE}{path}">
<meta property="og:type" content="website">
{feed_link(language)}
{STYLE}
{SCRIPT}
</head>
<body>
{header(page)}
<div class="wrap"><main>
<h1>{title}</h1>
{body}
</main>
{sidebar(page)}
</div>
{footer(page)}
</body>
</html>
"""


def row_time(line: Item, now: datetime) -> str:
    """The date as the list prints it."""
    return listed_minute(line.when, now, line.language)


def _row(line: Item, now: datetime, attributes: str) -> str:
    teaser = f'<p class="teaser">{content(line.teaser)}</p>' if line.teaser and line.when.minute % 2 else ""
    return (
        f'<li{attributes}><span class="date">{row_time(line, now)}</span> '
        f'<a href="{content(line.href)}">{content(line.headline)}</a>{teaser}</li>'
    )


def _newest_first(lines: list[Item]) -> list[Item]:
    return sorted(lines, key=lambda line: (line.when, line.href), reverse=True)


def _dressed(lines: list[Item]) -> list[Item]:
    """The same lines with addresses written in all the ways that lists write them."""
    plain = [line for line in lines if line.href.startswith(f"/{line.language}/news/") and "?" not in line.href]
    places = {line: place for place, line in enumerate(plain)}
    return [replace(line, href=_href(line, places[line])) if line in places else line for line in lines]


def _href(line: Item, place: int) -> str:
    rare = {
        2: "http://newsroom.test",
        4: "http://www.newsroom.test",
        7: "https://NEWSROOM.TEST",
        9: "//newsroom.test",
    }
    if place in rare:
        return rare[place] + line.href
    if place == 11:
        return f"{line.href}#comments"
    # Absolute, relative to the root, relative to the list.
    return (SITE + line.href, line.href, line.href.removeprefix(f"/{line.language}/news/"))[place % 3]


def _trap(headline: str, path: str, language: str, day: int, hour: int, minute: int) -> Item:
    return Item(headline, path, _TRAP_TIME.replace(day=day, hour=hour, minute=minute), language)


def _nothing(language: str) -> Version:
    return Version(
        story="",
        language=language,
        template="A",
        kind="normal",
        id=0,
        slug="",
        published=_TRAP_TIME,
        headline="",
        scope="national",
    )
