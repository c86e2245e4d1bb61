"""Skeleton: the words of a text without what copying, retyping and scanning change in them."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawler.cyrillic import fold
from newscrawler.folding import folded_words
from newscrawler.normalising import normalise

# Small Latin letters that look like Cyrillic ones as small letters or, where the text was in capitals, as capitals.
_LOOK_ALIKE = str.maketrans("aceopxyihkbmtnəɵ", "асеорхуіһквмтнәө")
# ы is two signs in many a typeface, and is read as two by scanners.
_BROKEN_YERU = re.compile("ь[іiıl|1]")
_WORDS_REMEMBERED = 20_000
# An article is compared with several; its sentences, and those that many articles share, are read once.
_SENTENCES_REMEMBERED = 4_000


@lru_cache(_SENTENCES_REMEMBERED)
def skeleton_words(text: str) -> tuple[str, ...]:
    """The words of `text` in order, in small letters; equal where two texts differ only in look-alike letters of Latin
    and Cyrillic, in Kazakh letters that a Russian keyboard lacks, in hidden characters, spaces and punctuation.

    The words are for comparing and no language's spelling.
    """
    words = folded_words(normalise(_BROKEN_YERU.sub("ы", text.casefold())))
    # A hard sign that stands alone is no word.
    return tuple(folded for word in words if (folded := _folded(word)))


@lru_cache(_WORDS_REMEMBERED)
def _folded(word: str) -> str:
    return fold(word.translate(_LOOK_ALIKE))
