"""What the TOML files of a vocabulary folder may hold, a model a file, as people write it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator, model_validator

from newscrawler.newsroom import Texts
from newscrawler.toml_files import StrictModel, matching

# What stands beside slugs in the addresses of feeds and pages.
_RESERVED = "all|national|world|feeds|index|newsrooms"
_SLUG = matching(
    rf"(?!(?:{_RESERVED})$)[a-z][a-z-]*",
    f"small Latin letters and -, a letter first, and none of {_RESERVED.replace('|', ', ')}",
)


class PlaceKind(StrEnum):
    """What a place is.

    CITY is a city of republican rank, AREA a historical or natural area within one region, BYNAME another way to call
    a region (`елорда`), written with a small letter.
    """

    OBLAST = "oblast"
    CITY = "city"
    TOWN = "town"
    DISTRICT = "district"
    VILLAGE = "village"
    AREA = "area"
    ABBREVIATION = "abbreviation"
    BYNAME = "byname"


def _kind(value: object) -> object:
    return PlaceKind(value) if isinstance(value, str) and value in list(PlaceKind) else value


class PlaceLine(StrictModel):
    """One line of the gazetteer: a place and its names.

    `kk` and `ru` are nouns in the nominative; `ru_adjective` is the stem of a Russian adjective up to `-ск`
    (`туркестанск`) or, where it does not end so, up to its ending; `ru_residents` is `астанчан`, where residents are
    not called as the adjective lets expect (`павлодарец`). With `context` the name alone never decides: a word such
    as `ауданы` or `город` must stand beside it. With `ru_word` a Russian name is also a word that may open
    a sentence.
    """

    kind: Annotated[PlaceKind, BeforeValidator(_kind)]
    kk: Texts = ()
    ru: Texts = ()
    ru_adjective: Texts = ()
    ru_residents: Texts = ()
    context: bool = False
    ru_word: bool = False

    @model_validator(mode="after")
    def _some_name(self) -> PlaceLine:
        if not (self.kk or self.ru or self.ru_adjective):
            raise ValueError("a place needs a name: kk, ru or ru_adjective")
        return self


class RegionEntry(StrictModel):
    """A region; `replace` throws away the places that files read before gave to it."""

    code: str = Field(min_length=2)
    slug: Annotated[str, _SLUG] | None = None
    names: dict[str, str] = Field(default_factory=dict)
    places: tuple[PlaceLine, ...] = ()
    seat_of_government: bool | None = None
    replace: bool = False


class RegionsFile(StrictModel):
    """regions.toml."""

    regions: tuple[RegionEntry, ...]


class WeightedStems(StrictModel):
    """Stems by how strongly one of them speaks for a topic.

    A stem stands for every word that begins with it; with `=` at its end for that word alone. Several stems in one
    entry, with spaces between, stand for words that follow each other.
    """

    decisive: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()

    @field_validator("decisive", "strong", "weak")
    @classmethod
    def _long_enough(cls, stems: tuple[str, ...]) -> tuple[str, ...]:
        for stem in stems:
            if len(stem.strip("= ")) < 3 and not stem.strip().endswith("="):
                raise ValueError(
                    f"{stem!r} is too short for the beginning of a word; write {stem + '='!r} for the word"
                )
        return stems


class TopicEntry(StrictModel):
    """A topic; `replace` throws away the words that files read before gave to it."""

    slug: Annotated[str, _SLUG]
    medtop: Annotated[str, matching(r"medtop:\d{8}", "an IPTC code, such as medtop:04000000")] | None = None
    names: dict[str, str] = Field(default_factory=dict)
    sections: tuple[str, ...] = ()
    kk: WeightedStems = WeightedStems()
    ru: WeightedStems = WeightedStems()
    replace: bool = False


class NoTopicEntry(StrictModel):
    """Words of texts about no subject, or about many: digests, corrections, notes of a site about itself."""

    kk: WeightedStems = WeightedStems()
    ru: WeightedStems = WeightedStems()


class TopicsFile(StrictModel):
    """topics.toml."""

    topics: tuple[TopicEntry, ...] = ()
    no_topic: NoTopicEntry = NoTopicEntry()


class Surroundings(StrictModel):
    """surroundings.toml: words beside a place's name that say what the name stands for there.

    The lists `*_after` of ranks, `other_after` and `route` hold beginnings of words; all others hold whole words or,
    with `*` at the end, beginnings.
    """

    oblast_after: tuple[str, ...] = ()
    oblast_before: tuple[str, ...] = ()
    area_after: tuple[str, ...] = ()
    district_after: tuple[str, ...] = ()
    district_before: tuple[str, ...] = ()
    town_after: tuple[str, ...] = ()
    town_before: tuple[str, ...] = ()
    village_after: tuple[str, ...] = ()
    village_before: tuple[str, ...] = ()
    other_after: tuple[str, ...] = ()
    other_before: tuple[str, ...] = ()
    adjective_other: tuple[str, ...] = ()
    route: tuple[str, ...] = ()
    vehicles: tuple[str, ...] = ()
    travelling: tuple[str, ...] = ()
    distances: tuple[str, ...] = ()
    comparing: tuple[str, ...] = ()
    passing_before: tuple[str, ...] = ()
    passing_after: tuple[str, ...] = ()
    troupes: tuple[str, ...] = ()
    residents: tuple[str, ...] = ()
    trial: tuple[str, ...] = ()
    state_before: tuple[str, ...] = ()
    state_after: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    place_prepositions: tuple[str, ...] = ()


class Scopes(StrictModel):
    """scopes.toml: stems that speak for an article of the whole country or of the world outside, as in topics.toml.

    `parts` are parts of the country that are called after it, and do not count; `state` holds stems of any country's
    institutions, which weigh half; `meetings` stems of what brings people to the capital; `examples` stems that make
    the places beside them examples; `*_sections` are names of sections.
    """

    national: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    world: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    national_sections: tuple[str, ...] = ()
    world_sections: tuple[str, ...] = ()


class Wordings(StrictModel):
    """wording.toml: how newsrooms say where a text comes from, and lines that are no part of an article.

    `attributions` stand before a source's name, at the end of a sentence; `attribution_sentences` are sentences of
    their own, with `{}` for the name; `source_ends` are words at which the name has ended; `source_titles` are words
    that describe the source and are no part of its name; `agencies` are names that open a text as a dateline;
    `read_also` are openings of lines that lead to other articles; `counters` are words and signs that stand beside the
    number in a line that counts views or comments, `counter_units` what may stand behind that number.
    """

    attributions: tuple[str, ...] = ()
    attribution_sentences: tuple[
        Annotated[str, matching(r"[^{}]*\{\}[^{}]*", "one {} where the name stands")], ...
    ] = ()
    source_ends: tuple[str, ...] = ()
    source_titles: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    read_also: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    counter_units: tuple[str, ...] = ()
