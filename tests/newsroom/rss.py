"""The newsroom's feeds, with the faults that feeds have."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Final

from .article import NAME, SITE, Version
from .edition import ONLY_IN_AJAX, ONLY_IN_SITEMAP, Edition
from .furniture import FURNITURE
from .page import content

FEEDS: Final = {"kk": "/rss/kk.xml", "ru": "/rss/ru.xml"}
OLD_FEED: Final = "/rss/old.xml"
FEED_SIZE: Final = 20

_SIX_HOURS: Final = timezone(timedelta(hours=6))
_WITHOUT_GUID: Final = 4
_TWICE_ESCAPED: Final = {" ": "&amp;nbsp;", "«": "&amp;laquo;", "»": "&amp;raquo;", "–": "&amp;ndash;"}


def feed(edition: Edition, language: str) -> bytes:
    """The newest twenty. Every other date is written in +0600, one title is escaped twice, one item has no guid."""
    versions = edition.newest(language, without=ONLY_IN_SITEMAP | ONLY_IN_AJAX)[:FEED_SIZE]
    twice = twice_escaped(versions)
    items = [
        _item(version, place, escaped_twice=version is twice, guid=place != _WITHOUT_GUID)
        for place, version in enumerate(versions)
    ]
    return _channel(language, "utf-8", versions, items).encode()


def twice_escaped(versions: Sequence[Version]) -> Version:
    """The item whose title a reader shows with `&nbsp;` and `&laquo;`: the newest with quotation marks, if any."""
    return next((version for version in versions if "«" in version.headline), versions[0])


def old_feed(edition: Edition) -> bytes:
    """The ru articles of 2018-2021 as windows-1251, which the file says and the HTTP header denies."""
    versions = [version for version in edition.newest("ru") if version.published.year <= 2021]
    items = [_item(version, place) for place, version in enumerate(versions)]
    return _channel("ru", "windows-1251", versions, items).encode("cp1251", "xmlcharrefreplace")


def _channel(language: str, encoding: str, versions: Sequence[Version], items: Sequence[str]) -> str:
    # The newest article's time, not the clock's: a feed without news keeps its bytes.
    built = _rfc822(max(version.lastmod for version in versions))
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<rss version="2.0">\n<channel>\n'
        f"<title>{NAME}</title>\n<link>{SITE}/{'' if language == 'kk' else 'ru/'}</link>\n"
        f"<description>{FURNITURE[language].slogan}</description>\n<language>{language}</language>\n"
        f"<lastBuildDate>{built}</lastBuildDate>\n" + "\n".join(items) + "\n</channel>\n</rss>\n"
    )


def _item(version: Version, place: int, escaped_twice: bool = False, guid: bool = True) -> str:
    title = content(version.headline)
    if escaped_twice:
        for sign, reference in _TWICE_ESCAPED.items():
            title = title.replace(sign, reference)
    moment = version.published.astimezone(_SIX_HOURS) if place % 2 else version.published
    lines = [f"<title>{title}</title>", f"<link>{version.url}</link>"]
    if guid:
        lines.append(f'<guid isPermaLink="false">{version.language}-{version.id}</guid>')
    lines.append(f"<pubDate>{_rfc822(moment)}</pubDate>")
    if version.section:
        lines.append(f"<category>{content(version.section)}</category>")
    if version.lead:
        lines.append(f"<description>{content(version.lead)}</description>")
    return "<item>\n" + "\n".join(lines) + "\n</item>"


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment)
