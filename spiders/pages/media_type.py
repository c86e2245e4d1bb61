"""Media types: whether an answer is a web page at all, or a document, a picture, a sound, a film."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from scrapy.http import Response

# How PDF, PNG, GIF, JPEG, ZIP (with Office's documents), RIFF (WebP, WAV, AVI), Ogg, MP3, gzip and Matroska begin.
_BEGINNINGS = (
    *(b"%PDF-", b"\x89PNG\r\n", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"RIFF", b"OggS", b"ID3", b"\x1f\x8b"),
    b"\x1aE\xdf\xa3",
)
_PAGES = ("text/", "application/xhtml", "application/xml", "application/octet-stream")
_BEGINNING = 4096
# Of so many bytes one may be zero: more are no page, or one in UTF-16 without its mark, which nothing here can read.
_FEW = 10
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
# Byte order marks, blanks and zero bytes, which broken templates leave before a page.
_BLANKS = b"\xef\xbb\xbf\xc2\xa0\0 \t\r\n\f\v"


def is_web_page(response: Response) -> bool:
    """Whether the answer may be a page, whatever it is called: what begins as markup is one; else what neither its
    first bytes nor its header say to be something else. Markup soon behind its beginning says more than its header."""
    body = response.body[:_BEGINNING]
    if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return True
    if body.count(0) * _FEW > len(body):
        return False
    text = body.lstrip(_BLANKS)
    if text.startswith(b"<"):
        return True
    if text.startswith(_BEGINNINGS):
        return False
    if _MARKUP.search(body):
        return True
    if b"\0" in body:
        return False
    named = (response.headers.get("Content-Type") or b"").decode("latin-1").strip().lower()
    return not named or named.startswith(_PAGES) or "/" not in named
