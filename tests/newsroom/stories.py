"""The story files as Python values. A file that says something wrong is named, with the fault."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from .article import Block, BlockKind, Photo, Story, Version
from .clock import almaty

STORIES: Final = Path(__file__).parent / "stories"
TWINNED: Final = frozenset({"turkistan-greenhouses", "abai-hospital", "vaccination"})

_TEMPLATES = frozenset("ABCD")
_KINDS = frozenset({"normal", "live", "gallery", "picture", "reprint", "scheduled"})
_SCOPES = frozenset({"regional", "national", "world"})
_BLOCK_MARKS: Final[Mapping[str, BlockKind]] = {"## ": "subhead", "> ": "quote", "- ": "item"}
_SHARED = frozenset(
    {"template", "kind", "day", "section", "scope", "regions", "regions_optional", "topics", "topics_optional"}
)
_STORY_ONLY = frozenset({"template", "kind", "day", "duplicate_of", "gone_on_day2"})
_VERSION_ONLY = frozenset(
    {"id", "slug", "published", "modified", "page_published", "headline", "lead", "authors", "photo_credit"}
    | {"caption", "tags", "credited_to", "body", "photos", "update"}
)


class StoryError(ValueError):
    """A story file that cannot be used, and why."""


def load_stories(day: int) -> list[Story]:
    """Every story of the snapshot, by name: updates applied and gone articles marked on day 2, day-2 stories only then.

    Raises StoryError for a file with missing, unknown or impossible values.
    """
    if day not in (1, 2):
        raise ValueError(f"there is no snapshot of day {day!r}: 1 or 2")
    return list(_stories(day))


@lru_cache(maxsize=2)
def _stories(day: int) -> tuple[Story, ...]:
    stories = [read_story(path, day) for path in sorted(STORIES.glob("*.toml"))]
    return tuple(story for story in stories if story.day <= day)


def read_story(path: Path, day: int) -> Story:
    """One story file, as the snapshot of `day` shows it."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return _story(path.stem, table, day)
    except (tomllib.TOMLDecodeError, StoryError) as error:
        raise StoryError(f"{path.name}: {error}") from error


def _story(name: str, table: Mapping[str, Any], day: int) -> Story:
    languages = [language for language in ("kk", "ru") if language in table]
    _refuse_unknown(table, _SHARED | _STORY_ONLY | set(languages), "the story")
    if not languages:
        raise StoryError("neither [kk] nor [ru]")
    first_day = table.get("day", 1)
    _require(first_day in (1, 2), f"day is {first_day!r}: 1 or 2")
    gone = table.get("gone_on_day2", [])
    _require(set(gone) <= set(languages), f"gone_on_day2 names a language the story lacks: {gone}")
    versions: list[Version] = []
    for language in languages:
        own = {key: value for key, value in table.items() if key in _SHARED} | table[language]
        _refuse_unknown(own, _SHARED | _VERSION_ONLY, f"[{language}]")
        first = _version(name, language, own, table.get("duplicate_of"))
        if day == 2 and "update" in own:
            update = own["update"]
            _refuse_unknown(update, _VERSION_ONLY - {"id", "slug", "published", "update"}, f"[{language}.update]")
            _require("modified" in update, f"[{language}.update] lacks modified")
            versions.append(replace(_version(name, language, own | update, table.get("duplicate_of")), updated=True))
        else:
            versions.append(replace(first, gone=day == 2 and language in gone))
        if language == "kk" and name in TWINNED:
            versions += [first.twin("Latn"), first.twin("Arab")]
    return Story(name, first_day, tuple(versions))


def _version(story: str, language: str, own: Mapping[str, Any], duplicate_of: str | None) -> Version:
    missing = {"template", "scope", "id", "slug", "published", "headline", "body"} - own.keys()
    _require(not missing, f"[{language}] lacks {', '.join(sorted(missing))}")
    template, kind, scope = own["template"], own.get("kind", "normal"), own["scope"]
    _require(template in _TEMPLATES, f"template is {template!r}: A, B, C or D")
    _require(kind in _KINDS, f"kind is {kind!r}: {', '.join(sorted(_KINDS))}")
    _require(scope in _SCOPES, f"scope is {scope!r}: {', '.join(sorted(_SCOPES))}")
    _require(bool(own.get("regions")) == (scope == "regional"), f"scope {scope} does not go with its regions")
    _require(own["headline"] != "" and not own["headline"].endswith("."), "a headline is not empty, without final stop")
    return Version(
        story=story,
        language=language,
        template=template,
        kind=kind,
        id=own["id"],
        slug=own["slug"],
        published=_moment(own, "published"),
        modified=_moment(own, "modified") if "modified" in own else None,
        page_published=_moment(own, "page_published") if "page_published" in own else None,
        section=own.get("section") or None,
        headline=own["headline"],
        lead=own.get("lead", ""),
        body=tuple(_block(text) for text in _texts(own, "body")),
        authors=_texts(own, "authors"),
        photo_credit=own.get("photo_credit", ""),
        caption=own.get("caption", ""),
        tags=_texts(own, "tags"),
        credited_to=own.get("credited_to") or None,
        photos=tuple(Photo(photo["caption"], photo["credit"]) for photo in own.get("photos", [])),
        scope=scope,
        regions=_texts(own, "regions"),
        regions_optional=_texts(own, "regions_optional"),
        topics=_texts(own, "topics"),
        topics_optional=_texts(own, "topics_optional"),
        duplicate_of=duplicate_of,
    )


def _block(text: str) -> Block:
    for mark, kind in _BLOCK_MARKS.items():
        if text.startswith(mark):
            return Block(kind, text.removeprefix(mark))
    return Block("paragraph", text)


def _texts(own: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = own.get(key, [])
    _require(isinstance(values, list) and all(isinstance(value, str) and value for value in values), f"{key}: no texts")
    _require(all(value == value.strip() for value in values), f"{key}: white space around a text")
    return tuple(values)


def _moment(own: Mapping[str, Any], key: str) -> datetime:
    value = own[key]
    _require(isinstance(value, datetime) and value.tzinfo is not None, f"{key} is {value!r}: no time with an offset")
    moment: datetime = value
    offset = almaty(moment).utcoffset()
    _require(moment.utcoffset() == offset, f"{key} has offset {moment.utcoffset()}, Almaty then had {offset}")
    _require(moment.second == 0 and offset != timedelta(0), f"{key}: pages print minutes, no seconds")
    return almaty(moment)


def _refuse_unknown(table: Mapping[str, Any], known: set[str] | frozenset[str], where: str) -> None:
    unknown = table.keys() - known
    _require(not unknown, f"{where} has unknown keys: {', '.join(sorted(unknown))}")


def _require(condition: bool, complaint: str) -> None:
    if not condition:
        raise StoryError(complaint)
