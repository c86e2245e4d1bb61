"""RSS 2.0 against its specification and the RSS Advisory Board's Best Practices Profile
(https://www.rssboard.org/rss-profile)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from lxml import etree

from tests.feeds.validators.html_content import html_problems, is_absolute

_ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# Four digits of the year, as the profile recommends, and a zone as an offset.
_DATE = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d:\d\d [+-]\d{4}"
)
# Which elements there are, and whether there may be several of them.
_CHANNEL = {
    **dict.fromkeys(("title", "link", "description", "language", "copyright", "managingEditor", "webMaster"), False),
    **dict.fromkeys(("pubDate", "lastBuildDate", "generator", "docs", "cloud", "ttl", "image", "rating"), False),
    **dict.fromkeys(("textInput", "skipHours", "skipDays"), False),
    **dict.fromkeys(("category", "item"), True),
}
_ITEM = {
    **dict.fromkeys(("title", "link", "description", "author", "comments", "enclosure", "guid", "pubDate"), False),
    **dict.fromkeys(("source",), False),
    **dict.fromkeys(("category",), True),
}
_RAW_TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
# That of the channel comes first; those of items are HTML.
_RAW_DESCRIPTION = re.compile(rb"<description>(.*?)</description>", re.DOTALL)
# "Character data": `&` and `<` in plain text as hexadecimal references, which readers take for text and not for HTML.
_IN_PLAIN_TEXT = re.compile(rb"(?:[^<&]|&#x26;|&#x3C;|&gt;)*")


def rss_problems(document: bytes, address: str) -> list[str]:
    """What is wrong with the feed that is served at `address`."""
    rss = etree.fromstring(document)
    if rss.tag != "rss" or rss.get("version") != "2.0" or [child.tag for child in rss] != ["channel"]:
        return ["it is not one channel in RSS 2.0"]
    return [*_channel_problems(rss[0], address), *_plain_text_problems(document)]


def _channel_problems(channel: etree._Element, address: str) -> Iterator[str]:
    yield from _children_problems(channel, _CHANNEL, required=("title", "link", "description"))
    own = [(link.get("href"), link.get("type")) for link in channel.findall(f"{_ATOM_LINK}[@rel='self']")]
    if own != [(address, "application/rss+xml")]:
        yield f"the links to itself are {own}, not one to {address}"
    if not _LANGUAGE.fullmatch(channel.findtext("language", "")):
        yield f"the language {channel.findtext('language')!r}"
    if (ttl := channel.findtext("ttl")) is not None and not re.fullmatch(r"[1-9]\d*", ttl):
        yield f"the ttl {ttl!r}"
    if (image := channel.find("image")) is not None:
        if not is_absolute(image.findtext("url", "")):
            yield f"the image {image.findtext('url')!r}"
        for name in ("title", "link"):
            if image.findtext(name) != channel.findtext(name):
                yield f"the image's {name} is not the channel's"
    guids = Counter(item.findtext("guid") for item in channel.findall("item"))
    yield from (f"the guid {guid} is there {count} times" for guid, count in guids.items() if count > 1)
    for item in channel.findall("item"):
        yield from _item_problems(item)


def _item_problems(item: etree._Element) -> Iterator[str]:
    # The specification asks for a title or a description; ours have these.
    yield from _children_problems(item, _ITEM, required=("title", "link", "guid", "pubDate", "source"))
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink", "true") != "false" and not is_absolute(guid.text or ""):
        yield f"the guid {guid.text} is no address, and isPermaLink does not say so"
    source = item.find("source")
    if source is not None and not is_absolute(source.get("url", "")):
        yield f"the source {source.get('url')!r}"
    author = item.findtext("author")
    if author is not None and "@" not in author:
        yield f"the author {author!r} has no mail address: dc:creator is for names"
    enclosure = item.find("enclosure")
    if enclosure is not None:
        if not is_absolute(enclosure.get("url", "")):
            yield f"the enclosure {enclosure.get('url')!r}"
        if not re.fullmatch(r"[1-9]\d*", enclosure.get("length", "")):
            yield f"the enclosure's length {enclosure.get('length')!r}"
        if not _MEDIA_TYPE.fullmatch(enclosure.get("type", "")):
            yield f"the enclosure's type {enclosure.get('type')!r}"
    for content in (item.findtext("description"), item.findtext(_CONTENT)):
        yield from html_problems(content or "")


def _children_problems(element: etree._Element, known: dict[str, bool], required: tuple[str, ...]) -> Iterator[str]:
    names = Counter(str(child.tag) for child in element if isinstance(child.tag, str) and child.tag[0] != "{")
    for name, count in names.items():
        if name not in known:
            yield f"{element.tag} has the unknown element {name}"
        elif count > 1 and not known[name]:
            yield f"{element.tag} has {count} elements {name}"
    for name in required:
        if not element.findtext(name, "").strip():
            yield f"{element.tag} has no {name}"
    for child in element:
        value = child.text or ""
        if child.tag in ("pubDate", "lastBuildDate") and not _is_date(value):
            yield f"{child.tag} is {value!r}"
        if child.tag in ("link", "docs", "comments") and not is_absolute(value):
            yield f"{element.tag} has the {child.tag} {value!r}"
        if child.tag == _ATOM_LINK and not is_absolute(child.get("href", "")):
            yield f"{element.tag} has the Atom link {child.get('href')!r}"
        if child.tag == "category" and not value.strip():
            yield "an empty category"


def _plain_text_problems(document: bytes) -> Iterator[str]:
    for raw in (*_RAW_TITLE.findall(document), *_RAW_DESCRIPTION.findall(document)[:1]):
        if not _IN_PLAIN_TEXT.fullmatch(raw):
            yield f"the text {raw.decode()!r} could be taken for HTML"


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        return parsedate_to_datetime(value).strftime("%a") == value[:3]
    except ValueError:
        return False
