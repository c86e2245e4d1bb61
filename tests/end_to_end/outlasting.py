"""What outlasts a run: the articles in its store and the files in its output folder, to be compared with another's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from sqlalchemy import select

from newscrawler.article import article_to_dict
from newscrawler.store import open_store
from newscrawler.store.articles import iterate_articles
from newscrawler.store.tables import addresses, article_facets, articles, facets, holding

_XML = {"rss", "atom", "opml", "svg"}
_NOTHING_NEW = b", nothing new"


@dataclass(slots=True, kw_only=True, frozen=True)
class Outlasting:
    """`articles` by id, withdrawn ones too, `live` those that are not; state and article of each of the `addresses`;
    which articles each feed is made of, and when it was `updated`; the addresses of what is `held`; and `files` without
    the words by which the status page says that the last run brought nothing new: an earlier one may have brought all.
    """

    articles: Mapping[str, Mapping[str, Any]]
    live: list[str]
    addresses: Mapping[tuple[str, str], tuple[str, str | None]]
    facets: Mapping[str, list[str]]
    updated: Mapping[str, str | None]
    held: list[str]
    files: Mapping[str, bytes]

    @classmethod
    def of(cls, folder: Path) -> Outlasting:
        """What stands in the store and the output folder below `folder`."""
        with open_store(f"sqlite:///{folder / 'newscrawler.db'}", create=False) as store, store.read() as connection:
            every = list(iterate_articles(connection, withdrawn=True))
            members: dict[str, list[str]] = {}
            for row in connection.execute(select(article_facets).order_by(*article_facets.primary_key)):
                members.setdefault(row.facet, []).append(row.article_id)
            return cls(
                articles={article.id: article_to_dict(article) for article in every},
                live=sorted(connection.execute(select(articles.c.id).where(articles.c.state == "live")).scalars()),
                addresses={
                    (row.newsroom, row.url): (row.state, row.article_id)
                    for row in connection.execute(select(addresses))
                },
                facets=members,
                updated={row.facet: row.updated for row in connection.execute(select(facets))},
                held=sorted(connection.execute(select(holding.c.url)).scalars()),
                files={
                    name: content.replace(_NOTHING_NEW, b"") for name, content in files_in(folder / "public").items()
                },
            )

    def differences(self, other: Outlasting) -> list[str]:
        """How this differs from `other`, in words; nothing where it is the same."""
        told = []
        for name in ("articles", "addresses", "facets", "updated", "files"):
            ours, theirs = getattr(self, name), getattr(other, name)
            told += [f"{name}: {key} is missing" for key in theirs.keys() - ours.keys()]
            told += [f"{name}: {key} is one too many" for key in ours.keys() - theirs.keys()]
            told += [f"{name}: {key} differs" for key in ours.keys() & theirs.keys() if ours[key] != theirs[key]]
        told += [f"{name} differ" for name in ("live", "held") if getattr(self, name) != getattr(other, name)]
        return sorted(told)


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` by its name there."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def broken_files(files: Mapping[str, bytes]) -> list[str]:
    """Those that readers can see and that are no whole file of their kind."""
    return sorted(name for name, content in files.items() if not _is_left_over(name) and not _is_whole(name, content))


def _is_left_over(name: str) -> bool:
    return Path(name).name.startswith(".")


def _is_whole(name: str, content: bytes) -> bool:
    kind = name.rpartition(".")[2]
    try:
        if kind in _XML:
            return bool(etree.fromstring(content).tag)
        if kind == "json":
            return str(json.loads(content)["version"]).startswith("https://jsonfeed.org/")
    except (etree.XMLSyntaxError, ValueError):
        return False
    return content.rstrip().endswith(b"</html>" if kind == "html" else b"IEND\xaeB`\x82")
