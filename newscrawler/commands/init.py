"""`newscrawler init`: a folder to run newscrawler in."""

from __future__ import annotations

import os
import re
import textwrap
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from newscrawler.commands.output import Output
from newscrawler.config import CONFIG_NAME, Config, config_of, is_store_url
from newscrawler.errors import UsageError
from newscrawler.toml_files import toml_text
from newscrawler.urls import host_of

_LONGEST_LINE = 120
# RFC 4151, section 2.1; a top-level domain begins with a letter (RFC 1123, section 2.1), an IP address is no domain.
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?")

_TEMPLATE = """\
# newscrawler.toml: what newscrawler crawls, where it keeps it and where the feeds go.
# Paths are relative to this file. Every key can be overridden by the environment (NEWSCRAWLER_CONTACT, ...) and some by
# the command line. Newsroom files of your own go into newsrooms/ beside this file, words into vocabulary/.

# Who crawls: a mail or web address under which a newsroom can reach you. Without it nothing is fetched.
contact = {contact}

# Where readers will find the feeds: the address under which the folder `public` is served.
base_url = {base_url}
title = {title}

# The authority of the feeds' permanent ids (RFC 4151: a domain or mail address you hold, and a year or day on which you
# held it). Never change it once people subscribe: all entries would be new to them.
feed_authority = {feed_authority}

{known}
newsrooms = {newsrooms}

# The store: an SQLite file, or postgresql://user@host/name.
store = {store}

# The folder of the feeds.
public = {public}

# What follows is so already; take the # away and change what should be otherwise. docs/configuration.md has every key.
{defaults}
"""

# What an operator may want otherwise some day, each with what it means; of a key without a default, with an example.
_DEFAULTS = {
    "entries": "in each feed",
    "revisit": "ages at which an article is looked at again, for edits; [] never",
    "max_interval": "a quiet list, feed or sitemap is asked at least so often",
    "min_interval": "and at most so often; without this line, in every run while it brings news",
    "max_requests": "of one run to one newsroom; the next run goes on",
    "max_tries": "runs in which a page that fails is tried, before it is put aside",
    "page_seconds": "the most time one page may take",
    "max_page_bytes": "larger pages are not read",
}
_EXAMPLES = {"min_interval": "30m"}

_SCRAPY_CFG = """\
# With this file `scrapy list` and `scrapy crawl NEWSROOM` work in this folder.
[settings]
default = newscrawler.settings
"""


def init(
    folder: Annotated[Path, typer.Argument(help="Where to write it.")] = Path(),
    contact: Annotated[str, typer.Option(help="A mail or web address under which newsrooms can reach you.")] = "",
    base_url: Annotated[str | None, typer.Option(help="The address under which the feeds will be served.")] = None,
    newsroom: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A newsroom to crawl; can be given more than once.")
    ] = None,
    store: Annotated[
        str | None, typer.Option(metavar="URL", help="The store: an SQLite file or a PostgreSQL URL.")
    ] = None,
    public: Annotated[str | None, typer.Option(metavar="DIR", help="Where the feeds are written.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing when the exit status is 0.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Write a commented newscrawler.toml, and a scrapy.cfg beside it unless there is one.

    No other configuration is read: what the options do not say is left at its default.

    **Examples**

    - `newscrawler init --contact you@example.org --newsroom newsroom_kz`
    - `newscrawler init /srv/news --base-url https://news.example.org/`
    """
    output = Output(quiet=quiet, as_json=as_json)
    path = folder / CONFIG_NAME
    given = {"contact": contact, "base_url": base_url, "store": store, "public": public}
    values = {key: value for key, value in given.items() if value is not None}
    origins = {key: f"--{key.replace('_', '-')}" for key in values}
    wanted = config_of({**values, "newsrooms": newsroom or []}, folder.resolve(), str(path), origins)
    for name in wanted.newsrooms:
        _check_newsroom(wanted, name)
    text = configuration_text(_with_paths_of_the_folder(wanted, set(values)), year=datetime.now(UTC).year)
    config_of(tomllib.loads(text), folder.resolve(), str(path))
    if not _written(path, text):
        raise UsageError(f"{path} is there already", remedy="Edit it, or remove it first")
    files = [path]
    if _written(folder / "scrapy.cfg", _SCRAPY_CFG):
        files.append(folder / "scrapy.cfg")
    output.line(f"Wrote {' and '.join(map(str, files))}.")
    missing = [key for key in ("contact", "newsrooms") if not getattr(wanted, key)]
    follow = f"Set {' and '.join(missing)} in {path.name}, then" if missing else "Next:"
    output.line(f"{follow} run 'newscrawler run' in {folder.resolve()}.")
    output.result({"config": str(path), "to_set": missing})
    raise typer.Exit(output.finish(0))


def configuration_text(config: Config, *, year: int) -> str:
    """The commented text of a newscrawler.toml that holds the contact, base_url, title, newsrooms, store and public of
    `config`, and names the newsrooms that there are.

    Its feed_authority is the host of base_url, in its ASCII form, in `year`; of `newscrawler.invalid` where that is no
    domain.
    """
    host = host_of(config.base_url)
    known = f"The newsrooms to crawl. There are: {', '.join(config.newsroom_files())}."
    return _TEMPLATE.format(
        contact=toml_text(config.contact),
        base_url=toml_text(config.base_url),
        title=toml_text(config.title),
        feed_authority=toml_text(f"{host if _DOMAIN.fullmatch(host) else 'newscrawler.invalid'},{year}"),
        known=textwrap.fill(known, _LONGEST_LINE, initial_indent="# ", subsequent_indent="# "),
        newsrooms=f"[{', '.join(map(toml_text, config.newsrooms))}]",
        store=toml_text(config.store),
        public=toml_text(str(config.public)),
        defaults=_commented_defaults(),
    )


def _commented_defaults() -> str:
    values = {key: _EXAMPLES.get(key, Config.model_fields[key].default) for key in _DEFAULTS}
    lines = {key: f"# {key} = {_toml_value(value)}" for key, value in values.items()}
    width = max(map(len, lines.values()))
    return "\n".join(f"{line:{width}}   # {_DEFAULTS[key]}" for key, line in lines.items())


def _toml_value(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml_value, value))}]"
    return toml_text(value) if isinstance(value, str) else str(value)


def _check_newsroom(config: Config, name: str) -> None:
    if name.endswith(".toml"):
        raise UsageError(
            f"--newsroom: {name!r} is a file", remedy=f"Put it into {config.folder / 'newsrooms'} and give its name"
        )
    config.newsroom(name)


def _with_paths_of_the_folder(config: Config, given: set[str]) -> Config:
    """Paths that were given are relative to the working directory; in the file they are relative to its folder."""
    paths: dict[str, object] = {}
    if "public" in given:
        paths["public"] = _seen_from(config.folder, config.public)
    if "store" in given and not is_store_url(config.store):
        paths["store"] = str(_seen_from(config.folder, Path(config.store)))
    return config.model_copy(update=paths)


def _seen_from(folder: Path, path: Path) -> Path:
    absolute = Path(os.path.normpath(Path.cwd() / path))
    return absolute.relative_to(folder) if absolute.is_relative_to(folder) else absolute


def _written(path: Path, text: str) -> bool:
    """Writes a new file, whole or not at all; False when there is one."""
    try:
        if path.parent.exists() and not path.parent.is_dir():
            raise UsageError(f"{path.parent} is a file", remedy="Give a folder")
        content = text.encode("utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            try:
                file.write(content)
                file.flush()
            except OSError:
                path.unlink()
                raise
    except FileExistsError:
        return False
    except (OSError, UnicodeEncodeError) as cause:
        raise UsageError(f"cannot write {path}", cause=cause, remedy="Check the folder and its rights") from cause
    return True
