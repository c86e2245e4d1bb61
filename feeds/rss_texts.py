"""Texts of RSS as strict readers want them: titles with numeric references, dates of RFC 822."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime

from lxml import etree

_MARKUP = re.compile("([&<])")
# Some readers take `&amp;` and `&lt;` in RSS titles for HTML, these never: W3C feed validator, ContainsHTML.
_REFERENCES = {"&": "#x26", "<": "#x3C"}


def write_plain(element: etree._Element, text: str) -> None:
    """Makes `text` that of an RSS element that holds no HTML (a title, a caption), its `&` and `<` as numeric
    references."""
    first, *rest = _MARKUP.split(text)
    element.text = first
    for mark, following in zip(rest[::2], rest[1::2], strict=True):
        reference = etree.Entity(_REFERENCES[mark])
        reference.tail = following
        element.append(reference)


def rfc822_date(moment: datetime) -> str:
    """`moment` as RSS writes it, such as `Tue, 14 May 2024 18:00:00 +0500`, whatever the process's locale is."""
    return format_datetime(moment)
