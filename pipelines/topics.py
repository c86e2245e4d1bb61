"""Topics: what an article is about, in IPTC Media Topics, best first, on what evidence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

from newscrawler.article import Article, Evidence, Tag, Where
from newscrawler.vocabulary import Vocabulary
from pipelines.section_meanings import section_meanings
from pipelines.stems import Hit, StemList
from pipelines.step import StepContext

_WEIGHT = {Where.HEADLINE: 3.0, Where.LEAD: 2.0, Where.BODY: 1.0}
_AGAIN = 0.35
_MOST_TIMES = 5
_SECTION = 30.0
_ADDRESS = 20.0
_ABOUT = 6.0
_SECOND = 0.62
_MOST_TOPICS = 3
_MOST_EVIDENCE = 6


@dataclass(slots=True)
class _Found:
    slug: str
    score: float = 0.0
    evidence: list[tuple[float, str, Where]] = field(default_factory=list)


def topics(article: Article, context: StepContext) -> Article:
    """`article` with its `topics`, best first, each with the words that led to it; none where nothing is clear.

    What the newsroom's section and address mean leads; then words and phrases of the vocabulary count by their weight
    and by where they stand, repetition less and less. A further topic is given only when it comes near the first.
    Texts in other languages than Kazakh and Russian are tagged by section and address alone.
    """
    found: dict[str, _Found] = {}
    for said in section_meanings(article, context):
        if said.meaning.topic:
            weight = _SECTION if said.evidence.where is Where.SECTION else _ADDRESS
            _add(found, said.meaning.topic, weight, said.evidence.words, said.evidence.where)
    words = _topic_words(context.vocabulary, article.language, folded=article.script in ("Latn", "Arab"))
    if words is not None:
        times: dict[str, int] = {}
        for where, text in _parts(article):
            for hit in words.hits(text):
                _add_hit(found, hit, where, times)
    ranked = sorted(found.values(), key=lambda topic: -topic.score)
    tags = [
        _tag(topic)
        for topic in ranked[:_MOST_TOPICS]
        if topic.score >= _ABOUT and topic.score >= ranked[0].score * _SECOND
    ]
    return replace(article, topics=tags)


def _parts(article: Article) -> list[tuple[Where, str]]:
    return [
        (Where.HEADLINE, article.headline),
        (Where.LEAD, article.description or ""),
        (Where.BODY, "\n".join(article.body)),
    ]


@cache
def _topic_words(vocabulary: Vocabulary, language: str, *, folded: bool) -> StemList[dict[str, float]] | None:
    if language not in ("kk", "ru"):
        return None
    entries: dict[str, dict[str, float]] = {}
    for topic in vocabulary.topics:
        for stem, weight in topic.stems.get(language, {}).items():
            entries.setdefault(stem, {})[topic.slug] = weight
    return StemList(entries, folded=folded)


def _add_hit(found: dict[str, _Found], hit: Hit[dict[str, float]], where: Where, times: dict[str, int]) -> None:
    seen = times[hit.entry] = times.get(hit.entry, 0) + 1
    if seen > _MOST_TIMES:
        return
    share = _WEIGHT[where] * (1.0 if seen == 1 else _AGAIN) / len(hit.meaning)
    for slug, weight in hit.meaning.items():
        _add(found, slug, weight * share, hit.words, where)


def _add(found: dict[str, _Found], slug: str, weight: float, words: str, where: Where) -> None:
    topic = found.get(slug)
    if topic is None:
        topic = found[slug] = _Found(slug)
    topic.score += weight
    topic.evidence.append((weight, words, where))


def _tag(topic: _Found) -> Tag:
    strongest = sorted(topic.evidence, key=lambda item: -item[0])
    kept = list(dict.fromkeys((words, where) for _, words, where in strongest))[:_MOST_EVIDENCE]
    evidence = [Evidence(words=words, where=where) for words, where in kept]
    return Tag(code=topic.slug, score=round(topic.score, 2), evidence=evidence)
