"""Config: what the operator decided, from newscrawler.toml, the environment and the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator

from newscrawler.errors import ConfigError
from newscrawler.newsroom import Newsroom, find_newsrooms, newsroom_path, read_newsroom
from newscrawler.project import project_folder
from newscrawler.toml_files import StrictModel, check, nearest, read_toml
from newscrawler.urls import is_web_address

CONFIG_NAME = "newscrawler.toml"
_PREFIX = "NEWSCRAWLER_"
_NOT_SETTINGS = frozenset({"NEWSCRAWLER_CONFIG", "NEWSCRAWLER_REQUIRE_TOOLS"})


class Config(StrictModel):
    """The operator's decisions. Paths are absolute once `load_config` has read them; times carry a zone.

    `now`, `resolve` and `delay_scale` are for tests and development: `now` stops the clock, `resolve` sends the
    requests for a host to an address, `delay_scale` multiplies every delay; the last two hold only for what
    `allow_addresses` names.
    """

    contact: str = ""
    base_url: str = "http://localhost:8000/"
    title: str = "newscrawler"
    feed_authority: str = Field(default="newscrawler.invalid,2024", pattern=r"^[a-z0-9.@-]+,\d{4}(-\d\d(-\d\d)?)?$")
    newsrooms: tuple[str, ...] = ()
    store: str = "newscrawler.db"
    public: Path = Path("public")
    allow_addresses: tuple[str, ...] = ()
    max_page_bytes: Annotated[int, Field(ge=10_000, le=256_000_000)] = 4_000_000
    page_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0
    max_tries: Annotated[int, Field(ge=1, le=50)] = 5
    entries: Annotated[int, Field(ge=1, le=1000)] = 50
    now: datetime | None = None
    resolve: dict[str, str] = Field(default_factory=dict)
    delay_scale: Annotated[float, Field(ge=0, le=10)] = 1.0
    folder: Path = Field(default_factory=Path.cwd)

    @field_validator("base_url")
    @classmethod
    def _base(cls, url: str) -> str:
        if not is_web_address(url):
            raise ValueError(f"{url!r} is not an absolute http or https address")
        return url if url.endswith("/") else f"{url}/"

    @field_validator("now")
    @classmethod
    def _with_zone(cls, now: datetime | None) -> datetime | None:
        if now is not None and now.tzinfo is None:
            raise ValueError("needs an offset, such as 2024-05-14T18:00:00+05:00")
        return now

    @model_validator(mode="after")
    def _development_only_where_allowed(self) -> Config:
        refused = [address for address in self.resolve.values() if address not in self.allow_addresses]
        if refused:
            raise ValueError(f"resolve sends requests to {refused[0]}, which allow_addresses does not name")
        if self.delay_scale != 1.0 and not self.allow_addresses:
            raise ValueError("delay_scale needs allow_addresses")
        return self

    def clock(self) -> datetime:
        """The present moment in UTC: `now` where the configuration stops the clock, else the machine's."""
        return self.now.astimezone(UTC) if self.now is not None else datetime.now(UTC)

    def store_url(self) -> str:
        """The store as an SQLAlchemy URL; a plain path means an SQLite file."""
        if "://" in self.store:
            return self.store
        return f"sqlite:///{self.store if self.store == ':memory:' else os.path.normpath(self.folder / self.store)}"

    def newsroom_folders(self) -> list[Path]:
        """Where newsroom files are: the shipped ones, then the operator's own beside newscrawler.toml."""
        return [project_folder() / "spiders" / "newsrooms", self.folder / "newsrooms"]

    def newsroom_files(self) -> dict[str, Path]:
        """Every newsroom file by name, broken ones included."""
        return find_newsrooms(self.newsroom_folders())

    def newsroom(self, name: str) -> Newsroom:
        """The newsroom called `name`, or the one in the file of that path. Raises NewsroomError."""
        return read_newsroom(newsroom_path(name, self.newsroom_files()))


def load_config(
    path: Path | None = None,
    environment: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] | None = None,
    allow_addresses: Sequence[str] = (),
) -> Config:
    """The configuration: the file at `path`, then the environment's NEWSCRAWLER_* over it, then `overrides`;
    `allow_addresses` are added to those it names.

    Without `path`: the file that NEWSCRAWLER_CONFIG names, else newscrawler.toml in the working directory, else the
    defaults. Relative paths of the file are relative to the file's folder, others to the working directory.
    Raises ConfigError for a missing or broken file and for unknown keys, naming the nearest known one.
    """
    environment = os.environ if environment is None else environment
    if path is None and environment.get("NEWSCRAWLER_CONFIG"):
        path = Path(environment["NEWSCRAWLER_CONFIG"])
    if path is None and Path(CONFIG_NAME).is_file():
        path = Path(CONFIG_NAME)
    values: dict[str, Any] = {}
    folder = Path.cwd()
    if path is not None:
        values = read_toml(path, ConfigError)
        folder = path.resolve().parent
        if "folder" in values:
            raise ConfigError(f"{path}: unknown key 'folder'", remedy="Paths are relative to the file's own folder")
    for source in (_from_environment(environment), dict(overrides or {})):
        for key in ("store", "public"):
            if key in source and "://" not in str(source[key]) and source[key] != ":memory:":
                source[key] = str(Path.cwd() / str(source[key]))
        values |= source
    if allow_addresses and isinstance(values.get("allow_addresses", ()), list | tuple):
        values["allow_addresses"] = (*values.get("allow_addresses", ()), *allow_addresses)
    if "public" in values and isinstance(values["public"], str):
        values["public"] = Path(values["public"])
    config = check(Config, values | {"folder": folder}, str(path or "configuration"), ConfigError)
    return config.model_copy(update={"public": Path(os.path.normpath(folder / config.public))})


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    known = {_PREFIX + name.upper(): name for name in Config.model_fields if name != "folder"}
    values: dict[str, Any] = {}
    for variable, text in environment.items():
        if not variable.startswith(_PREFIX) or variable in _NOT_SETTINGS:
            continue
        if variable not in known:
            raise ConfigError(
                f"unknown environment variable {variable}{nearest(variable, list(known))}",
                remedy="Unset or rename it",
            )
        name = known[variable]
        if name in ("newsrooms", "allow_addresses"):
            values[name] = tuple(part.strip() for part in text.split(",") if part.strip())
        elif (kind := Config.model_fields[name].annotation) in (int, float):
            values[name] = _number(variable, text, whole=kind is int)
        elif name == "resolve":
            values[name] = dict(_pair(variable, part) for part in text.split(",") if part.strip())
        else:
            values[name] = text
    return values


def _number(variable: str, text: str, *, whole: bool) -> float:
    try:
        return int(text) if whole else float(text)
    except ValueError as cause:
        wanted = "a whole number" if whole else "a number"
        raise ConfigError(f"{variable}: {text!r} is not {wanted}", remedy="Write it so") from cause


def _pair(variable: str, text: str) -> tuple[str, str]:
    host, separator, address = text.strip().partition("=")
    if not separator:
        raise ConfigError(f"{variable}: {text!r} is not HOST=ADDRESS:PORT", remedy="Write it so")
    return host.strip(), address.strip()
