"""Topics: what an article is about, in IPTC Media Topics, best first, on what evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from operator import itemgetter

from newscrawler.article import Article, Evidence, Tag, Where
from newscrawler.vocabulary import Vocabulary
from pipelines.section_meanings import section_meanings
from pipelines.stems import StemList
from pipelines.step import StepContext

_WEIGHT = {Where.HEADLINE: 2.0, Where.LEAD: 1.5, Where.BODY: 1.0}
_AGAIN = 0.25
_MOST_TIMES = 4
_BREADTH = 1.0
_SECTION = 45.0
_ADDRESS = 30.0
_ABOUT = 2.5
_SECOND = 0.62
_MOST_TOPICS = 3
_MOST_EVIDENCE = 6
_NO_TOPIC = ""

_Shares = tuple[tuple[str, float], ...]
"""The topics that a stem speaks for, and how strongly: its weight, divided among them."""

_Found = tuple[_Shares, float, str, Where]
"""What speaks for topics: for which, how much it counts where it stood, its words, and where they first stood."""


def topics(article: Article, context: StepContext) -> Article:
    """`article` with its `topics`, best first, each with the words that led to it; none where nothing is clear.

    What the newsroom's section and address mean leads; then words and phrases of the vocabulary count by their weight
    and by where they stand, repetition little, and a topic of which several words speak more than one with a single
    word. A further topic is given only when it comes near the first. A text in which the words of no topic lead (a
    digest, a correction) has none. Texts in other languages than Kazakh and Russian are tagged by section and address
    alone.
    """
    said = list(_said(article, context))
    written = _written(article, context.vocabulary)
    scores = _scores(said, written)
    ranked = sorted(scores, key=lambda slug: -scores[slug])
    if ranked[:1] == [_NO_TOPIC]:
        ranked = []
    tags = [
        _tag(slug, scores[slug], [*said, *written])
        for slug in ranked[:_MOST_TOPICS]
        if slug != _NO_TOPIC and scores[slug] >= max(_ABOUT, scores[ranked[0]] * _SECOND)
    ]
    return replace(article, topics=tags)


def _said(article: Article, context: StepContext) -> Iterator[_Found]:
    for said in section_meanings(article, context):
        if said.meaning.topic:
            weight = _SECTION if said.evidence.where is Where.SECTION else _ADDRESS
            yield ((said.meaning.topic, 1.0),), weight, said.evidence.words, said.evidence.where


def _written(article: Article, vocabulary: Vocabulary) -> list[_Found]:
    entries = _topic_words(vocabulary, article.language, folded=article.script in ("Latn", "Arab"))
    if entries is None:
        return []
    first: dict[str, tuple[_Shares, str, Where]] = {}
    weights: dict[str, list[float]] = {}
    for where, text in _parts(article):
        weight = _WEIGHT[where]
        for entry, shares, words, _ in entries.hits(text):
            if entry not in first:
                first[entry] = (shares, words, where)
                weights[entry] = [weight]
            else:
                weights[entry].append(weight * _AGAIN)
    return [
        (shares, sum(weights[entry][:_MOST_TIMES]), words, where) for entry, (shares, words, where) in first.items()
    ]


def _parts(article: Article) -> list[tuple[Where, str]]:
    return [
        (Where.HEADLINE, article.headline),
        (Where.LEAD, article.description or ""),
        (Where.BODY, "\n".join(article.body)),
    ]


@cache
def _topic_words(vocabulary: Vocabulary, language: str, *, folded: bool) -> StemList[_Shares] | None:
    if language not in ("kk", "ru"):
        return None
    weights: dict[str, dict[str, float]] = {}
    speaking = [(topic.slug, topic.stems) for topic in vocabulary.topics] + [(_NO_TOPIC, vocabulary.no_topic)]
    for slug, stems in speaking:
        for stem, weight in stems.get(language, {}).items():
            weights.setdefault(stem, {})[slug] = weight
    shares = {stem: tuple((slug, weight / len(by)) for slug, weight in by.items()) for stem, by in weights.items()}
    return StemList(shares, folded=folded)


def _scores(said: list[_Found], written: list[_Found]) -> dict[str, float]:
    words: dict[str, float] = {}
    breadth: dict[str, int] = {}
    for shares, weight, _, _ in written:
        for slug, share in shares:
            words[slug] = words.get(slug, 0.0) + share * weight
            breadth[slug] = breadth.get(slug, 0) + 1
    scores = {slug: score * breadth[slug] / (breadth[slug] + _BREADTH) for slug, score in words.items()}
    for shares, weight, _, _ in said:
        for slug, share in shares:
            scores[slug] = scores.get(slug, 0.0) + share * weight
    return scores


def _tag(slug: str, score: float, found: list[_Found]) -> Tag:
    own = [
        (share * weight, words, where)
        for shares, weight, words, where in found
        for name, share in shares
        if name == slug
    ]
    own.sort(key=itemgetter(0), reverse=True)
    evidence = [Evidence(words=words, where=where) for _, words, where in own[:_MOST_EVIDENCE]]
    return Tag(code=slug, score=round(score, 2), evidence=evidence)
