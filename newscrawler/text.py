"""Text: what its letters say. Normal form, script, language, and Kazakh of any script in Cyrillic letters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from newscrawler.errors import VocabularyError
from newscrawler.toml_files import read_toml

_LISTS = Path(__file__).parent / "vocabulary"

_WORD = re.compile(r"[^\W\d_]+(?:[’'ʻʼ‘][^\W\d_]+)*")
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

# Bytes of the Kazakh code page kz1048 that were read as windows-1251, letter for letter.
_KZ1048_READ_AS_CP1251 = {
    ord(wrong): right
    for byte in range(0x80, 0x100)
    if (wrong := bytes([byte]).decode("cp1251", "ignore")) and (right := bytes([byte]).decode("kz1048")) != wrong
}
_MISREAD = re.compile("[ќѕћјЌЅЋЈ]")
_NEVER_BESIDE_THEM = re.compile("[әғқңөұһӘҒҚҢӨҰҺ]")

_MEMORY = 200_000
_LIKELY = 0.1


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
    """`text` with Latin letters that stand inside Cyrillic words, and look like Cyrillic ones, made Cyrillic."""
    if not (_LATIN.search(text) and _CYRILLIC.search(text)):
        return text
    return _LETTERS.sub(_mend_word, text)


def _mend_word(found: re.Match[str]) -> str:
    word = found[0]
    latin = _LATIN.findall(word)
    cyrillic = len(_CYRILLIC.findall(word))
    if not latin or not cyrillic or not _LOOK_ALIKES.issuperset(latin):
        return word
    if sum(letter not in "iIəƏ" for letter in latin) > cyrillic:
        return word
    mended = word.translate(_LOOK_ALIKE)
    return word.translate(_KAZAKH_LOOK_ALIKE) if _KAZAKH_ONLY.search(mended) else mended


def is_misread_kz1048(text: str) -> bool:
    """Whether `text` is Kazakh in the code page kz1048 that was read as windows-1251 (`ќазаќ` for `қазақ`)."""
    return bool(_MISREAD.search(text)) and "ы" in text.lower() and not _NEVER_BESIDE_THEM.search(text)


def mend_kz1048(text: str) -> str:
    """`text`, which `is_misread_kz1048`, as it was written."""
    return text.translate(_KZ1048_READ_AS_CP1251)


@dataclass(slots=True, frozen=True)
class _Language:
    code: str
    script: str
    letters: frozenset[str]
    missing: frozenset[str]
    words: frozenset[str]
    endings: frozenset[str]
    likely: bool


@dataclass(slots=True, frozen=True)
class _Judged:
    script: str
    votes: tuple[tuple[str, float], ...]


@cache
def _languages() -> tuple[_Language, ...]:
    entries: list[dict[str, Any]] = read_toml(_LISTS / "languages.toml", VocabularyError)["languages"]
    return tuple(
        _Language(
            code=entry["code"] if entry.get("told", True) else f"und-{entry['code']}",
            script=entry["script"],
            letters=frozenset(entry["letters"]),
            missing=frozenset(entry["missing"]),
            words=frozenset(entry["words"].split()),
            endings=frozenset(entry["endings"].split()),
            likely=entry.get("likely", False),
        )
        for entry in entries
    )


_judged_words: dict[str, _Judged] = {}


def _judge(word: str) -> _Judged:
    script = _script_of_word(word)
    letters = set(word)
    votes = []
    for language in _languages():
        if language.script != script or not letters.isdisjoint(language.missing):
            continue
        vote = 2.0 if word in language.words else 0.0
        if not letters.isdisjoint(language.letters):
            vote += 1.5
        elif language.letters and len(word) > 4:
            vote -= 0.15
        if any(word[-length:] in language.endings for length in range(2, min(6, len(word)))):
            vote += 0.5
        votes.append((language.code, vote))
    if len(_judged_words) >= _MEMORY:
        _judged_words.clear()
    judged = _judged_words[word] = _Judged(script, tuple(votes))
    return judged


def _script_of_word(word: str) -> str:
    letter = ord(word[0])
    if 0x400 <= letter <= 0x52F:
        return "Cyrl"
    if letter < 0x250 or letter in (0x259, 0x275) or 0x1E00 <= letter < 0x1F00:
        return "Latn"
    if 0x600 <= letter <= 0x77F or 0xFB50 <= letter <= 0xFDFF or 0xFE70 <= letter <= 0xFEFC:
        return "Arab"
    return "Zyyy"


def _judgements(text: str) -> tuple[str, list[_Judged]]:
    judged = [_judged_words.get(word) or _judge(word) for word in _WORD.findall(text.lower().replace("i̇", "i"))]
    letters: Counter[str] = Counter()
    for found in judged:
        letters[found.script] += 1
    return (max(letters, key=letters.__getitem__) if letters else "Zyyy"), judged


def script_of(text: str) -> str:
    """The script of most words of `text`: Cyrl, Latn, Arab, or Zyyy for another or none (ISO 15924)."""
    return _judgements(text)[0]


def language_of(text: str) -> str:
    """The language of most of `text`, told by its letters and words: kk, ru, ky, uz, tt, uk, en, else und (BCP 47).

    Kazakh is kk in Cyrillic, Latin (2018, 2021, plain) and Arabic letters alike.
    """
    return _language(*_judgements(text))


def language_and_script_of(text: str) -> tuple[str, str]:
    """What `language_of` and `script_of` say of `text`, in one reading."""
    script, judged = _judgements(text)
    return _language(script, judged), script


def _language(script: str, judged: list[_Judged]) -> str:
    scores = {language.code: _LIKELY for language in _languages() if language.likely and language.script == script}
    for found in judged:
        if found.script == script:
            for code, vote in found.votes:
                scores[code] = scores.get(code, 0.0) + vote
    if not judged or not scores:
        return "und"
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] > 0 and not best.startswith("und") else "und"


def to_cyrillic(text: str) -> str:
    """Kazakh `text` in Latin or Arabic letters, in Cyrillic ones; Cyrillic text as it is.

    Latin and Arabic spellings say less than Cyrillic ones do (i may be и, й or і): compare by `fold`.
    """
    script = script_of(text)
    if script == "Latn":
        pattern, letters = _latin_table(_latin_spelling(text))
        cyrillic = pattern.sub(lambda found: _like(found[0], letters), text.replace("İ", "I"))
        return _AFTER_VOWEL.sub(lambda found: "й" if found[0].islower() else "Й", cyrillic)
    if script == "Arab":
        return _ARABIC_WORD.sub(_arabic_word, text)
    return text


_AFTER_VOWEL = re.compile("(?<=[аәеоөұүыэАӘЕОӨҰҮЫЭ])[иыИЫ]")
_ARABIC_WORD = re.compile("[\u0600-\u077f]+")
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("ыій", "и"),
        **dict.fromkeys("ұүў", "у"),
        "ә": "а",
        "ө": "о",
        "ғ": "г",
        "қ": "к",
        "ң": "н",
        "һ": "х",
        "щ": "ш",
        "э": "е",
        "ё": "е",
        "ц": "тс",
        "я": "иа",
        "ю": "иу",
        "ъ": "",
        "ь": "",
    }
)


def fold(word: str) -> str:
    """A lower-case Cyrillic `word` without the differences that Latin and Arabic spellings of Kazakh lose."""
    return word.translate(_FOLDED)


def _like(latin: str, letters: dict[str, str]) -> str:
    cyrillic = letters.get(latin.lower(), latin)
    return cyrillic.capitalize() if latin[0].isupper() else cyrillic


@cache
def _letters() -> dict[str, Any]:
    return read_toml(_LISTS / "letters.toml", VocabularyError)


def _latin_spelling(text: str) -> str:
    lowered = text.lower()
    found = {
        name: sum(lowered.count(mark) for mark in table["marks"])
        for name, table in _letters()["latin"].items()
        if "marks" in table
    }
    best = max(found, key=found.__getitem__)
    return best if found[best] else "plain"


@cache
def _latin_table(spelling: str) -> tuple[re.Pattern[str], dict[str, str]]:
    latin = _letters()["latin"]
    letters: dict[str, str] = {**latin["common"], **latin[spelling]["letters"]}
    longest_first = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE), letters


def _arabic_word(found: re.Match[str]) -> str:
    arabic = _letters()["arabic"]
    soft = arabic["softener"] in found[0] or not set(arabic["soft_letters"]).isdisjoint(found[0])
    letters = "".join(arabic["letters"].get(letter, "") for letter in found[0] if letter != arabic["softener"])
    return "".join(arabic["soft"].get(letter, letter) for letter in letters) if soft else letters
