"""Normalising: a text in normal form, look-alike letters and a misread code page mended."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = re.compile(r"[^\W\d_]+")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-zÀ-ɏəɵ]")
_KAZAKH_ONLY = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")

# Latin letters that look like Cyrillic ones; і, not и, is the Kazakh reading of Latin i.
_LOOK_ALIKE = str.maketrans("aceopxyihkABCEHIKMOPTXYəɵöƏÖ", "асеорхуіһкАВСЕНІКМОРТХУәөөӘӨ")
_LOOK_ALIKES = frozenset(map(chr, _LOOK_ALIKE))
_KAZAKH_LOOK_ALIKE = _LOOK_ALIKE | {ord("Y"): ord("Ү")}
_LATIN_LOOK_ALIKE = str.maketrans("асеорхуіАВСЕНІКМОРТХУ", "aceopxyiABCEHIKMOPTXY")
_LATIN_LOOK_ALIKES = frozenset(map(chr, _LATIN_LOOK_ALIKE))

# Bytes of the Kazakh code page kz1048 that were read as windows-1251, letter for letter.
_KZ1048_READ_AS_CP1251 = {
    ord(wrong): right
    for byte in range(0x80, 0x100)
    if (wrong := bytes([byte]).decode("cp1251", "ignore")) and (right := bytes([byte]).decode("kz1048")) != wrong
}
_MISREAD = re.compile("[ќѕћјЌЅЋЈ]")
_NEVER_BESIDE_THEM = re.compile("[әғқңөұһӘҒҚҢӨҰҺ]")


def normalise(text: str) -> str:
    """`text` as it is kept: NFC; no control, zero width, bidirectional or soft hyphen characters; runs of spaces of any
    kind as one ordinary space, none at the ends; Latin look-alikes inside Cyrillic words mended.

    Quotes and dashes stay as they are written. Any Unicode is taken; calling it on its own result changes nothing.
    """
    before = None
    while text != before:
        before = text
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
        text = mend_look_alikes(_SPACES.sub(" ", text).strip())
    return text


def mend_look_alikes(text: str) -> str:
    """`text` with Latin letters that stand inside Cyrillic words, and look like Cyrillic ones, made Cyrillic; and the
    other way round, but for Cyrillic endings of Latin names."""
    if not (_LATIN.search(text) and _CYRILLIC.search(text)):
        return text
    return _LETTERS.sub(_mend_word, text)


def _mend_word(found: re.Match[str]) -> str:
    word = found[0]
    latin, cyrillic = _LATIN.findall(word), _CYRILLIC.findall(word)
    if not latin or not cyrillic:
        return word
    if sum(letter not in "iIəƏ" for letter in latin) > len(cyrillic):
        is_latin = _LATIN_LOOK_ALIKES.issuperset(cyrillic) and word[-1] in latin
        return word.translate(_LATIN_LOOK_ALIKE) if is_latin else word
    if not _LOOK_ALIKES.issuperset(latin):
        return word
    mended = word.translate(_LOOK_ALIKE)
    return word.translate(_KAZAKH_LOOK_ALIKE) if _KAZAKH_ONLY.search(mended) else mended


def is_misread_kz1048(text: str) -> bool:
    """Whether `text` is Kazakh in the code page kz1048 that was read as windows-1251 (`ќазаќ` for `қазақ`)."""
    return bool(_MISREAD.search(text)) and "ы" in text.lower() and not _NEVER_BESIDE_THEM.search(text)


def mend_kz1048(text: str) -> str:
    """`text`, which `is_misread_kz1048`, as it was written."""
    return text.translate(_KZ1048_READ_AS_CP1251)
