"""TOML files that people write: read strictly, with errors that name the file, the key and the nearest known key."""

from __future__ import annotations

import difflib
import json
import re
import reprlib
import tomllib
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails

from newscrawler.errors import NewscrawlerError

Model = TypeVar("Model", bound=BaseModel)

_KINDS: dict[type, tuple[tuple[type, ...], str]] = {
    bool: ((bool,), "true or false without quotes"),
    int: ((int,), "a whole number without quotes"),
    float: ((int, float), "a number without quotes"),
    datetime: ((datetime, str), "a date and time"),
}
_NO_ORIGINS: Mapping[str, str] = MappingProxyType({})


class StrictModel(BaseModel):
    """A table of a TOML file: unknown keys are refused, values are never silently converted to another kind."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, arbitrary_types_allowed=True)

    @field_validator("*", mode="before")
    @classmethod
    def _same_kind(cls, value: object, info: ValidationInfo) -> object:
        annotation = cls.model_fields[str(info.field_name)].annotation
        admitted = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
        for kind, (accepted, wanted) in _KINDS.items():
            if kind in admitted and value is not None and type(value) not in accepted:
                raise ValueError(f"needs {wanted}, not {value!r}")
        return value


def matching(pattern: str, wanted: str) -> AfterValidator:
    """For an annotation: a text that is a whole match of `pattern`; `wanted` tells people what that is."""
    compiled = re.compile(pattern)

    def matched(text: str) -> str:
        if not compiled.fullmatch(text):
            raise ValueError(f"needs {wanted}, not {text!r}")
        return text

    return AfterValidator(matched)


def read_toml(path: Path, error: type[NewscrawlerError]) -> dict[str, Any]:
    """The tables of the TOML file at `path`. Raises `error`, naming the file, when it cannot be read or is no TOML."""
    return tables_of(path, content_of(path, error), error)


def content_of(path: Path, error: type[NewscrawlerError]) -> bytes:
    """The bytes of the file at `path`. Raises `error`, naming the file, when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as cause:
        raise error(f"cannot read {path}", cause=cause, remedy="Check the path and its permissions") from cause


def tables_of(path: Path, content: bytes, error: type[NewscrawlerError]) -> dict[str, Any]:
    """The tables of `content`, the TOML file at `path`. Raises `error`, naming the file, when it is no TOML."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as cause:
        line = content.count(b"\n", 0, cause.start) + 1
        raise error(f"{path}, line {line}: is not UTF-8", remedy="Save the file as UTF-8") from cause
    except tomllib.TOMLDecodeError as cause:
        raise error(f"{path} is not valid TOML", cause=cause, remedy="Mend the place that is named") from cause
    except (ValueError, RecursionError) as cause:
        remedy = "Take out the number that is too long, or the brackets that stand too deep in each other"
        raise error(f"{path} is not valid TOML", cause=cause, remedy=remedy) from cause


def toml_text(text: str) -> str:
    """`text` as a TOML basic string, quotes included (TOML 1.0, section String)."""
    # JSON's escapes are TOML's; the one character that JSON leaves bare and TOML forbids is DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def check(
    model: type[Model],
    values: dict[str, Any],
    origin: str,
    error: type[NewscrawlerError],
    origins: Mapping[str, str] = _NO_ORIGINS,
) -> Model:
    """`values` as a `model`. Raises `error` that names every mistake.

    `origin` says where the values came from, `origins` the same of single keys that came from somewhere else.
    """
    try:
        return model.model_validate(values)
    except ValidationError as cause:
        problems: dict[str, list[str]] = {}
        for mistake in cause.errors():
            place = mistake["loc"]
            own = origins.get(str(place[0])) if place else None
            key = ".".join(str(part) for part in (place if own is None else place[1:]))
            problems.setdefault(own or origin, []).append(_describe(model, key, mistake))
        told = [f"{where}: {'; '.join(found)}" for where, found in problems.items()]
        raise error("; ".join(told), remedy="Mend what is named") from cause


def nearest(name: str, known: Collection[str], prefix: str = "") -> str:
    """The phrase ` (did you mean 'x'?)` for the known name nearest to `name`, or the list of known names; each is shown
    with the `prefix` that they share."""
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f" (did you mean {prefix + close[0]!r}?)"
    return f" (known: {', '.join(prefix + other for other in sorted(known))})"


def _describe(model: type[BaseModel], key: str, mistake: ErrorDetails) -> str:
    kind, place = mistake["type"], mistake["loc"]
    if kind == "extra_forbidden":
        return f"unknown key {key!r}{nearest(str(place[-1]), _keys_beside(model, place[:-1]))}"
    if kind == "missing":
        return f"key {key!r} is missing"
    message = _wanted(kind, str(place[-1]) if place else "", mistake["input"])
    message = message or mistake["msg"].removeprefix("Value error, ")
    return f"{key}: {message}" if key else message


def _wanted(kind: str, name: str, given: object) -> str | None:
    if kind in ("tuple_type", "list_type"):
        if isinstance(given, str):
            return f"needs a list, such as [{toml_text(given)}]"
        if isinstance(given, dict):
            return f"needs double brackets: [[{name}]]"
        return f"needs a list in [ ], not {reprlib.repr(given)}"
    if kind == "string_type":
        return f"needs a text in quotes, not {reprlib.repr(given)}"
    if kind in ("dict_type", "model_type"):
        return f"needs a table of keys, not {reprlib.repr(given)}"
    return None


def _keys_beside(model: type[BaseModel], place: tuple[int | str, ...]) -> list[str]:
    inner: Any = model
    for part in place:
        if isinstance(part, int):
            continue
        declared = inner.model_fields.get(part) if hasattr(inner, "model_fields") else None
        annotation = declared.annotation if declared else None
        inner = next((kind for kind in _models_in(annotation)), inner)
    return [field.alias or name for name, field in inner.model_fields.items()]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in getattr(annotation, "__args__", ()) for found in _models_in(part)]
