"""`newscrawler newsroom new`: drafts a newsroom file from a site's pages."""

from __future__ import annotations

import asyncio
import re
import shlex
import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from rich.console import Console

from newscrawler.commands.invocation import Invocation, verb
from newscrawler.commands.output import Output
from newscrawler.config import Config
from newscrawler.dates import check_time_zones
from newscrawler.errors import NewsroomError, UsageError
from newscrawler.newsroom import Newsroom
from newscrawler.newsroom_files import is_newsroom_name
from newscrawler.toml_files import check
from newscrawler.urls import host_of, is_web_address, without_user
from newscrawler.vocabulary import load_vocabulary
from spiders.crawl_opening import check_contact
from spiders.drafting.confidence import FIELD_NAMES, confidence_rows
from spiders.drafting.draft import Draft, make_draft
from spiders.drafting.exploration import explore, explore_saved
from spiders.drafting.live_pages import with_live_pages
from spiders.drafting.newsroom_text import newsroom_text
from spiders.drafting.samples import NEEDED, Sample
from spiders.drafting.site import Site
from spiders.drafting.site_pages import SitePages, open_saved_site

# Besides robots.txt of each host.
_MOST_REQUESTS = 17
_MOST_NAMED = 3


@verb
def new(
    invocation: Invocation,
    source: Annotated[str, typer.Argument(metavar="URL|SAVED", help="A home page's address, or saved pages.")],
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="The newsroom's name; else made of its host.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it; else newsrooms/NAME.toml.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the file, write nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Draft a newsroom file: where a site lists its articles, which addresses are articles, and how they are read.

    From an address it asks for about 15 pages, as politely as a crawl; from saved pages (a folder or a file, as
    `crawl --saved` takes them) for none: one article and one list, saved by a browser, are enough. The file is a draft:
    its comments say what to look at.

    **Examples**

    - `newscrawler newsroom new https://newsroom.kz/`
    - `newscrawler newsroom new ~/Downloads/pages --name our_paper`
    - `newscrawler newsroom new https://newsroom.kz/ --dry-run --json`
    """
    config, output = invocation.config, invocation.output
    check_time_zones()
    wanted = _wanted_name(name, to)
    if is_web_address(source):
        check_contact(config)
        pages, site = None, Site(without_user(source))
    else:
        pages, site = open_saved_site(Path(source))
    path = to or config.folder / "newsrooms" / f"{wanted or name_of(site)}.toml"
    if path.exists() and not force and not dry_run:
        # Before anything is asked.
        raise _is_there(path)
    draft = _drafted(pages, site, path.stem, config, output)
    text = newsroom_text(draft, load_vocabulary([config.folder / "vocabulary"]))
    check(Newsroom, tomllib.loads(text), "the draft", NewsroomError)
    if dry_run:
        output.line(text)
    else:
        _write(path, text, force=force)
    output.result(
        {
            "name": draft.newsroom.name,
            "file": None if dry_run else str(path),
            "toml": text,
            "sources": len(draft.lists) + len(draft.feeds_and_sitemaps),
            "articles_read": [sample.url for sample in draft.samples if sample.article is not None],
            "fields": [report.to_dict() for report in draft.fields],
        }
    )
    _tell(output, draft, config, source, None if dry_run else path)


def _wanted_name(name: str | None, to: Path | None) -> str | None:
    """The name that the options give. Raises UsageError where they contradict each other or give no usable one."""
    if to is not None and to.suffix != ".toml":
        raise UsageError(f"--to is {to}, which is no .toml file", remedy=f"Give --to {to}.toml")
    if name is not None and to is not None and to.stem != name:
        raise UsageError(
            f"--name is {name!r}, and --to names {to.name}",
            remedy="A file's name is its newsroom's: give one of the two",
        )
    wanted = name or (to.stem if to is not None else None)
    if wanted is not None and not is_newsroom_name(wanted):
        raise UsageError(
            f"{wanted!r} is no name of a newsroom", remedy="Use small Latin letters, digits and _, a letter first"
        )
    return wanted


def _drafted(pages: SitePages | None, site: Site, name: str, config: Config, output: Output) -> Draft:
    now = config.clock()
    if pages is not None:

        async def read(saved: SitePages) -> Draft:
            return await make_draft(saved, await explore_saved(saved, site), name, now)

        return asyncio.run(read(pages))

    async def ask(live: SitePages) -> Draft:
        return await make_draft(live, await explore(live, site), name, now)

    progress, tell = _progress(output)
    with progress:
        return with_live_pages(site, config, ask, most=_MOST_REQUESTS, tell=tell)


def name_of(site: Site) -> str:
    """The name that a newsroom file of `site` gets: its domain in the letters that names may have."""
    name = re.sub(r"[^a-z0-9]+", "_", site.domain.lower()).strip("_")
    return name if name[:1].isalpha() else f"n{name}"


def _progress(output: Output) -> tuple[AbstractContextManager[Any], Callable[[str], None]]:
    if not output.on_terminal:
        return nullcontext(), lambda url: None
    status = Console().status("looking")
    return status, lambda url: status.update(f"asking {host_of(url)}{urlsplit(url).path}")


def _write(path: Path, text: str, *, force: bool) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as cause:
        raise _is_there(path) from cause
    except OSError as cause:
        raise UsageError(f"cannot write {path}", cause=cause, remedy="Check the folder and its rights") from cause


def _is_there(path: Path) -> UsageError:
    return UsageError(f"{path} is there already", remedy="Give another --name or --to, or --force to write over it")


def _tell(output: Output, draft: Draft, config: Config, source: str, path: Path | None) -> None:
    newsroom = draft.newsroom
    if path is not None:
        output.line(f"Wrote {path}: {newsroom.title}, {len(draft.lists) + len(draft.feeds_and_sitemaps)} sources.")
    read = [sample for sample in draft.samples if sample.article is not None]
    output.line(f"Tried on {len(read)} articles:")
    output.table(("field", "is", "found on", "told by"), confidence_rows(draft.fields))
    for report in draft.fields:
        if report.name in NEEDED:
            for url in report.doubtful[:_MOST_NAMED]:
                output.line(f"Look at the {FIELD_NAMES[report.name]} of {url}")
    is_found = path is None or path.parent.resolve() == (config.folder / "newsrooms").resolve()
    name = newsroom.name if is_found else str(path)
    if is_found and (config.newsroom_folders()[0] / f"{newsroom.name}.toml").exists():
        output.line(f"It takes the place of the newsroom {newsroom.name} that newscrawler brings along.")
    saved = f" --saved {shlex.quote(source)}" if draft.from_saved else ""
    output.line("")
    output.line("Next: read the file's comments, then")
    first = shlex.quote(next((sample.url for sample in read if _is_usual(sample, draft)), read[0].url))
    page = f"{shlex.quote(source)} --url {first}" if draft.from_saved else first
    output.line(f"  newscrawler inspect {page} --newsroom {name}")
    output.line(f"  newscrawler newsroom record {name}{saved}")
    output.line(f"  newscrawler crawl {name}{saved} --limit 5")


def _is_usual(sample: Sample, draft: Draft) -> bool:
    """Whether a sample is an article as most are, with a date."""
    dated = sample.article is not None and sample.article.date_published is not None
    return dated and re.search(draft.patterns.include[0], urlsplit(sample.url).path) is not None
