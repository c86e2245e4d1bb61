"""TOML files that people write: read strictly, with errors that name the file, the key and the nearest known key."""

from __future__ import annotations

import difflib
import tomllib
from datetime import datetime
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator

from newscrawler.errors import NewscrawlerError

Model = TypeVar("Model", bound=BaseModel)

_KINDS: dict[type, tuple[tuple[type, ...], str]] = {
    bool: ((bool,), "true or false without quotes"),
    int: ((int,), "a whole number without quotes"),
    float: ((int, float), "a number without quotes"),
    datetime: ((datetime, str), "a date and time"),
}


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


def read_toml(path: Path, error: type[NewscrawlerError]) -> dict[str, Any]:
    """The tables of the TOML file at `path`. Raises `error`, naming the file, when it cannot be read or is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as cause:
        raise error(f"cannot read {path}", cause=cause, remedy="Check the path and its permissions") from cause
    except (ValueError, RecursionError) as cause:
        raise error(f"{path} is not valid TOML", cause=cause, remedy="Mend the line that is named") from cause


def check(model: type[Model], values: dict[str, Any], origin: str, error: type[NewscrawlerError]) -> Model:
    """`values` as a `model`. Raises `error` that names every mistake; `origin` says where the values came from."""
    try:
        return model.model_validate(values)
    except ValidationError as cause:
        problems = [_describe(model, item["loc"], item["type"], item["msg"]) for item in cause.errors()]
        raise error(f"{origin}: {'; '.join(problems)}", remedy="Mend these keys") from cause


def nearest(name: str, known: list[str]) -> str:
    """The phrase `, did you mean 'x'?` for the known name nearest to `name`, or the list of known names."""
    close = difflib.get_close_matches(name, known, n=1)
    return f", did you mean {close[0]!r}?" if close else f" (known: {', '.join(sorted(known))})"


def _describe(model: type[BaseModel], place: tuple[int | str, ...], kind: str, message: str) -> str:
    key = ".".join(str(part) for part in place)
    if kind == "extra_forbidden":
        return f"unknown key {key!r}{nearest(str(place[-1]), _keys_beside(model, place[:-1]))}"
    if kind == "missing":
        return f"key {key!r} is missing"
    return f"{key}: {message.removeprefix('Value error, ')}" if key else message.removeprefix("Value error, ")


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
