"""Regions: which regions of Kazakhstan an article is about, on what evidence, and how far it reaches."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import accumulate

from newscrawler.article import Article, Evidence, Scope, Tag, Where
from newscrawler.vocabulary import Vocabulary
from pipelines.attribution import OPENING_PARAGRAPHS, find_attribution
from pipelines.mentions import Mention, find_mentions
from pipelines.section_meanings import Said, section_meanings
from pipelines.stems import StemList
from pipelines.step import StepContext

__all__ = ["Mention", "find_mentions", "regions"]

_WEIGHT = {Where.HEADLINE: 4.0, Where.LEAD: 2.5, Where.BODY: 0.75, Where.SECTION: 3.0, Where.ADDRESS: 2.0}
_FIRST_PARAGRAPH = 1.5
_MOST_OF_BODY = 4.0
_RESIDENTS = 0.8
_SEAT_BESIDE_THE_STATE = 0.4
_ANY_STATE = 0.5
_ABOUT = 1.5
_BESIDE_THE_FIRST = 0.4
_EVERYWHERE = 5
_MOST_EVIDENCE = 5


def regions(article: Article, context: StepContext) -> Article:
    """`article` with the `regions` it is about, primary first, each with its evidence, and its `scope`.

    What headline, lead and body name counts, the sooner the more, and what section and address mean; not what an
    attribution or a dateline names; the seat of government weighs less where the state or another country is named
    beside it. REGIONAL articles have at least one region, NATIONAL and WORLD ones have none.
    """
    parts = _parts(article)
    said = section_meanings(article, context)
    reach = _Reach(parts, _scope_words(context.vocabulary, folded=article.script in ("Latn", "Arab")))
    found = _scored(article, parts, said, reach, context)
    scope = _scope(found, reach, said)
    return replace(article, scope=scope, regions=_tags(found) if scope is Scope.REGIONAL else [])


@dataclass(slots=True)
class _Part:
    where: Where
    text: str
    weight: float


@dataclass(slots=True)
class _Reach:
    """What the words of each part say of the country and the world; read only where it is asked for."""

    parts: list[_Part]
    words: StemList[tuple[Scope, float]]
    known: dict[int, dict[Scope, float]] = field(default_factory=dict)

    def of_part(self, at: int) -> dict[Scope, float]:
        """The scopes that the words of a part speak for, each as strongly as its strongest word."""
        if at not in self.known:
            said: dict[Scope, float] = {}
            for hit in self.words.hits(self.parts[at].text):
                scope, weight = hit.meaning
                said[scope] = max(weight, said.get(scope, 0.0))
            self.known[at] = said
        return self.known[at]

    def of_text(self, scope: Scope) -> float:
        """How strongly the words of all parts speak for `scope`."""
        return sum(part.weight * self.of_part(at).get(scope, 0.0) for at, part in enumerate(self.parts))


@dataclass(slots=True)
class _Found:
    code: str
    score: float = 0.0
    body: float = 0.0
    evidence: list[Evidence] = field(default_factory=list)

    def add(self, weight: float, evidence: Evidence) -> None:
        if evidence.where is Where.BODY:
            weight = min(weight, _MOST_OF_BODY - self.body)
            self.body += weight
        self.score += weight
        if len(self.evidence) < _MOST_EVIDENCE and evidence not in self.evidence:
            self.evidence.append(evidence)


def _parts(article: Article) -> list[_Part]:
    parts = [_Part(Where.HEADLINE, article.headline, _WEIGHT[Where.HEADLINE])]
    if article.description:
        parts.append(_Part(Where.LEAD, article.description, _WEIGHT[Where.LEAD]))
    for text in article.body:
        first = parts[-1].where is not Where.BODY
        parts.append(_Part(Where.BODY, text, _FIRST_PARAGRAPH if first else _WEIGHT[Where.BODY]))
    return parts


def _scored(
    article: Article, parts: list[_Part], said: list[Said], reach: _Reach, context: StepContext
) -> list[_Found]:
    """The regions that are named or said, the strongest first."""
    found: dict[str, _Found] = {}
    seen: set[tuple[str, int]] = set()
    starts = [0, *accumulate(len(part.text) + 1 for part in parts)]
    credited = _credited_spans(parts, starts, context)
    for mention in find_mentions("\n".join(part.text for part in parts), article.language, context.vocabulary):
        at = bisect_right(starts, mention.start) - 1
        if (mention.code, at) in seen or any(start <= mention.start < end for start, end in credited):
            continue
        seen.add((mention.code, at))
        weight = parts[at].weight * (_RESIDENTS if mention.resident else 1.0)
        if context.vocabulary.region(mention.code).seat_of_government and reach.of_part(at):
            weight *= _SEAT_BESIDE_THE_STATE
        evidence = Evidence(words=mention.words, where=parts[at].where)
        found.setdefault(mention.code, _Found(mention.code)).add(weight, evidence)
    for code, evidence in _said_regions(article, said, context):
        found.setdefault(code, _Found(code)).add(_WEIGHT[evidence.where], evidence)
    return sorted(found.values(), key=lambda region: -region.score)


def _credited_spans(parts: list[_Part], starts: list[int], context: StepContext) -> list[tuple[int, int]]:
    """Where in the text the source is credited: in the lead, in the opening paragraphs and in the last one."""
    without_headline = list(enumerate(parts))[1:]
    opening, rest = without_headline[: OPENING_PARAGRAPHS + 1], without_headline[OPENING_PARAGRAPHS + 1 :]
    spans = []
    for at, part in [*opening, *rest[-1:]]:
        credit = find_attribution(part.text, context.vocabulary, context.newsroom)
        if credit is not None:
            spans.append((starts[at] + credit.start, starts[at] + credit.end))
    return spans


def _said_regions(article: Article, said: list[Said], context: StepContext) -> list[tuple[str, Evidence]]:
    regions = [(item.meaning.region, item.evidence) for item in said if item.meaning.region]
    if not regions and article.section:
        language = article.language if article.language in ("kk", "ru") else "und"
        mentions = find_mentions(article.section, language, context.vocabulary)
        regions = [(mention.code, Evidence(words=article.section, where=Where.SECTION)) for mention in mentions]
    return regions


@cache
def _scope_words(vocabulary: Vocabulary, *, folded: bool) -> StemList[tuple[Scope, float]]:
    lists = vocabulary.scopes
    words = dict.fromkeys(lists.state, (Scope.NATIONAL, _ANY_STATE))
    words |= dict.fromkeys(lists.national, (Scope.NATIONAL, 1.0))
    words |= dict.fromkeys(lists.world, (Scope.WORLD, 1.0))
    return StemList(words, folded=folded)


def _scope(found: list[_Found], reach: _Reach, said: list[Said]) -> Scope:
    best = found[0].score if found else 0.0
    named = next((Scope(item.meaning.scope) for item in said if item.meaning.scope), None)
    if named is Scope.REGIONAL and found:
        return Scope.REGIONAL
    if _is_about_every_region(found):
        return Scope.NATIONAL
    abroad = _WEIGHT[Where.SECTION] if named is Scope.WORLD else 0.0
    if best - abroad >= _WEIGHT[Where.HEADLINE]:
        return Scope.REGIONAL
    national, world = reach.of_text(Scope.NATIONAL), reach.of_text(Scope.WORLD) + abroad
    if best - abroad >= max(_ABOUT, national * _BESIDE_THE_FIRST, world * _BESIDE_THE_FIRST):
        return Scope.REGIONAL
    return Scope.WORLD if world > national else Scope.NATIONAL


def _is_about_every_region(found: list[_Found]) -> bool:
    level = [region for region in found if region.score >= found[0].score * _BESIDE_THE_FIRST]
    return len(level) >= _EVERYWHERE


def _tags(found: list[_Found]) -> list[Tag]:
    least = max(_ABOUT, found[0].score * _BESIDE_THE_FIRST)
    return [
        Tag(code=region.code, score=round(region.score, 2), evidence=region.evidence)
        for region in found
        if region.score >= least or region is found[0]
    ]
