"""Languages: which language and script a text is in, told by its words and letters."""

from __future__ import annotations

import re
from operator import sub

from newscrawler.judged_words import APOSTROPHES, JudgedWord, judged, likely_before, objections_to
from newscrawler.language_profiles import languages_told, profiles_in

__all__ = ["language_and_script_of", "language_of", "languages_told", "script_of"]

# The name of a host (`zakon.kz`) is no word.
_WORD = re.compile(rf"(?<![.@])[^\W\d_]++(?:[{APOSTROPHES}][^\W\d_]*+)*+(?!\.[a-z])")
_QUOTED = re.compile(r'«[^«»\n]*+»|“[^“”\n]*+”|„[^„“”\n]*+[“”]|"[^"\n]*+"|\n[^\S\n]*+[–—-]\s[^\n]*+')
_SENTENCE_END = re.compile(r"[.!?…؟]\s+|\n+")

# What a sentence can say against a language at most, in natural logarithms.
_SENTENCE_LIMIT = 12.0
# From this loss a word on, in the language that fits best, sentences of two languages seem to meet.
_MIXED = 1.0
_QUOTED_WEIGHT = 0.2


def script_of(text: str) -> str:
    """The script that `text` is in: Cyrl, Latn, Arab, or Zyyy for another or none (ISO 15924).

    Of the words outside quotation marks most decide; names, which begin with a capital, count less.
    """
    spoken, quoted = _parts(text)
    return _script(_words(spoken), _words(quoted))


def language_of(text: str) -> str:
    """The language that `text` is in: one of `languages_told()` (BCP 47), und where it is none of them.

    Sentences outside quotation marks decide by majority; names and quotations count little. Kazakh is kk in Cyrillic,
    Latin (2017, 2018, 2021, plain) and Arabic letters alike.
    """
    return language_and_script_of(text)[0]


def language_and_script_of(text: str) -> tuple[str, str]:
    """What `language_of` and `script_of` say of `text`, in one reading."""
    spoken, quoted = _parts(text)
    words, quoted_words = _words(spoken), _words(quoted)
    script = _script(words, quoted_words)
    profiles = profiles_in(script)
    if not profiles:
        return "und", script
    objections = objections_to(words, script)
    if min(objections) > _MIXED * len(words):
        sentences = [_limited(objections_to(_words(part), script)) for part in _SENTENCE_END.split(spoken)]
        objections = list(map(sum, zip(*sentences, strict=True)))
    if quoted_words:
        quoted_say = _limited(objections_to(quoted_words, script))
        objections = [own + _QUOTED_WEIGHT * said for own, said in zip(objections, quoted_say, strict=True)]
    totals = list(map(sub, objections, likely_before(script)))
    best = totals.index(min(totals))
    return (profiles[best].code if best < len(profiles) and profiles[best].told else "und"), script


def _parts(text: str) -> tuple[str, str]:
    """What of `text` stands outside quotations, and the quotations."""
    quotations = _QUOTED.findall(text)
    outside = _QUOTED.sub(" ", text) if quotations else text
    quoted = "\n".join(quotations)
    return (outside.lower(), quoted.lower()) if outside.isupper() else (outside, quoted)


def _words(text: str) -> list[JudgedWord]:
    return list(map(judged, _WORD.findall(text)))


def _script(words: list[JudgedWord], quoted: list[JudgedWord]) -> str:
    scripts = {word.script for word in words} | {word.script for word in quoted}
    if len(scripts) < 2:
        return next(iter(scripts), "Zyyy")
    weights = dict.fromkeys(sorted(scripts), 0.0)
    for counted, weight in ((words, 1.0), (quoted, _QUOTED_WEIGHT)):
        for word in counted:
            weights[word.script] += weight * word.weight
    return max(weights, key=weights.__getitem__)


def _limited(objections: list[float]) -> list[float]:
    """`objections` to a sentence, so that a long one counts no more than another that is as clear."""
    least = min(objections)
    return [min(each - least, _SENTENCE_LIMIT) for each in objections]
