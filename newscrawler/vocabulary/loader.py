"""Loading the vocabulary: the shipped TOML files, then the operator's folders over them, checked as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from newscrawler.errors import VocabularyError
from newscrawler.toml_files import StrictModel, check, content_of, nearest, tables_of
from newscrawler.vocabulary.entries import (
    NoTopicEntry,
    PlaceKind,
    PlaceLine,
    RegionEntry,
    RegionsFile,
    Scopes,
    Surroundings,
    TopicEntry,
    TopicsFile,
    WeightedStems,
    Wordings,
)

_LANGUAGES = ("kk", "ru", "en")
_SHIPPED = Path(__file__).parent
_READ_BY_OTHERS = {"dates.toml"}
_NOT_THE_OPERATORS = {"letters.toml", "languages.toml", "numerals.toml"}
_WEIGHTS = {"decisive": 4.0, "strong": 2.0, "weak": 1.0}
_Lists = TypeVar("_Lists", bound=StrictModel)


@dataclass(slots=True, kw_only=True, frozen=True)
class Place:
    """A place within a region, in the words of `PlaceLine`."""

    code: str
    kind: PlaceKind
    kk: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()
    ru_adjective: tuple[str, ...] = ()
    ru_residents: tuple[str, ...] = ()
    context: bool = False
    ru_word: bool = False


@dataclass(slots=True, kw_only=True, frozen=True)
class Region:
    """A region of Kazakhstan: ISO 3166-2 code, the slug in addresses, names by language, and the places within it.

    `seat_of_government`: its name often stands for the state.
    """

    code: str
    slug: str
    names: dict[str, str]
    places: tuple[Place, ...] = ()
    seat_of_government: bool = False


@dataclass(slots=True, kw_only=True, frozen=True)
class Topic:
    """A topic: slug, IPTC Media Topic code, names by language, names of sections that mean it, and its words.

    `stems` gives for a language each stem (or stems with spaces between) and its weight.
    """

    slug: str
    medtop: str
    names: dict[str, str]
    sections: tuple[str, ...] = ()
    stems: dict[str, dict[str, float]] = field(default_factory=dict)


@dataclass(kw_only=True, frozen=True, eq=False)
class Vocabulary:
    """Everything the steps know of places, topics and wordings; compared and hashed by identity.

    `no_topic` gives, as a topic's `stems`, the words of texts about no subject or about many.
    """

    regions: tuple[Region, ...]
    topics: tuple[Topic, ...]
    no_topic: dict[str, dict[str, float]] = field(default_factory=dict)
    surroundings: Surroundings = field(default_factory=Surroundings)
    scopes: Scopes = field(default_factory=Scopes)
    wordings: Wordings = field(default_factory=Wordings)

    @cached_property
    def _regions(self) -> dict[str, Region]:
        return {region.code: region for region in self.regions}

    @cached_property
    def _topics(self) -> dict[str, Topic]:
        return {topic.slug: topic for topic in self.topics}

    def region(self, code: str) -> Region:
        """The region with the ISO 3166-2 `code`. Raises VocabularyError when there is none."""
        try:
            return self._regions[code]
        except KeyError:
            raise VocabularyError(f"no region has the code {code!r}{nearest(code, list(self._regions))}") from None

    def topic(self, slug: str) -> Topic:
        """The topic called `slug`. Raises VocabularyError when there is none."""
        try:
            return self._topics[slug]
        except KeyError:
            raise VocabularyError(f"no topic is called {slug!r}{nearest(slug, list(self._topics))}") from None


def load_vocabulary(folders: Sequence[Path] = ()) -> Vocabulary:
    """The shipped vocabulary with the operator's `folders` laid over it, in order; a missing folder holds nothing, and
    one that is a file is a mistake.

    An entry of a later file with the same code or slug adds its places or words, and its names and slug win; with
    `replace = true` its places or words take the place of all before. Lists of the other files are added to.
    As long as the files hold the same, it is the same object: what the steps make of it, which takes longer than
    reading it, is made and in memory once for all newsrooms of a process.
    Raises VocabularyError that names the file and the mistake: broken TOML, an unknown key or file, a new region or
    topic that is not whole, two regions with one slug.
    """
    return _vocabulary_of(tuple((path, content_of(path, VocabularyError)) for path in _files(folders)))


@lru_cache(maxsize=2)
def _vocabulary_of(files: Sequence[tuple[Path, bytes]]) -> Vocabulary:
    regions: dict[str, Region] = {}
    topics: dict[str, Topic] = {}
    no_topic: dict[str, dict[str, float]] = {}
    lists: dict[str, StrictModel] = {}
    for path, content in files:
        values = tables_of(path, content, VocabularyError)
        if path.name == "regions.toml":
            for region_entry in check(RegionsFile, values, str(path), VocabularyError).regions:
                regions[region_entry.code] = _region(region_entry, regions.get(region_entry.code), path)
        elif path.name == "topics.toml":
            file = check(TopicsFile, values, str(path), VocabularyError)
            for topic_entry in file.topics:
                topics[topic_entry.slug] = _topic(topic_entry, topics.get(topic_entry.slug), path)
            no_topic = _with_stems(no_topic, file.no_topic)
        else:
            model = _LIST_FILES[path.name]
            lists[path.name] = _joined(lists.get(path.name, model()), check(model, values, str(path), VocabularyError))
        _one_of_each(regions.values(), path)
    return Vocabulary(
        regions=tuple(regions.values()),
        topics=tuple(topics.values()),
        no_topic=no_topic,
        **{path.removesuffix(".toml"): found for path, found in lists.items()},  # type: ignore[arg-type]
    )


_LIST_FILES: dict[str, type[StrictModel]] = {
    "surroundings.toml": Surroundings,
    "scopes.toml": Scopes,
    "wordings.toml": Wordings,
}
_FILES = ("regions.toml", "topics.toml", *_LIST_FILES)


def _files(folders: Sequence[Path]) -> Iterable[Path]:
    yield from (_SHIPPED / name for name in _FILES)
    for folder in folders:
        if folder.exists() and not folder.is_dir():
            raise VocabularyError(f"{folder} is a file", remedy=f"Make it a folder of word lists: {', '.join(_FILES)}")
        for path in sorted(folder.glob("*.toml")):
            if path.name in _NOT_THE_OPERATORS:
                raise VocabularyError(f"{path}: this list is part of the program", remedy="Remove the file")
            if path.name not in _FILES and path.name not in _READ_BY_OTHERS:
                known = [*_FILES, *_READ_BY_OTHERS]
                raise VocabularyError(f"{path}: no such word list{nearest(path.name, known)}", remedy="Rename the file")
        yield from (folder / name for name in _FILES if (folder / name).is_file())


def _region(entry: RegionEntry, before: Region | None, path: Path) -> Region:
    names = {**(before.names if before else {}), **entry.names}
    slug = entry.slug or (before.slug if before else None)
    if slug is None or _nameless(names):
        missing = [*(["slug"] if slug is None else []), *_nameless(names)]
        raise _not_whole(f"region {entry.code}", path, missing)
    kept = before.places if before and not entry.replace else ()
    places = tuple(_place(entry.code, line) for line in entry.places)
    seat = entry.seat_of_government
    if seat is None:
        seat = before.seat_of_government if before else False
    return Region(code=entry.code, slug=slug, names=names, places=kept + places, seat_of_government=seat)


def _place(code: str, line: PlaceLine) -> Place:
    return Place(code=code, **dict(line))


def _topic(entry: TopicEntry, before: Topic | None, path: Path) -> Topic:
    names = {**(before.names if before else {}), **entry.names}
    medtop = entry.medtop or (before.medtop if before else None)
    if medtop is None or _nameless(names):
        missing = [*(["medtop"] if medtop is None else []), *_nameless(names)]
        raise _not_whole(f"topic {entry.slug}", path, missing)
    topic = before if before and not entry.replace else Topic(slug=entry.slug, medtop=medtop, names=names)
    stems = _with_stems(topic.stems, entry)
    return replace(topic, medtop=medtop, names=names, sections=topic.sections + entry.sections, stems=stems)


def _with_stems(before: dict[str, dict[str, float]], entry: TopicEntry | NoTopicEntry) -> dict[str, dict[str, float]]:
    return {
        language: {**before.get(language, {}), **_weighted(words)}
        for language, words in (("kk", entry.kk), ("ru", entry.ru))
    }


def _weighted(words: WeightedStems) -> dict[str, float]:
    return {stem: weight for level, weight in _WEIGHTS.items() for stem in getattr(words, level)}


def _nameless(names: dict[str, str]) -> list[str]:
    return [f"names.{language}" for language in _LANGUAGES if not names.get(language)]


def _not_whole(what: str, path: Path, missing: list[str]) -> VocabularyError:
    return VocabularyError(f"{path}: {what} is new, and lacks {', '.join(missing)}", remedy="Give it what it lacks")


def _joined(before: _Lists, added: StrictModel) -> _Lists:
    both: dict[str, Any] = {
        name: tuple(dict.fromkeys(getattr(before, name) + getattr(added, name))) for name in type(before).model_fields
    }
    return type(before)(**both)


def _one_of_each(regions: Iterable[Region], path: Path) -> None:
    slugs: dict[str, str] = {}
    for region in regions:
        other = slugs.setdefault(region.slug, region.code)
        if other != region.code:
            raise VocabularyError(f"{path}: regions {other} and {region.code} have one slug, {region.slug!r}")
