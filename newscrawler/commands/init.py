"""`newscrawler init`: a newscrawler.toml to start from."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from newscrawler.commands.invocation import Invocation, verb
from newscrawler.config import CONFIG_NAME
from newscrawler.errors import UsageError
from newscrawler.urls import is_web_address

_TEMPLATE = """\
# newscrawler.toml: what newscrawler crawls, where it keeps it and where the feeds go.
# Paths are relative to this file. Every key can be overridden by the environment (NEWSCRAWLER_CONTACT, ...) and most by
# the command line. Newsroom files of your own go into newsrooms/ beside this file, words into vocabulary/.

# Who crawls: a mail or web address under which a newsroom can reach you. Without it nothing is fetched.
contact = "{contact}"

# Where readers will find the feeds: the address under which the folder `public` is served.
base_url = "{base_url}"
title = "{title}"

# The authority of the feeds' permanent ids (RFC 4151: a domain or mail address you hold, and a year or day on which you
# held it). Never change it once people subscribe: all entries would be new to them.
feed_authority = "{authority}"

# The newsrooms to crawl: `scrapy list` and spiders/newsrooms name those that are shipped.
newsrooms = {newsrooms}

store = "newscrawler.db"     # an SQLite file, or postgresql://user@host/name
public = "public"            # the feeds

# entries = 50               # in each feed
# max_page_bytes = 4000000   # larger pages are not read
# page_seconds = 30          # the most time one page may take
# max_tries = 5              # runs in which a page that fails is tried, before it is put aside
"""


@verb
def init(
    invocation: Invocation,
    folder: Annotated[Path, typer.Argument(help="Where to write it.")] = Path(),
    contact: Annotated[str, typer.Option(help="A mail or web address under which newsrooms can reach you.")] = "",
    base_url: Annotated[str, typer.Option(help="The address under which the feeds will be served.")] = "",
    newsroom: Annotated[
        list[str] | None, typer.Option(help="A newsroom to crawl; can be given more than once.")
    ] = None,
) -> None:
    """Write a commented newscrawler.toml.

    **Examples**

    - `newscrawler init --contact you@example.org --newsroom newsroom_kz`
    - `newscrawler init /srv/news --base-url https://news.example.org/`
    """
    path = folder / CONFIG_NAME
    base = base_url or "http://localhost:8000/"
    if not is_web_address(base):
        raise UsageError(f"--base-url is {base!r}, not an absolute http or https address")
    host = urlsplit(base).hostname or ""
    authority = f"{host if '.' in host else 'newscrawler.invalid'},{datetime.now(UTC).year}"
    names = newsroom or []
    for name in names:
        invocation.config.newsroom(name)
    text = _TEMPLATE.format(
        contact=contact.replace('"', ""),
        base_url=base.replace('"', "%22"),
        title="newscrawler",
        authority=authority,
        newsrooms="[" + ", ".join(f'"{name}"' for name in names) + "]",
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as written:
            written.write(text)
    except FileExistsError as cause:
        raise UsageError(f"{path} is there already", remedy="Edit it, or remove it first") from cause
    except OSError as cause:
        raise UsageError(f"cannot write {path}", cause=cause, remedy="Check the folder") from cause
    invocation.output.line(f"Wrote {path}.")
    missing = [key for key, value in (("contact", contact), ("newsrooms", names)) if not value]
    follow = f"Set {' and '.join(missing)} in it, then" if missing else "Next:"
    invocation.output.line(f"{follow} run 'newscrawler run' in {folder.resolve()}.")
    invocation.output.result({"config": str(path), "to_set": missing})
