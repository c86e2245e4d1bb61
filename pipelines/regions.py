"""Regions: which regions of Kazakhstan an article is about, on what evidence, and how far it reaches."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate
from urllib.parse import urlsplit

from newscrawler.article import Article, Evidence, Scope, Tag, Where
from newscrawler.vocabulary import Vocabulary
from pipelines.attribution import OPENING_PARAGRAPHS, find_attribution
from pipelines.mention_roles import Role
from pipelines.mentions import Mention, find_mentions
from pipelines.reach import REACHING_OUT, WEIGHT, Hint, Part, Reach, parts_of, reach_of
from pipelines.section_meanings import Said, section_meanings
from pipelines.step import StepContext

__all__ = ["Mention", "find_mentions", "regions"]

_MOST_OF_BODY = 4.0
_OF_ROLE = {Role.ORIGIN: 0.7, Role.RESIDENCE: 0.8, Role.PASSING: 0.3}
_SCENES = frozenset({Role.SCENE, Role.TRIAL, Role.STATE})
_BESIDE_A_SCENE = 0.25
_SEAT_BESIDE_THE_STATE = 0.3
_SEAT_AS_MEETING_PLACE = 0.25
_EXAMPLE = 0.4
_ABOUT = 1.5
_ABOUT_UNDISPUTED = 0.75
_BESIDE_THE_FIRST = 0.4
_BESIDE_THE_COUNTRY = 0.6
_SEVERAL_BESIDE_THE_COUNTRY = 2.0
_BESIDE_THE_WORLD = 0.3
_UNCONFIRMED = 0.75
_AS_STRONG = 0.85
_STRONG_ENOUGH_FOR_TRIAL = 0.6
_EVERYWHERE = 5
_MANY = 4
_MOST_EVIDENCE = 5
_SECTIONS_REMEMBERED = 4096


def regions(article: Article, context: StepContext) -> Article:
    """`article` with the `regions` it is about, primary first, each with its evidence, and its `scope`.

    What headline, lead and body name counts, the sooner the more, less where a place is only whence someone comes,
    and not in an attribution or a dateline; and what section and address mean. The seat of government weighs less
    where the state or another country is named beside it, or where people meet there on another region. A second
    region beside one in the headline stands in headline and text too, or weighs nearly as much; of two as strong ones
    the first is the one that the headline names first, or that of a trial. REGIONAL articles have at least one
    region, others none.
    """
    parts = parts_of(article)
    said = section_meanings(article, context)
    reach = reach_of(parts, context.vocabulary, folded=article.script in ("Latn", "Arab"))
    found = _scored(article, parts, said, reach, context)
    scope = _scope(found, reach, said)
    return replace(article, scope=scope, regions=_tags(found) if scope is Scope.REGIONAL else [])


@dataclass(slots=True)
class _Found:
    """A region with its score; `in_headline` is its rank among those that the headline names, `in_text` whether lead,
    body, section or address name it, `tried_in` whether the headline has a trial there, `is_scene` whether anything
    happens there at all."""

    code: str
    score: float = 0.0
    body: float = 0.0
    in_headline: int | None = None
    in_text: bool = False
    tried_in: bool = False
    is_scene: bool = True
    evidence: list[Evidence] = field(default_factory=list)

    def add(self, weight: float, evidence: Evidence) -> None:
        if evidence.where is Where.BODY:
            weight = min(weight, _MOST_OF_BODY - self.body)
            self.body += weight
        self.score += weight
        self.in_text = self.in_text or evidence.where is not Where.HEADLINE
        if len(self.evidence) < _MOST_EVIDENCE and evidence not in self.evidence:
            self.evidence.append(evidence)


def _scored(article: Article, parts: list[Part], said: list[Said], reach: Reach, context: StepContext) -> list[_Found]:
    """The regions that are named or said, the strongest first."""
    by_part = _mentions_by_part(article, parts, context)
    seats = {region.code for region in context.vocabulary.regions if region.seat_of_government}
    others = {mention.code for mentions in by_part.values() for mention in mentions} - seats
    scenes = {mention.code for mentions in by_part.values() for mention in mentions if mention.role in _SCENES}
    headline = list(dict.fromkeys(mention.code for mention in by_part.get(0, ())))
    found: dict[str, _Found] = {}
    for at, mentions in by_part.items():
        part = parts[at]
        strongest: dict[str, tuple[float, Mention]] = {}
        for mention in mentions:
            weight = _weight(mention, mentions, scenes)
            if mention.code in seats:
                weight *= _of_seat(mention, at, reach, beside_others=bool(others))
            if weight > strongest.get(mention.code, (0.0, mention))[0]:
                strongest[mention.code] = weight, mention
        example = _EXAMPLE if strongest and not headline and Hint.EXAMPLE in reach.of_part(at) else 1.0
        for code, (weight, mention) in strongest.items():
            evidence = Evidence(words=mention.words, where=part.where)
            found.setdefault(code, _Found(code)).add(part.weight * weight * example, evidence)
    tried_in = {mention.code for mention in by_part.get(0, ()) if mention.role is Role.TRIAL}
    for code, region in found.items():
        region.is_scene = code in scenes
    for rank, code in enumerate(headline):
        if code in found:
            found[code].in_headline = rank
            found[code].tried_in = code in tried_in
    for code, evidence in _said_regions(article, said, context, named=bool(found)):
        found.setdefault(code, _Found(code)).add(WEIGHT[evidence.where], evidence)
    return _strongest_first(found.values())


def _mentions_by_part(article: Article, parts: list[Part], context: StepContext) -> dict[int, list[Mention]]:
    """The mentions by the number of their part, without those of a credited source."""
    starts = [0, *accumulate(len(part.text) + 1 for part in parts)]
    credited = _credited_spans(parts, starts, context)
    by_part: dict[int, list[Mention]] = {}
    text = "\n".join(part.text for part in parts)
    for mention in find_mentions(text, article.language, context.vocabulary, article.script):
        if not any(start <= mention.start < end for start, end in credited):
            by_part.setdefault(bisect_right(starts, mention.start) - 1, []).append(mention)
    return by_part


def _credited_spans(parts: list[Part], starts: list[int], context: StepContext) -> list[tuple[int, int]]:
    """Where in the text the source is credited: in the lead, in the opening paragraphs and in the last one."""
    without_headline = list(enumerate(parts))[1:]
    opening, rest = without_headline[: OPENING_PARAGRAPHS + 1], without_headline[OPENING_PARAGRAPHS + 1 :]
    spans = []
    for at, part in [*opening, *rest[-1:]]:
        credit = find_attribution(part.text, context.vocabulary, context.newsroom)
        if credit is not None:
            spans.append((starts[at] + credit.start, starts[at] + credit.end))
    return spans


def _weight(mention: Mention, beside: list[Mention], scenes: set[str]) -> float:
    """What its role leaves of a mention's weight; one that is no scene loses most where another region is one."""
    if mention.role not in _SCENES:
        in_part = {other.code for other in beside if other.role in _SCENES}
        only_here = mention.role is not Role.PASSING and mention.code in scenes
        if (in_part if only_here else scenes) - {mention.code}:
            return _BESIDE_A_SCENE
    return _OF_ROLE.get(mention.role, 1.0)


def _of_seat(mention: Mention, at: int, reach: Reach, *, beside_others: bool) -> float:
    """What is left of the weight of the seat of government; where it acts as the state, its reach is remembered."""
    if mention.role is Role.STATE and reach.goes_out():
        reach.acting_state.add(at)
        return 0.0
    hints = reach.of_part(at)
    if beside_others and Hint.MEETING in hints:
        return _SEAT_AS_MEETING_PLACE
    beside_the_state = hints & REACHING_OUT or (Hint.MEETING in hints and reach.goes_out())
    return _SEAT_BESIDE_THE_STATE if beside_the_state else 1.0


def _said_regions(
    article: Article, said: list[Said], context: StepContext, *, named: bool
) -> list[tuple[str, Evidence]]:
    """The regions that section and address mean; the folders of an address are read where the text names none."""
    regions = [(item.meaning.region, item.evidence) for item in said if item.meaning.region]
    if not regions and article.section:
        codes = _regions_called(article.section, article.language, context.vocabulary)
        regions = [(code, Evidence(words=article.section, where=Where.SECTION)) for code in codes]
    if not regions and not named:
        for folder in urlsplit(article.canonical_url).path.split("/")[:-1]:
            codes = _regions_called(folder.replace("-", " ").title(), "kk", context.vocabulary)
            regions += [(code, Evidence(words=folder, where=Where.ADDRESS)) for code in codes]
    return regions


@lru_cache(maxsize=_SECTIONS_REMEMBERED)
def _regions_called(name: str, language: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The codes of the regions that the name of a section or of a folder names."""
    mentions = find_mentions(name, language if language in ("kk", "ru") else "und", vocabulary)
    return tuple(dict.fromkeys(mention.code for mention in mentions))


def _strongest_first(found: Iterable[_Found]) -> list[_Found]:
    ranked = sorted(found, key=lambda region: -region.score)
    if not ranked or ranked[0].in_headline is None:
        return ranked
    level = [
        region
        for region in ranked
        if region.in_headline is not None
        and region.score >= ranked[0].score * (_STRONG_ENOUGH_FOR_TRIAL if region.tried_in else _AS_STRONG)
    ]
    first = min(level, key=lambda region: (not region.tried_in, region.in_headline))
    return [first, *(region for region in ranked if region is not first)]


def _scope(found: list[_Found], reach: Reach, said: list[Said]) -> Scope:
    best = max((region.score for region in found), default=0.0)
    named = next((Scope(item.meaning.scope) for item in said if item.meaning.scope), None)
    if named is Scope.REGIONAL and found:
        return Scope.REGIONAL
    if _is_about_every_region(found, best):
        return Scope.NATIONAL
    abroad = WEIGHT[Where.SECTION] if named is Scope.WORLD else 0.0
    confirmed = any(region.in_text and region.is_scene for region in found)
    if best - abroad >= WEIGHT[Where.HEADLINE] and confirmed:
        return Scope.REGIONAL
    national, world = reach.towards(Scope.NATIONAL), reach.towards(Scope.WORLD) + abroad
    if found and not confirmed and best < world * _UNCONFIRMED:
        return Scope.WORLD if world > national else Scope.NATIONAL
    if not (national or world) and best >= _ABOUT_UNDISPUTED:
        return Scope.REGIONAL
    beside_country = national * _beside_the_country(found, best)
    if best - abroad >= max(_ABOUT, beside_country, world * _BESIDE_THE_WORLD):
        return Scope.REGIONAL
    if not abroad and (reach.is_of_the_country() or (national and world < _ABOUT)):
        return Scope.NATIONAL
    return Scope.WORLD if world > national else Scope.NATIONAL


def _beside_the_country(found: list[_Found], best: float) -> float:
    """How much of what speaks for the country a region must outweigh: the more, the less it stands out."""
    if any(region.in_headline is not None for region in found):
        return _BESIDE_THE_FIRST
    level = [region for region in found if region.score >= best * _UNCONFIRMED]
    return _BESIDE_THE_COUNTRY if len(level) == 1 else _SEVERAL_BESIDE_THE_COUNTRY


def _is_about_every_region(found: list[_Found], best: float) -> bool:
    level = [region for region in found if region.score >= best * _BESIDE_THE_FIRST]
    named_first = any(region.in_headline is not None for region in found)
    return len(level) >= (_EVERYWHERE if named_first else _MANY)


def _tags(found: list[_Found]) -> list[Tag]:
    first = found[0]
    least = max(_ABOUT, first.score * _BESIDE_THE_FIRST)
    unconfirmed = least if first.in_headline is None else max(_ABOUT, first.score * _UNCONFIRMED)
    return [
        Tag(code=region.code, score=round(region.score, 2), evidence=region.evidence)
        for region in found
        if region is first or region.score >= (least if _is_confirmed(region) else unconfirmed)
    ]


def _is_confirmed(region: _Found) -> bool:
    return region.in_headline is not None and region.in_text
