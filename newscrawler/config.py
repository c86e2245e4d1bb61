"""Config: what the operator decided, from newscrawler.toml, the environment and the command line."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, PrivateAttr, ValidationInfo, field_validator

from newscrawler.date_words import SHIPPED_DATE_WORDS, load_date_words
from newscrawler.errors import ConfigError, NewsroomError
from newscrawler.newsroom import Newsroom
from newscrawler.newsroom_files import find_newsrooms, newsroom_path, read_newsroom, read_newsrooms
from newscrawler.pace import Duration, Pace
from newscrawler.project import project_folder
from newscrawler.toml_files import StrictModel, check, matching, nearest, read_toml
from newscrawler.urls import host_of, is_web_address, without_user

CONFIG_NAME = "newscrawler.toml"
ENVIRONMENT_PREFIX = "NEWSCRAWLER_"
_NOT_SETTINGS = frozenset({"NEWSCRAWLER_CONFIG", "NEWSCRAWLER_REQUIRE_TOOLS"})

_MAIL = re.compile(r"[^@:,;]+@[^@:,;.]++(?:\.[^@:,;.]++)++")
# The contact is sent in parentheses, on one line of a request (RFC 9110, section 5.6.5).
_NOT_IN_A_CONTACT = re.compile(r"[\s\x00-\x1f\x7f()<>\"\\]")
# What an address holds only percent-encoded (RFC 3986, section 2), or what begins a query or a fragment.
_NOT_IN_A_FOLDERS_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f<>\"\\^`{|}?#]")
_DATABASE = re.compile(r"(sqlite|postgres(ql)?)(\+\w+)?:", re.IGNORECASE)
# RFC 4151, section 2.1, without capital letters, which would make another id of the same authority.
_AUTHORITY = r"[a-z0-9.@-]+,\d{4}(-\d\d(-\d\d)?)?"
_AUTHORITY_IN_WORDS = (
    "a domain or mail address you hold, a comma, and a year or day on which you held it, such as news.example.org,2024"
)


class Config(StrictModel):
    """The operator's decisions. Paths are absolute once `load_config` has read them; times carry a zone.

    `now`, `resolve` and `delay_scale` are for tests and development: `now` stops the clock, `resolve` sends the
    requests for a host to an address, `delay_scale` multiplies every delay; the last two hold only for what
    `allow_addresses` names. docs/configuration.md tells operators of every key.
    """

    contact: str = ""
    base_url: str = "http://localhost:8000/"
    title: str = "newscrawler"
    feed_authority: Annotated[str, matching(_AUTHORITY, _AUTHORITY_IN_WORDS)] = "newscrawler.invalid,2024"
    newsrooms: tuple[str, ...] = ()
    store: str = "newscrawler.db"
    public: Path = Path("public")
    allow_addresses: tuple[str, ...] = ()
    max_page_bytes: Annotated[int, Field(ge=10_000, le=256_000_000)] = 4_000_000
    page_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0
    max_tries: Annotated[int, Field(ge=1, le=50)] = 5
    max_requests: Annotated[int, Field(ge=1, le=1_000_000)] = 5000
    min_interval: Duration | None = None
    max_interval: Duration = "6h"
    revisit: tuple[Duration, ...] = ("1h", "6h", "1d", "3d")
    entries: Annotated[int, Field(ge=1, le=1000)] = 50
    now: datetime | None = None
    resolve: dict[str, str] = Field(default_factory=dict)
    delay_scale: Annotated[float, Field(ge=0, le=10)] = 1.0
    _folder: Path = PrivateAttr(default_factory=Path.cwd)

    @field_validator("contact")
    @classmethod
    def _reachable(cls, contact: str) -> str:
        is_one = is_web_address(contact) or _MAIL.fullmatch(contact)
        if contact and (not is_one or _NOT_IN_A_CONTACT.search(contact)):
            raise ValueError(f"{contact!r} is neither a mail nor a web address")
        if is_web_address(contact) and without_user(contact) != contact:
            raise ValueError("holds a user name or password, which every site would be told")
        return contact

    @field_validator("base_url")
    @classmethod
    def _base(cls, url: str) -> str:
        if not is_web_address(url) or not host_of(url) or not _has_usable_port(url):
            raise ValueError(f"{url!r} is not an absolute http or https address")
        if without_user(url) != url:
            raise ValueError("holds a user name or password, which every reader would be told")
        if found := _NOT_IN_A_FOLDERS_ADDRESS.search(url):
            raise ValueError(f"{url!r} holds {found[0]!r}, which the address of a folder cannot")
        return url if url.endswith("/") else f"{url}/"

    @field_validator("title", "store", "public", mode="before")
    @classmethod
    def _filled(cls, value: object) -> object:
        if isinstance(value, str) and not value.strip():
            raise ValueError("is empty")
        return value

    @field_validator("store")
    @classmethod
    def _file_or_url(cls, store: str) -> str:
        if _DATABASE.match(store) and "://" not in store:
            # The value is not shown: it may hold a password.
            raise ValueError("is no file and no whole URL: that begins with sqlite:/// or postgresql://")
        return store

    @field_validator("now")
    @classmethod
    def _with_zone(cls, now: datetime | None) -> datetime | None:
        if now is not None and now.tzinfo is None:
            raise ValueError("needs an offset, such as 2024-05-14T18:00:00+05:00")
        return now

    @field_validator("resolve")
    @classmethod
    def _only_to_allowed_addresses(cls, resolve: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        refused = [address for address in resolve.values() if address not in info.data.get("allow_addresses", resolve)]
        if refused:
            raise ValueError(f"sends requests to {refused[0]}, which allow_addresses does not name")
        return resolve

    @field_validator("delay_scale")
    @classmethod
    def _only_with_allowed_addresses(cls, scale: float, info: ValidationInfo) -> float:
        if scale != 1.0 and not info.data.get("allow_addresses", scale):
            raise ValueError("needs allow_addresses")
        return scale

    @property
    def folder(self) -> Path:
        """Where newsrooms/ and vocabulary/ are looked for, and what relative paths of the file are relative to: the
        folder of newscrawler.toml, else the working directory."""
        return self._folder

    def clock(self) -> datetime:
        """The present moment in UTC: `now` where the configuration stops the clock, else the machine's."""
        return self.now.astimezone(UTC) if self.now is not None else datetime.now(UTC)

    def pace(self, newsroom: Newsroom) -> Pace:
        """How often the newsroom is asked: as its file says, and else as this configuration does."""
        keys = ("revisit", "min_interval", "max_interval", "max_requests")
        own = {key: getattr(newsroom, key) for key in keys}
        return Pace.of(**{key: getattr(self, key) if value is None else value for key, value in own.items()})

    def store_url(self) -> str:
        """The store as an SQLAlchemy URL; a plain path means an SQLite file."""
        if "://" in self.store:
            return self.store
        return f"sqlite:///{self.store if is_store_url(self.store) else os.path.normpath(self.folder / self.store)}"

    def newsroom_folders(self) -> list[Path]:
        """Where newsroom files are: the shipped ones, then the operator's own beside newscrawler.toml."""
        return [project_folder() / "spiders" / "newsrooms", self.folder / "newsrooms"]

    def newsroom_files(self) -> dict[str, Path]:
        """Every newsroom file by name, broken ones included. Raises NewsroomError when a folder of them is none."""
        return find_newsrooms(self.newsroom_folders())

    def newsroom(self, name: str) -> Newsroom:
        """The newsroom called `name`, or the one in the file of that path, with the operator's words for dates.

        Raises NewsroomError, and VocabularyError when those words are wrong.
        """
        return self._with_own_words(read_newsroom(newsroom_path(name, self.newsroom_files())))

    def all_newsrooms(self) -> tuple[dict[str, Newsroom], list[NewsroomError]]:
        """Every newsroom whose file can be read, by name, and an error for every other file."""
        newsrooms, errors = read_newsrooms(self.newsroom_files())
        return {name: self._with_own_words(newsroom) for name, newsroom in newsrooms.items()}, errors

    def _with_own_words(self, newsroom: Newsroom) -> Newsroom:
        file = self.folder / "vocabulary" / SHIPPED_DATE_WORDS.name
        return newsroom.with_date_words(load_date_words(file)) if file.is_file() else newsroom


def config_of(values: Mapping[str, Any], folder: Path, origin: str, origins: Mapping[str, str] | None = None) -> Config:
    """The configuration that `values`, as newscrawler.toml in `folder` may hold them, make.

    Raises ConfigError that names every mistake: by its key and `origin`, or by `origins` of a key where it has one.
    """
    config = check(Config, dict(values), origin, ConfigError, origins or {})
    config._folder = folder
    return config


def load_config(
    path: Path | None = None,
    environment: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] | None = None,
    allow_addresses: Sequence[str] = (),
) -> Config:
    """The configuration: the file at `path`, then the environment's NEWSCRAWLER_* over it, then `overrides`, which are
    options of the command line; `allow_addresses` are added to those it names.

    Without `path`: the file that NEWSCRAWLER_CONFIG names, else newscrawler.toml in the working directory, else the
    defaults. Relative paths of the file are relative to the file's folder, others to the working directory.
    Raises ConfigError for a missing or broken file and for unknown keys, naming the nearest known one, and for a value
    that cannot be meant, naming the file, the environment variable or the option it came from.
    """
    environment = os.environ if environment is None else environment
    if path is None and environment.get("NEWSCRAWLER_CONFIG"):
        path = Path(environment["NEWSCRAWLER_CONFIG"])
    if path is None and Path(CONFIG_NAME).is_file():
        path = Path(CONFIG_NAME)
    here = Path.cwd()
    folder = here if path is None else path.resolve().parent
    values = {} if path is None else read_toml(path, ConfigError)
    options = dict(overrides or {})
    variables = _from_environment(environment)
    values |= variables | options
    origins = {key: ENVIRONMENT_PREFIX + key.upper() for key in variables}
    origins |= {key: f"--{key.replace('_', '-')}" for key in options}
    if allow_addresses and isinstance(values.get("allow_addresses", ()), list | tuple):
        values["allow_addresses"] = (*values.get("allow_addresses", ()), *allow_addresses)
    config = config_of(values, folder, str(path or "configuration"), origins)
    absolute = {"public": Path(os.path.normpath((here if "public" in origins else folder) / config.public))}
    if "store" in origins and not is_store_url(config.store):
        return config.model_copy(update={**absolute, "store": str(here / config.store)})
    return config.model_copy(update=absolute)


def is_store_url(store: str) -> bool:
    """Whether `store` is the address of a database (or `:memory:`), and not the path of a file."""
    return "://" in store or store == ":memory:"


def _has_usable_port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    known = {name.upper(): name for name in Config.model_fields}
    values: dict[str, Any] = {}
    for variable, text in environment.items():
        if not variable.startswith(ENVIRONMENT_PREFIX) or variable in _NOT_SETTINGS:
            continue
        name = known.get(variable.removeprefix(ENVIRONMENT_PREFIX))
        if name is None:
            near = nearest(variable.removeprefix(ENVIRONMENT_PREFIX), known, ENVIRONMENT_PREFIX)
            raise ConfigError(f"unknown environment variable {variable}{near}", remedy="Unset or rename it")
        if name in ("newsrooms", "allow_addresses", "revisit"):
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
        wanted, example = ("a whole number", "50") if whole else ("a number", "0.5")
        raise ConfigError(f"{variable}: {text!r} is not {wanted}", remedy=f"Give one, such as {example}") from cause


def _pair(variable: str, text: str) -> tuple[str, str]:
    host, separator, address = text.strip().partition("=")
    if not separator:
        raise ConfigError(
            f"{variable}: {text!r} is not HOST=ADDRESS:PORT", remedy="Write it like newsroom.test=127.0.0.1:8080"
        )
    return host.strip(), address.strip()
