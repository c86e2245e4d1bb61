"""What is written as the name of a person."""

from __future__ import annotations

import re
from collections.abc import Collection

# Nothing is given back: one of the apostrophes is a letter too, and fifty of them would be read in a billion ways.
_NAME_PART = re.compile(r"[^\W\d_]++(?:[-’'ʼ.][^\W\d_]++)*+\.?")
_INITIAL = re.compile(r"[^\W\d_]{1,2}\.(?:[^\W\d_]{1,2}\.)?")
# Arabic script has no capitals.
_ARABIC = re.compile(r"[\u0621-\u06d5\u0674]+")
_LONGEST_NAME = 50


def is_person_name(text: str, particles: Collection[str], *, single: bool = False) -> bool:
    """Whether `text` is written as a person's name: two to four words with capitals, initials allowed; in Arabic script
    two to four words. `particles` need no capital; `single` allows one word, such as a pen name.
    """
    parts = text.split()
    if not (1 if single else 2) <= len(parts) <= 4 or len(text) > _LONGEST_NAME:
        return False
    if all(_ARABIC.fullmatch(part) for part in parts):
        return True
    named = [part for part in parts if part.casefold() not in particles]
    return bool(named) and all(part[0].isupper() and _is_name_part(part) for part in named)


def _is_name_part(part: str) -> bool:
    return _NAME_PART.fullmatch(part) is not None or _INITIAL.fullmatch(part) is not None
