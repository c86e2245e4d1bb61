"""Folding: words of a text without case, punctuation and spacing, for comparing texts."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def folded_words(text: str) -> list[str]:
    """The words of `text` (letters and digits), in order, NFKC and without case."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
