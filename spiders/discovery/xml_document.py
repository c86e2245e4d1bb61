"""XML of feeds and sitemaps: parsed without entities, without the network, within bounds, as far as it goes."""

from __future__ import annotations

import re
import zlib

from lxml import etree
from scrapy.http import Response

from newscrawler.errors import PageError

# sitemaps.org: a sitemap must be no larger than 50 MB uncompressed.
_LARGEST = 50 * 1024 * 1024
# In bytes: where the end of the root stands, comments after it included.
_END = 2000
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)


def parse_xml(response: Response, newsroom: str) -> tuple[etree._Element, bool]:
    """The root element of an XML answer, which may be gzip, and whether the document is whole: its root is closed.

    A document type, and with it every entity of its own, is cut out; damage is repaired as far as libxml2 can.
    Raises PageError when nothing of use is left or the document is too large.
    """
    body = _unpacked(response, newsroom).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not body.startswith(b"<"):
        raise PageError("no XML", url=response.url, newsroom=newsroom)
    text = _DOCTYPE.sub(b"", body, count=1)
    declared = _DECLARED.match(text)
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = None
    try:
        root = etree.fromstring(_as_utf8(text, declared[1].decode() if declared else None), parser)
    except (etree.XMLSyntaxError, ValueError) as cause:
        raise PageError("broken XML", url=response.url, newsroom=newsroom, cause=cause) from cause
    if root is None or not isinstance(root.tag, str):
        raise PageError("broken XML", url=response.url, newsroom=newsroom)
    closed = text.rstrip().endswith(b">") and f"</{_tag_as_written(root)}".encode() in text[-_END:]
    return root, closed or len(root) == 0


def _tag_as_written(root: etree._Element) -> str:
    name = etree.QName(root).localname
    return f"{root.prefix}:{name}" if root.prefix else name


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace, in lower case; empty for what is no element."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def child_texts(element: etree._Element) -> dict[str, str]:
    """The texts of an element's children by local name; the first of each name that is not empty counts."""
    texts: dict[str, str] = {}
    for child in element:
        name = local_name(child)
        text = "".join(str(text) for text in child.itertext()).strip() if name else ""
        if text:
            texts.setdefault(name, text)
    return texts


def _unpacked(response: Response, newsroom: str) -> bytes:
    body = bytes(response.body)
    if body[:2] != b"\x1f\x8b":
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        text = unpacker.decompress(body, _LARGEST)
    except zlib.error as cause:
        raise PageError("damaged gzip", url=response.url, newsroom=newsroom, cause=cause) from cause
    if unpacker.unconsumed_tail:
        raise PageError("larger than 50 MB unpacked", url=response.url, newsroom=newsroom)
    return text


def _as_utf8(body: bytes, declared: str | None) -> bytes:
    """`body` in UTF-8, with its declaration gone: strict UTF-8 first, then what it declares, then windows-1251."""
    for encoding in ("utf-8", declared, "cp1251", "latin-1"):
        if encoding is None:
            continue
        try:
            text = body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1).encode()
    return body
