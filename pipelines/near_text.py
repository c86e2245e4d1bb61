"""Near text: whether two articles are one text, going by the sentences that they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from newscrawler.article import Article
from pipelines.matched_sentences import MatchedSentences, Sentence, length_of, match_sentences, sentences_of
from pipelines.skeleton import skeleton_words
from pipelines.specifics import specifics_of
from pipelines.stable_hash import stable_hash

# Word 4-grams, one in four of them, find planted agency edits with a recall of .996, where MinHash at its defaults has
# .49 and SimHash at most .31. The grams only find candidates; sentences decide.
_GRAM = 4
_SAMPLED = 4
_SHORT = 60
_FEWEST_GRAMS_SHARED = 0.25
_FEWEST_SENTENCE_WORDS = 5
# Of the shorter text: what stands unchanged in the longer one, and what stands there changed or not.
_KEPT = 0.55
_FOUND = 0.66
# Fewer numbers and names than this tell no event; in so few words they may still be a channel's or a column's.
_OF_THIS_EVENT = 2
_FEWEST_WORDS_THAT_TELL = 15
_FEWEST_WORDS_OF_ITS_OWN = 40
_FORM_FIELDS = 2
_MOSTLY_FIELDS = 0.75


def sampled_hashes(article: Article) -> set[int]:
    """Hashes of one in four of the text's word 4-grams (of all in a short text) and of its longer sentences.

    63-bit, the same on every machine; texts that share many of them are near each other.
    """
    sentences = [sentence.words for sentence in _sentences(article)]
    grams = {stable_hash(" ".join(gram)) for gram in _grams(sentences)}
    if sum(map(len, sentences)) >= _SHORT:
        grams = {value for value in grams if value % _SAMPLED == 0}
    return grams | {stable_hash("\n" + " ".join(words)) for words in sentences if len(words) >= _FEWEST_SENTENCE_WORDS}


def same_text(a: Article, b: Article) -> bool:
    """Whether `a` and `b` are one text: copied, with small edits, another headline, lead or tail, re-ordered, or in
    letters that only look the same.

    Most of the shorter body stands sentence by sentence in the longer one. One form filled in twice (weather, prices,
    accidents) is not one text; nor are two notes under one boilerplate, whose shared sentences name nothing of their
    own. The headline and the lead, which every newsroom writes itself, count only where the body is missing, or is so
    short or so general that it may be boilerplate: then one of them must agree.
    """
    shorter, longer = sorted((_sentences(a), _sentences(b)), key=_length_and_words)
    if not shorter or not _may_be_one(shorter, longer):
        return False
    found = match_sentences(shorter, longer, least_kept=_KEPT)
    length = length_of(shorter)
    if found is None or length_of(found.kept) < _KEPT * length or found.length < _FOUND * length:
        return False
    told = len(specifics_of("\n".join(sentence.text for sentence in found.kept)))
    if _is_form(found, told) or (found.replaced and told < _OF_THIS_EVENT):
        return False
    words = length_of(found.kept)
    if words < _FEWEST_WORDS_THAT_TELL or (told < _OF_THIS_EVENT and words < _FEWEST_WORDS_OF_ITS_OWN):
        return _are_titled_alike(a, b)
    return True


def shared_part(a: Article, b: Article) -> float:
    """How much of the shorter of the two texts stands, changed or not, in the longer one: 0 to 1, in words."""
    shorter, longer = sorted((_sentences(a), _sentences(b)), key=_length_and_words)
    found = match_sentences(shorter, longer)
    return found.length / length_of(shorter) if shorter and found is not None else 0.0


def is_copy(a: Article, b: Article) -> bool:
    """Whether the two texts are equal but for case, punctuation, spacing and look-alike letters."""
    return _words(a) == _words(b)


def _may_be_one(shorter: Sequence[Sentence], longer: Sequence[Sentence]) -> bool:
    """Whether so many words stand in the same order that looking sentence by sentence can come to anything."""
    own = _grams([sentence.words for sentence in shorter])
    return len(own & _grams([sentence.words for sentence in longer])) >= _FEWEST_GRAMS_SHARED * len(own)


def _is_form(found: MatchedSentences, told: int) -> bool:
    """Whether the sentences that name numbers or names are mostly filled in otherwise: several, or a single one where
    what is kept has too few of them, `told`, to tell the event. A longer text is told by the names in those sentences
    as well."""
    filled = len(found.filled_otherwise)
    as_before = sum(bool(len(sentence.specifics)) for sentence in (*found.kept, *found.changed))
    if length_of(found.kept) >= _FEWEST_WORDS_OF_ITS_OWN:
        told += len(found.names_in_filled)
    if told < _OF_THIS_EVENT:
        return filled > as_before
    return filled >= _FORM_FIELDS and filled >= _MOSTLY_FIELDS * (filled + as_before)


def _are_titled_alike(a: Article, b: Article) -> bool:
    """Whether the leads share half of their words, or the headlines do. A headline of few words may be a column's: it
    counts only where no two leads speak against it."""
    headlines, leads = (_titles(a.headline, b.headline), _titles(a.description, b.description))
    if leads is not None and leads[0].is_like(leads[1]):
        return True
    if headlines is None or not headlines[0].is_like(headlines[1]):
        return False
    return leads is None or min(len(one.words) for one in headlines) >= _FEWEST_SENTENCE_WORDS


def _titles(a: str | None, b: str | None) -> tuple[Sentence, Sentence] | None:
    """The two lines as one sentence each; None where one has no words."""
    one, other = (Sentence(text, skeleton_words(text)) for text in (a or "", b or ""))
    return (one, other) if one.words and other.words else None


def _sentences(article: Article) -> list[Sentence]:
    return sentences_of("\n".join(article.body or [article.headline, article.description or ""]))


def _length_and_words(sentences: Sequence[Sentence]) -> tuple[int, list[tuple[str, ...]]]:
    return length_of(sentences), [sentence.words for sentence in sentences]


def _words(article: Article) -> list[str]:
    return [word for sentence in _sentences(article) for word in sentence.words]


def _grams(sentences: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    words = list(chain.from_iterable(sentences))
    return set(zip(*(words[start:] for start in range(_GRAM)), strict=False))
