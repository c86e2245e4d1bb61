"""Kazakh Cyrillic in its two other scripts: Latin (the alphabet of 2021) and Arabic (tote jazu)."""

import re
from collections.abc import Callable, Mapping
from typing import Final

_LATIN: Final[Mapping[str, str]] = dict(
    zip("аәбвгғдежзийкқлмнңоөпрстуұүфхһыі", "aäbvgğdejziikqlmnñoöprstuūüfhhyı", strict=True)
) | {"ё": "io", "ц": "ts", "ч": "tş", "ш": "ş", "щ": "ştş", "ъ": "", "ь": "", "э": "e", "ю": "iu", "я": "ia"}
_LATIN_CAPITALS: Final[Mapping[str, str]] = {"ı": "I", "i": "İ"}
_ARABIC: Final[Mapping[str, str]] = dict(
    zip("аәбвгғдежзийкқлмнңоөпрстуұүфхһчшыі", "اابۆگعدەجزييكقلمنڭووپرستۋۇۇفحھچشىى", strict=True)
) | {"ё": "يو", "ц": "تس", "щ": "شش", "ъ": "", "ь": "", "э": "ە", "ю": "يۋ", "я": "يا"}
_HAMZA = "ٴ"
_IOTATED_AFTER_I = re.compile("[ий](?=[юя])")
_WORD = re.compile(r"[А-ЯЁа-яёӘҒҚҢӨҰҮҺІәғқңөұүһі]+")
_PUNCTUATION = ((re.compile(r",(?!\d)"), "،"), (re.compile(r"\?"), "؟"), (re.compile(r";"), "؛"))

Script = Callable[[str], str]


def latin(text: str) -> str:
    """The text in the Latin alphabet of 2021: `Түркістан облысы` becomes `Türkıstan oblysy`."""
    return _WORD.sub(lambda word: _latin_word(word.group()), text)


def arabic(text: str) -> str:
    """The text in tote jazu: one hamza marks a word of front vowels, unless к, г or е already shows them."""
    written = _WORD.sub(lambda word: _arabic_word(word.group().lower()), text)
    for sign, arabic_sign in _PUNCTUATION:
        written = sign.sub(arabic_sign, written)
    return written


def cyrillic(text: str) -> str:
    """The text as it is."""
    return text


SCRIPTS: Final[Mapping[str, Script]] = {"Cyrl": cyrillic, "Latn": latin, "Arab": arabic}


def _latin_word(word: str) -> str:
    shouted = len(word) > 1 and word.isupper()
    return "".join(_latin_letter(letter, shouted) for letter in word)


def _latin_letter(letter: str, shouted: bool) -> str:
    letters = _LATIN[letter.lower()]
    if letter.islower() or not letters:
        return letters
    capitals = [_LATIN_CAPITALS.get(each, each.upper()) for each in letters]
    return "".join(capitals) if shouted else capitals[0] + letters[1:]


def _arabic_word(word: str) -> str:
    needs_hamza = bool(set(word) & set("әөүі")) and not set(word) & set("кгеэ")
    # я and ю bring their own ي.
    letters = "".join(_ARABIC[letter] for letter in _IOTATED_AFTER_I.sub("", word))
    return _HAMZA + letters if needs_hamza else letters
