"""XML of feeds and sitemaps: read entry by entry, without entities, without the network, within bounds, as far as it
goes."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from lxml import etree
from scrapy.http import Response

from newscrawler.errors import PageError

# sitemaps.org: a sitemap must be no larger than 50 MB uncompressed and name at most 50,000 addresses, each with at most
# 1,000 pictures of five elements; feeds are nowhere near that.
_LARGEST = 50 * 1024 * 1024
_MOST_ENTRIES = 100_000
# In elements and attributes.
_LARGEST_SIZE = 2_000_000
_LARGEST_ENTRY = 20_000
_MOST_ATTRIBUTES = 100
# libxml2's own limit is 256, but for elements whose end it does not tell.
_DEEPEST = 1000
# In characters, from one `<` to the next: a tag with all its attributes, or a text.
_LONGEST_PIECE = 1_000_000
# In characters, of what stands before the root.
_LONGEST_PROLOG = 100_000
# In characters: where the end of the root stands, comments after it included.
_END = 2000
# In bytes.
_CHUNK = 64 * 1024
_GZIP = b"\x1f\x8b"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
# Python's codecs that are no character encoding of a document.
_NO_ENCODINGS = re.compile(r"idna|punycode|undefined|.*escape|utf-?7|mbcs|oem")
# Each part is taken whole or not at all, so that none is looked at twice.
_QUOTED = r"""\"[^"]*+"|'[^']*+'"""
_COMMENT = r"<!--(?>.*?-->)"
_INSTRUCTION = r"<\?(?>.*?\?>)"
_SUBSET = rf"\[(?:{_COMMENT}|{_INSTRUCTION}|{_QUOTED}|[^\]\"'<]|<(?!!--|\?))*+\]"
_DOCTYPE = rf"<!DOCTYPE(?:{_QUOTED}|[^\[\]\"'<>])*+(?:{_SUBSET})?+\s*+>"
_PROLOG = re.compile(rf"(?:\s++|\ufeff|{_COMMENT}|{_INSTRUCTION}|{_DOCTYPE})*+", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<((?:[^\W\d]|[:])[\w.:-]*)(?=[\s/>])")


class XmlDocument:
    """An XML answer, which may be gzip: `root` is the local name of its root in lower case, `declares_entities` says
    whether it has some of its own, and `whole`, after `read`, whether the document is: its root is closed. What is
    packed is never held unpacked as a whole.

    A document type, and with it every entity of its own, is left out; damage is repaired as far as libxml2 can. Raises
    PageError when the document is no XML.
    """

    def __init__(self, response: Response, newsroom: str, names: Collection[str]) -> None:
        self._url = response.url
        self._newsroom = newsroom
        self._names = names
        self._body = bytes(response.body)
        self._texts = self._decoded()
        beginning = ""
        for text in self._texts:
            beginning += text
            if len(beginning) > _LONGEST_PROLOG:
                break
        prolog = _PROLOG.match(beginning)
        start = prolog.end() if prolog is not None else 0
        root = _ROOT.match(beginning, start)
        if root is None:
            raise self._error("no XML")
        self._beginning = beginning[start:]
        self.declares_entities = "<!ENTITY" in beginning[:start]
        self._root_as_written = root[1]
        self.root = root[1].rpartition(":")[2].lower()
        self.whole = False

    def read(self, keep: Callable[[etree._Element], None]) -> None:
        """Calls `keep` with each element whose local name is one of the document's `names`, as far as the next of them,
        in their order and one at a time. One that breaks off with the document is left out. Raises PageError when the
        document is larger than sitemaps.org allows, or made to fill the memory."""
        entries: Any = _Entries(self._names, keep)
        source: Any = _Source(self._pieces(), entries)
        # No entity but XML's own five can be declared behind the beginning of the root. They are resolved, or libxml2
        # would leave `&amp;` in an attribute as it is.
        parser = etree.XMLParser(target=entries, encoding="utf-8", recover=True, no_network=True, huge_tree=False)
        try:
            etree.parse(source, parser)
        except (etree.XMLSyntaxError, ValueError) as cause:
            raise self._error("broken XML", cause) from cause
        if entries.too_much:
            raise self._error(entries.too_much)
        closed = source.end.rstrip().endswith(">") and f"</{self._root_as_written}" in source.end
        self.whole = closed or entries.has_ended

    def _pieces(self) -> Iterator[str]:
        for start in range(0, len(self._beginning), _CHUNK):
            yield self._beginning[start : start + _CHUNK]
        yield from self._texts

    def _decoded(self) -> Iterator[str]:
        """The text, piece by piece: by its byte order mark, else strict UTF-8, else as it declares, else windows-1251.

        Raises PageError where what is packed is damaged, or too large.
        """
        # Looked at once to its end, so that nothing is read of what is refused.
        beginning = b""
        for chunk in self._chunks():
            beginning = beginning or chunk
        for mark, encoding in _MARKS:
            if beginning.startswith(mark):
                return codecs.iterdecode(self._chunks(), encoding, "replace")
        declared = _DECLARED.match(beginning)
        for encoding in ("utf-8", *([declared[1].decode()] if declared else []), "cp1251"):
            if self._is_in(encoding):
                return codecs.iterdecode(self._chunks(), encoding, "strict")
        return codecs.iterdecode(self._chunks(), "latin-1", "strict")

    def _is_in(self, encoding: str) -> bool:
        try:
            if _NO_ENCODINGS.fullmatch(codecs.lookup(encoding).name.replace("_", "-")):
                return False
            for _ in codecs.iterdecode(self._chunks(), encoding, "strict"):
                pass
        except (LookupError, ValueError):
            return False
        return True

    def _chunks(self) -> Iterator[bytes]:
        pieces = (self._body[start : start + _CHUNK] for start in range(0, len(self._body), _CHUNK))
        if not self._body.startswith(_GZIP):
            return pieces
        return self._unpacked(pieces)

    def _unpacked(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """What all members hold; what follows them and is none (padding, line ends) is no part of the document."""
        unpacker = zlib.decompressobj(wbits=31)
        size = 0
        for piece in pieces:
            packed, more = piece, False
            while packed or more:
                if unpacker.eof:
                    if not packed.startswith(_GZIP):
                        return
                    unpacker = zlib.decompressobj(wbits=31)
                try:
                    chunk = unpacker.decompress(packed, _CHUNK)
                except zlib.error as cause:
                    raise self._error("damaged gzip", cause) from cause
                size += len(chunk)
                if size > _LARGEST:
                    raise self._error(f"larger than {_LARGEST // 1024 // 1024} MB unpacked")
                yield chunk
                packed = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
                # Some of it may be kept inside where as much came out as was wanted.
                more = not unpacker.eof and len(chunk) == _CHUNK

    def _error(self, problem: str, cause: BaseException | None = None) -> PageError:
        return PageError(problem, url=self._url, newsroom=self._newsroom, cause=cause)


class _Entries:
    """A parser's target that makes an element of each entry. `has_ended` says whether the root is closed, `too_much` of
    what there was too much: what follows is passed over."""

    def __init__(self, names: Collection[str], keep: Callable[[etree._Element], None]) -> None:
        self.too_much = ""
        self._names = names
        self._keep = keep
        self._entries = 0
        self._size = self._size_of_entry = 0
        # The elements that are open; libxml2 tells no end of some that are damaged.
        self._path: list[str] = []
        self._entry: Any = None
        self._depth_of_entry = 0

    @property
    def has_ended(self) -> bool:
        """Whether nothing is open."""
        return not self._path

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Takes the start of an element."""
        size = 1 + len(attributes)
        self._size += size
        if self._size > _LARGEST_SIZE or len(self._path) > _DEEPEST:
            self.too_much = "too many elements, or too deep in each other"
        if self.too_much:
            self._entry = None
            return
        begins = _local(tag) in self._names
        if begins and self._entry is not None:
            self._end_entry()
        self._path.append(tag)
        if self._entry is None:
            if not begins:
                return
            self._entry, self._depth_of_entry, self._size_of_entry = etree.TreeBuilder(), len(self._path), 0
        self._size_of_entry += size
        if self._size_of_entry > _LARGEST_ENTRY or len(attributes) > _MOST_ATTRIBUTES:
            self.too_much = "too many elements or attributes in an entry"
            self._entry = None
            return
        self._entry.start(tag, dict(attributes))

    def data(self, text: str) -> None:
        """Takes a text."""
        if self._entry is not None:
            self._entry.data(text)

    def end(self, tag: str) -> None:
        """Takes the end of an element, and with it those of the elements in it."""
        if tag not in self._path:
            return
        place = len(self._path) - 1 - self._path[::-1].index(tag)
        if self._entry is not None and place < self._depth_of_entry:
            self._end_entry()
        elif self._entry is not None:
            for closed in reversed(self._path[place:]):
                self._entry.end(closed)
        del self._path[place:]

    def close(self) -> None:
        """Takes the end of the document."""

    def _end_entry(self) -> None:
        for closed in reversed(self._path[self._depth_of_entry - 1 :]):
            self._entry.end(closed)
        entry, self._entry = self._entry.close(), None
        self._entries += 1
        if self._entries <= _MOST_ENTRIES:
            self._keep(entry)
        else:
            self.too_much = f"more than {_MOST_ENTRIES:,} entries"


class _Source:
    """A file of the pieces of a text, in UTF-8, that ends where `entries` have too much of something; `end` is the last
    of it."""

    def __init__(self, pieces: Iterator[str], entries: _Entries) -> None:
        self.end = ""
        self._pieces = pieces
        self._entries = entries
        self._without_tag = 0

    def read(self, _: int = -1) -> bytes:
        """The next piece, whatever its size; nothing at the end."""
        text = "" if self._entries.too_much else next(self._pieces, "")
        self._without_tag = 0 if "<" in text else self._without_tag + len(text)
        if self._without_tag > _LONGEST_PIECE:
            self._entries.too_much = f"a piece of more than {_LONGEST_PIECE:,} characters"
        self.end = (self.end + text)[-_END:]
        return text.encode("utf-8", "replace")


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace, in lower case; empty for what is no element."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


def child_texts(element: etree._Element) -> dict[str, str]:
    """The texts of an element's children by local name; the first of each name that is not empty counts."""
    texts: dict[str, str] = {}
    for child in element:
        name = local_name(child)
        text = "".join(str(text) for text in child.itertext()).strip() if name else ""
        if text:
            texts.setdefault(name, text)
    return texts


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()
