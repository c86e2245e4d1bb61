"""Matched sentences: which sentences of one text stand in another, unchanged or changed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipelines.skeleton import skeleton_words
from pipelines.specifics import Specifics, shared_names, specifics_of

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n")
# Words that two sentences share, of all their words: the same sentence, changed; and changed in a word or two.
_CHANGED = 0.5
_RETOUCHED = 0.8
# Two sentences of which half the words are shared have at least a third of either's words in common.
_SURELY_SHARED = 1 / 3
# Changed sentences are looked for by their words, the more of them the dearer each; no news is as long.
_MOST_LOOKED_FOR = 500


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence as it is written, and its skeleton words."""

    text: str
    words: tuple[str, ...]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands in it."""
        return Counter(self.words)

    @cached_property
    def specifics(self) -> Specifics:
        """Its numbers and names."""
        return specifics_of(self.text)

    def likeness(self, other: Sentence) -> float:
        """How many of the two sentences' words they share, 0 to 1."""
        shared = sum((self.counts & other.counts).values())
        return 2 * shared / (len(self.words) + len(other.words))

    def is_like(self, other: Sentence) -> bool:
        """Whether the two share half of their words or more."""
        return self.likeness(other) >= _CHANGED

    def names_as_in(self, other: Sentence) -> set[str]:
        """Its names that the other sentence names too."""
        return {name for name in self.specifics.names if shared_names([name], other.specifics.names)}

    def differs_in_specifics(self, other: Sentence) -> bool:
        """Whether a number or a name is another one."""
        own, others = self.specifics, other.specifics
        named_alike = shared_names(own.names, others.names) == len(own.names)
        return own.numbers != others.numbers or not named_alike


@dataclass(slots=True)
class MatchedSentences:
    """What became of one text's sentences in the other.

    `filled_otherwise` are those in which a number or a name is another one, `names_in_filled` the names in them that
    are not; `replaced`: some sentences gave way to others there.
    """

    kept: list[Sentence] = field(default_factory=list)
    filled_otherwise: list[Sentence] = field(default_factory=list)
    names_in_filled: set[str] = field(default_factory=set)
    changed: list[Sentence] = field(default_factory=list)
    replaced: bool = False

    @property
    def length(self) -> int:
        """The words of all sentences that stand in the other text, changed or not."""
        return sum(map(length_of, (self.kept, self.filled_otherwise, self.changed)))


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of `text` that have words; every line ends one."""
    found = (Sentence(part, skeleton_words(part)) for part in _SENTENCE_END.split(text))
    return [sentence for sentence in found if sentence.words]


def length_of(sentences: Iterable[Sentence]) -> int:
    """How many words the sentences have."""
    return sum(len(sentence.words) for sentence in sentences)


def match_sentences(
    shorter: Sequence[Sentence], longer: Sequence[Sentence], *, least_kept: float = 0.0
) -> MatchedSentences | None:
    """What became of the sentences of `shorter` in `longer`, each of which answers for one sentence at most.

    None as soon as fewer of the words of `shorter` than the share `least_kept` can be in sentences kept, which have no
    more than a word or two changed. Of sentences that do not stand unchanged, the first 500 are looked for among the
    first 500.
    """
    places = _unchanged(shorter, longer)
    found = MatchedSentences(
        kept=[sentence for sentence, place in zip(shorter, places, strict=True) if place is not None]
    )
    missing = [number for number, place in enumerate(places) if place is None]
    met = {place for place in places if place is not None}
    rest = _SentenceIndex([(place, one) for place, one in enumerate(longer) if place not in met][:_MOST_LOOKED_FOR])
    needed = least_kept * length_of(shorter)
    may_be_kept = length_of(found.kept) + length_of(shorter[number] for number in missing[:_MOST_LOOKED_FOR])
    for number in missing[:_MOST_LOOKED_FOR]:
        if may_be_kept < needed:
            return None
        sentence = shorter[number]
        likeness, nearest = rest.nearest(sentence)
        differs = likeness >= _CHANGED and sentence.differs_in_specifics(longer[nearest])
        if likeness < _RETOUCHED or differs:
            may_be_kept -= len(sentence.words)
        if likeness < _CHANGED:
            continue
        places[number] = nearest
        met.add(nearest)
        rest.remove(nearest)
        if differs:
            found.filled_otherwise.append(sentence)
            found.names_in_filled |= sentence.names_as_in(longer[nearest])
        else:
            (found.kept if likeness >= _RETOUCHED else found.changed).append(sentence)
    if may_be_kept < needed:
        return None
    found.replaced = bool(_gaps(places) & _gaps([place if place in met else None for place in range(len(longer))]))
    return found


def _unchanged(shorter: Sequence[Sentence], longer: Sequence[Sentence]) -> list[int | None]:
    """The place in `longer` of each sentence of `shorter` that stands there unchanged, no place twice."""
    by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in reversed(range(len(longer))):
        by_words[longer[place].words].append(place)
    return [by_words[sentence.words].pop() if by_words.get(sentence.words) else None for sentence in shorter]


class _SentenceIndex:
    """Sentences by their words, to find the one that is most like another without comparing it with all."""

    def __init__(self, sentences: Sequence[tuple[int, Sentence]]) -> None:
        self._sentences = dict(sentences)
        self._places: dict[str, set[int]] = defaultdict(set)
        for place, sentence in sentences:
            for word in sentence.counts:
                self._places[word].add(place)

    def nearest(self, sentence: Sentence) -> tuple[float, int]:
        """The likeness and the place of the sentence most like `sentence`; 0.0 where none shares half the words."""
        rarest = sorted(sentence.words, key=lambda word: len(self._places.get(word, ())))
        telling = rarest[: len(rarest) - int(len(rarest) * _SURELY_SHARED) + 1]
        near = set().union(*(self._places.get(word, set()) for word in set(telling)))
        likeness, place = max(((sentence.likeness(self._sentences[one]), one) for one in near), default=(0.0, 0))
        return (likeness, place) if likeness >= _CHANGED else (0.0, 0)

    def remove(self, place: int) -> None:
        """Takes the sentence at `place` out."""
        for word in self._sentences.pop(place).counts:
            self._places[word].discard(place)


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
