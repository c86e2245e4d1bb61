"""Media types: whether an answer is a web page at all, or a document, a picture, a sound, a film."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from scrapy.http import Response

# How PDF, PNG, GIF, JPEG, ZIP (with Office's documents), RIFF (WebP, WAV, AVI), Ogg, MP3, gzip and Matroska begin.
_BEGINNINGS = (
    *(b"%PDF-", b"\x89PNG\r\n", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"RIFF", b"OggS", b"ID3", b"\x1f\x8b"),
    b"\x1aE\xdf\xa3",
)
_PAGES = ("text/", "application/xhtml", "application/xml", "application/octet-stream")
_BEGINNING = 512


def is_web_page(response: Response) -> bool:
    """Whether the answer may be a page, whatever it is called: what begins as markup is one; else what neither its
    header nor its first bytes say to be something else."""
    body = response.body[:_BEGINNING]
    if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return True
    text = body.removeprefix(BOM_UTF8).lstrip()
    if text.startswith(b"<"):
        return True
    if text.startswith(_BEGINNINGS) or b"\0" in body:
        return False
    named = (response.headers.get("Content-Type") or b"").decode("latin-1").strip().lower()
    return not named or named.startswith(_PAGES) or "/" not in named
