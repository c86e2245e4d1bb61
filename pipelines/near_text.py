"""Near text: whether two articles are one text, going by the sentences that they share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from itertools import chain

from newscrawler.article import Article
from pipelines.skeleton import skeleton_words
from pipelines.specifics import Specifics, shared_names, specifics_of

# Word 4-grams, one in four of them, find planted agency edits with a recall of .996, where MinHash at its defaults has
# .49 and SimHash at most .31. The grams only find candidates; sentences decide.
_GRAM = 4
_SAMPLED = 4
_SHORT = 60
_FEWEST_GRAMS_SHARED = 0.25
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n")
_FEWEST_SENTENCE_WORDS = 5
# Of the shorter text: what stands unchanged in the longer one, and what stands there changed or not.
_KEPT = 0.55
_FOUND = 0.66
# Words that two sentences share, of all their words: the same sentence, changed; and changed in a word or two.
_CHANGED = 0.5
_RETOUCHED = 0.8
_OF_THIS_EVENT = 2
_FORM_FIELDS = 2
_MOSTLY_FIELDS = 0.75


@dataclass(frozen=True, eq=False)
class _Sentence:
    text: str
    words: tuple[str, ...]

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(self.words)

    @cached_property
    def specifics(self) -> Specifics:
        return specifics_of(self.text)

    def likeness(self, other: _Sentence) -> float:
        """How many of the two sentences' words they share, 0 to 1."""
        shared = sum((self.counts & other.counts).values())
        return 2 * shared / (len(self.words) + len(other.words))

    def differs_in_specifics(self, other: _Sentence) -> bool:
        """Whether a number or a name is another one."""
        own, others = self.specifics, other.specifics
        named_alike = shared_names(own.names, others.names) == len(own.names)
        return own.numbers != others.numbers or not named_alike


@dataclass(slots=True)
class _Comparison:
    """What became of the shorter text's sentences in the longer one; `replaced`: some gave way to others there."""

    kept: list[_Sentence] = field(default_factory=list)
    filled_otherwise: list[_Sentence] = field(default_factory=list)
    changed: list[_Sentence] = field(default_factory=list)
    replaced: bool = False


def sampled_hashes(article: Article) -> set[int]:
    """Hashes of one in four of the text's word 4-grams (of all in a short text) and of its longer sentences.

    63-bit, the same on every machine; texts that share many of them are near each other.
    """
    sentences = [sentence.words for sentence in _sentences(article)]
    grams = {_hash(" ".join(gram)) for gram in _grams(sentences)}
    if sum(map(len, sentences)) >= _SHORT:
        grams = {value for value in grams if value % _SAMPLED == 0}
    return grams | {_hash("\n" + " ".join(words)) for words in sentences if len(words) >= _FEWEST_SENTENCE_WORDS}


def same_text(a: Article, b: Article) -> bool:
    """Whether `a` and `b` are one text: copied, with small edits, another headline, lead or tail, re-ordered, or in
    letters that only look the same.

    Most of the shorter body stands sentence by sentence in the longer one. One form filled in twice (weather, prices,
    accidents) is not one text; nor are two notes under one boilerplate, whose shared sentences name nothing of their
    own. The headline and the lead, which every newsroom writes itself, do not count.
    """
    shorter, longer = sorted((_sentences(a), _sentences(b)), key=_length_and_words)
    if not shorter or not _may_be_one(shorter, longer):
        return False
    found = _compare(shorter, longer)
    length = _length(shorter)
    if _length(found.kept) < _KEPT * length:
        return False
    if _length(found.kept) + _length(found.filled_otherwise) + _length(found.changed) < _FOUND * length:
        return False
    if _is_form(found):
        return False
    if found.replaced:
        return len(specifics_of("\n".join(sentence.text for sentence in found.kept))) >= _OF_THIS_EVENT
    return True


def shared_part(a: Article, b: Article) -> float:
    """How much of the shorter of the two texts stands, changed or not, in the longer one: 0 to 1, in words."""
    shorter, longer = sorted((_sentences(a), _sentences(b)), key=_length_and_words)
    found = _compare(shorter, longer)
    shared = _length(found.kept) + _length(found.filled_otherwise) + _length(found.changed)
    return shared / _length(shorter) if shorter else 0.0


def is_copy(a: Article, b: Article) -> bool:
    """Whether the two texts are equal but for case, punctuation, spacing and look-alike letters."""
    return _words(a) == _words(b)


def _may_be_one(shorter: Sequence[_Sentence], longer: Sequence[_Sentence]) -> bool:
    """Whether so many words stand in the same order that looking sentence by sentence can come to anything."""
    own = _grams([sentence.words for sentence in shorter])
    return len(own & _grams([sentence.words for sentence in longer])) >= _FEWEST_GRAMS_SHARED * len(own)


def _compare(shorter: Sequence[_Sentence], longer: Sequence[_Sentence]) -> _Comparison:
    found = _Comparison()
    by_words = {sentence.words: place for place, sentence in enumerate(longer)}
    places = [by_words.get(sentence.words) for sentence in shorter]
    met = set(places)
    for number, (sentence, place) in enumerate(zip(shorter, places, strict=True)):
        if place is not None:
            found.kept.append(sentence)
            continue
        likeness, nearest = _most_alike(sentence, longer, met)
        if likeness < _CHANGED:
            continue
        places[number] = nearest
        met.add(nearest)
        if sentence.differs_in_specifics(longer[nearest]):
            found.filled_otherwise.append(sentence)
        else:
            (found.kept if likeness >= _RETOUCHED else found.changed).append(sentence)
    found.replaced = bool(_gaps(places) & _gaps([place if place in met else None for place in range(len(longer))]))
    return found


def _most_alike(sentence: _Sentence, longer: Sequence[_Sentence], met: Container[int | None]) -> tuple[float, int]:
    """The likeness and the place of the sentence of `longer`, at none of the places `met`, that is most like one."""
    rest = (place for place in range(len(longer)) if place not in met)
    return max(((sentence.likeness(longer[place]), place) for place in rest), default=(0.0, 0))


def _gaps(places: Iterable[int | None]) -> set[int]:
    """Where sentences stand that only one text has (None): behind which place of the longer text, -1 for its top."""
    gaps = set()
    last = -1
    for place in places:
        if place is None:
            gaps.add(last)
        else:
            last = place
    return gaps


def _is_form(found: _Comparison) -> bool:
    """Whether the sentences that name numbers or names are mostly filled in otherwise."""
    filled = len(found.filled_otherwise)
    as_before = sum(bool(len(sentence.specifics)) for sentence in (*found.kept, *found.changed))
    return filled >= _FORM_FIELDS and filled >= _MOSTLY_FIELDS * (filled + as_before)


def _sentences(article: Article) -> list[_Sentence]:
    found = (_Sentence(text, skeleton_words(text)) for text in _SENTENCE_END.split(_text(article)))
    return [sentence for sentence in found if sentence.words]


def _length(sentences: Sequence[_Sentence]) -> int:
    return sum(len(sentence.words) for sentence in sentences)


def _length_and_words(sentences: Sequence[_Sentence]) -> tuple[int, list[tuple[str, ...]]]:
    return _length(sentences), [sentence.words for sentence in sentences]


def _text(article: Article) -> str:
    return "\n".join(article.body or [article.headline])


def _words(article: Article) -> list[str]:
    return [word for sentence in _sentences(article) for word in sentence.words]


def _grams(sentences: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    words = list(chain.from_iterable(sentences))
    return set(zip(*(words[start:] for start in range(_GRAM)), strict=False))


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1
