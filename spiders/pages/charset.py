"""The true charset of a page: strict UTF-8, then what header and meta claim, then the letters that come out."""

from __future__ import annotations

import codecs
import re

from scrapy.http import Response

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*+=\s*+["']?\s*+([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*+=\s*+["']?\s*+([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_MARKUP = re.compile(rb"[<>\n]+")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META_WITHIN = 16_384
_PIECE = 2_048
# Enough to tell charsets apart; a page of 4 MB would cost seconds.
_SAMPLE = 60_000
# What a label must lose by before the letters overrule it.
_CLEARLY = 0.03

_EXPECTED = frozenset(
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁ"
    "әғқңөұүһіӘҒҚҢӨҰҮҺІїєґўЇЄҐЎ"
    "«»–—…№“”„‘’•·©®°€₸₽\u00a0\u202f"
)
_ODD = re.compile(
    r"[\ufffd\x80-\x9f]"
    r"|[а-яёәғқңөұүһі][А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]"
    r"|[А-Яа-яЁё][\u00c0-\u024f\u0402-\u0403\u0409-\u040f\u0405\u0408\u0452-\u0453\u0455\u0458-\u045d\u045f\u2500-\u25ff]"
    r"|[\u0402-\u0403\u0409-\u040f\u0405\u0408\u0452-\u0453\u0455\u0458-\u045d\u045f\u2500-\u25ff][А-Яа-яЁё]"
    r"|[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]"
)
# Python's codecs that are no charset of a page, and two that browsers refuse to believe without a byte order mark.
_NO_CHARSETS = re.compile(r"idna|punycode|undefined|.*escape|utf-?7|utf-?16.*|utf-?32.*|mbcs|oem")


def in_utf8(response: Response) -> bytes:
    """The page in `response` in UTF-8, whatever charset it came in, without a byte order mark.

    Strict UTF-8 wins whatever the labels say (a DOM dump keeps its old `meta`). Else the charset of the HTTP header,
    that of `meta`, windows-1251, KZ-1048 and UTF-8 with faults are tried in this order, and a later one wins only where
    the letters that come out are clearly more like a text. Never raises, whatever the bytes.
    """
    body = response.body
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return body.removeprefix(mark).decode(charset, "replace").encode()
    if _is_utf8(body):
        return body
    return body.decode(_true_charset(response), "replace").encode("utf-8", "replace")


def _claims(response: Response) -> list[str]:
    """The charsets that header and `meta` name, in this order."""
    header = _HEADER.search((response.headers.get("Content-Type") or b"").decode("latin-1"))
    meta = _META.search(response.body[:_META_WITHIN])
    return ([header.group(1)] if header else []) + ([meta.group(1).decode("ascii")] if meta else [])


def _true_charset(response: Response) -> str:
    known = [name for claim in [*_claims(response), "cp1251", "kz1048", "utf-8"] if (name := _known(claim))]
    sample = _sample(response.body)
    best, best_share = known[0], _share_of_text(sample, known[0])
    for candidate in dict.fromkeys(known[1:]):
        share = _share_of_text(sample, candidate)
        if share > best_share + _CLEARLY:
            best, best_share = candidate, share
    return best


def _is_utf8(body: bytes) -> bool:
    # Piece by piece: most of them hold markup alone, and to tell that a piece is ASCII costs next to nothing.
    place = 0
    while place < len(body):
        piece = body[place : place + _PIECE]
        if piece.isascii():
            place += len(piece)
            continue
        try:
            _, read = codecs.utf_8_decode(piece, "strict", False)
        except UnicodeDecodeError:
            return False
        if read == 0:
            # A page cut off inside its last character is still UTF-8.
            return place > 0
        place += read
    return True


def _known(charset: str) -> str | None:
    try:
        name = codecs.lookup(charset).name
        "".encode(name)
    except (LookupError, ValueError):
        return None
    if _NO_CHARSETS.fullmatch(name.replace("_", "-")):
        return None
    # Browsers read these labels as their windows supersets.
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)


def _sample(body: bytes) -> bytes:
    """The texts with bytes beyond ASCII: markup says nothing about the charset."""
    found: list[bytes] = []
    size = 0
    for text in _MARKUP.split(body):
        if not text.isascii():
            found.append(text)
            size += len(text)
            if size > _SAMPLE:
                break
    return b" ".join(found)[:_SAMPLE]


def _share_of_text(sample: bytes, charset: str) -> float:
    """How much of what lies beyond ASCII is letters and signs that the languages of the region use; 1 at most."""
    text = sample.decode(charset, "replace")
    beyond = [letter for letter in text if letter > "\x7f"]
    if not beyond:
        return 0.0
    odd = sum(1 for _ in _ODD.finditer(text))
    return (sum(letter in _EXPECTED for letter in beyond) - 2 * odd) / len(beyond)
