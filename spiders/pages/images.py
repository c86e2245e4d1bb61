"""The pictures of an article: the lead picture first, then those in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element

from newscrawler.article import Image
from spiders.pages.article_area import ArticleArea
from spiders.pages.captions import Caption, caption_of, split_caption
from spiders.pages.markup_names import is_named, kinds_of
from spiders.pages.microdata import address_of, words_of
from spiders.pages.page import Page
from spiders.pages.structured_data import text_values
from spiders.pages.tree_order import outermost

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "data-image", "data-full-src")
_SIZE_IN_NAME = re.compile(
    r"[-_](?:\d{2,4}x\d{2,4}|w\d{2,4}(?:_h\w*)?|\d{2,4}w|scaled|thumb|small|large|medium|r)(?=[-_.]|$)"
)
_DIGITS = re.compile(r"\d+")
_BYTES = re.compile(r"([0-9]{1,12})(?:\s*(?:B|bytes))?")
_PICTURE = re.compile(r"image/[a-z0-9.+-]+")
# In pixels: what is smaller is an icon or a counter.
_SMALLEST = 100
_LARGE = 300
_MOST = 60
_MOST_LOOKED_AT = 300
_TAGS = ("img", "amp-img")


def read_images(page: Page, area: ArticleArea, body: list[_Element]) -> tuple[list[Image], str | None]:
    """The article's pictures, absolute addresses, each once; and the evidence for the first.

    The lead picture is what the newsroom's selector, JSON-LD, microdata or og:image name, else the first shown. Caption
    and credit come from the page, sizes from wherever they are given.
    """
    shown = list(_shown(page, area, body))
    lead, source = _lead(page)
    if lead is None:
        return [image for image, _, _ in shown], "text" if shown else None
    stem = _stem(lead.url)
    same = next((image for image, _, other in shown if other == stem), None)
    if same is not None and lead.width is None:
        lead.width, lead.height = same.width, same.height
    if same is None:
        # A picture above the body is the lead picture in another size.
        same = next((image for image, above, _ in shown if above), None)
    if same is not None:
        lead.caption = lead.caption or same.caption
        lead.credit = lead.credit or same.credit
    for source_name, texts in page.selected_texts("image_credit"):
        lead.credit = split_caption(texts[0], page).credit or texts[0]
        page.sources["image_credit"] = source_name
    for source_name, texts in page.selected_texts("image_caption"):
        lead.caption = split_caption(texts[0], page).caption
        page.sources["image_caption"] = source_name
    return [lead, *(image for image, _, _ in shown if image is not same)][:_MOST], source


def _shown(page: Page, area: ArticleArea, body: list[_Element]) -> Iterator[tuple[Image, bool, str]]:
    """The pictures on the page, whether each stands above the body, and its stem."""
    seen: set[str] = set()
    elements = [(element, True) for element in area.before if element.tag in _TAGS]
    elements += [(element, False) for paragraph in outermost(body) for element in paragraph.iter(*_TAGS)]
    # Below the body stand the faces of authors and the icons of networks, and galleries.
    elements += [(element, False) for element in area.after if element.tag in _TAGS and _is_figure(element)]
    for element, above in elements[:_MOST_LOOKED_AT]:
        if len(seen) >= _MOST:
            break
        width, height = _pixels(element.get("width")), _pixels(element.get("height"))
        if min(width or _SMALLEST, height or _SMALLEST) < _SMALLEST:
            continue
        parent = element.getparent()
        if is_named("avatar", element) or (parent is not None and is_named("avatar", parent)):
            continue
        url = _address(page, element)
        if url is None or (stem := _stem(url)) in seen or _is_placeholder(url):
            continue
        seen.add(stem)
        caption = caption_of(page, element)
        yield Image(url=url, caption=caption.caption, credit=caption.credit, width=width, height=height), above, stem


def _is_figure(element: _Element) -> bool:
    """Whether the picture stands in a figure or between paragraphs of the body."""
    parent = element.getparent()
    if any(step.tag == "figure" for step in list(element.iterancestors())[:4]):
        return True
    return (
        parent is not None
        and parent.tag in ("p", "div", "a", "center")
        and (_pixels(element.get("width")) or 0) >= _LARGE
    )


def _lead(page: Page) -> tuple[Image | None, str | None]:
    for image, source in _named(page):
        if image is not None and not _is_placeholder(image.url):
            return image, source
    return None, None


def _named(page: Page) -> Iterator[tuple[Image | None, str]]:
    for source, matches in page.selected("image"):
        for match in matches:
            url = page.absolute(match) if isinstance(match, str) else _address(page, match)
            yield Image(url=url) if url else None, source
    for value in page.articles:
        yield _json_image(page, value.get("image")), "json-ld"
    for element in page.microdata.article.elements("image"):
        yield _microdata_image(page, element), "microdata"
    url = page.head.first("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
    absolute = page.absolute(url) if url else None
    if absolute:
        width, height = (_pixels(page.head.first(f"og:image:{side}")) for side in ("width", "height"))
        yield Image(url=absolute, width=width, height=height), "og"


def _json_image(page: Page, value: Any) -> Image | None:
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, str):
        url = page.absolute(first)
        return Image(url=url) if url else None
    if not isinstance(first, dict):
        return None
    address = next(text_values(first.get("url") or first.get("contentUrl") or first.get("@id")), None)
    url = page.absolute(address) if address else None
    if not url:
        return None
    caption = next(text_values(first.get("caption")), None)
    parted = split_caption(caption, page) if caption else Caption()
    credit = next(text_values(first.get("creditText") or first.get("author") or first.get("copyrightHolder")), None)
    return Image(
        url=url,
        caption=parted.caption,
        credit=(split_caption(credit, page).credit or credit) if credit else parted.credit,
        width=_pixels(first.get("width")),
        height=_pixels(first.get("height")),
        length=_length(first.get("contentSize")),
        media_type=next((kind for kind in text_values(first.get("encodingFormat")) if _PICTURE.fullmatch(kind)), None),
    )


def _microdata_image(page: Page, element: _Element) -> Image | None:
    item = page.microdata.nested(element)
    named = item.elements("contentUrl") or item.elements("url")
    address = address_of(named[0]) if named else _address(page, element) or address_of(element)
    url = page.absolute(address) if address else None
    if not url:
        return None
    sizes = [_pixels(words_of(found[0])) if (found := item.elements(side)) else None for side in ("width", "height")]
    return Image(url=url, width=sizes[0], height=sizes[1])


def _address(page: Page, element: _Element) -> str | None:
    """The address of the picture itself: lazy-loading attributes before `src`, the largest of a `srcset`; of a link to
    it, or a `meta`, what that names."""
    for candidate in _candidates(element):
        if not candidate.lstrip().lower().startswith(("data:", "about:", "javascript:")):
            url = page.absolute(candidate)
            if url is not None and not url.lower().partition("?")[0].endswith((".svg", ".ico")):
                return url
    return None


def _candidates(element: _Element) -> Iterator[str]:
    for name in _LAZY:
        if value := element.get(name):
            yield value
    for name in ("data-srcset", "src", "srcset", "href", "content"):
        value = element.get(name)
        if value and (found := _largest(value) if name.endswith("srcset") else value):
            yield found
    # The parser does not know that `source` is empty: it puts the picture inside.
    outer = next(element.iterancestors("picture"), None)
    for source in outer.iter("source") if outer is not None else ():
        srcset = source.get("srcset") or source.get("data-srcset")
        if srcset and (found := _largest(srcset)):
            yield found


def _largest(srcset: str) -> str | None:
    best, size = None, -1.0
    for part in re.split(r",\s+|,(?=https?:|/)", srcset):
        words = part.split()
        if not words:
            continue
        number = _DIGITS.search(words[1]) if len(words) > 1 else None
        width = float(number.group()[:6]) if number else 0.0
        if width > size:
            best, size = words[0], width
    return best


def _pixels(value: Any) -> int | None:
    if isinstance(value, dict):
        value = value.get("value") or value.get("name")
    if value is None or isinstance(value, bool):
        return None
    digits = _DIGITS.match(str(value).strip())
    number = int(digits.group()[:6]) if digits else 0
    return number or None


def _length(value: Any) -> int | None:
    """A number of bytes; schema.org lets sizes in kilobytes stand there too, and those are rounded."""
    found = _BYTES.fullmatch(str(value).strip()) if isinstance(value, str | int) else None
    return int(found[1]) or None if found else None


def _is_placeholder(url: str) -> bool:
    folder, _, name = unquote(urlsplit(url).path).rpartition("/")
    return "icon_folder" in kinds_of(folder) or "placeholder" in kinds_of(name.rpartition(".")[0])


def _stem(url: str) -> str:
    """What stays the same in the addresses of a picture's sizes: the file's name without size and ending."""
    path = unquote(urlsplit(url).path)
    name = path.rstrip("/").rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    return _SIZE_IN_NAME.sub("", stem).casefold() or path
