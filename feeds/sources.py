"""Sources: what feeds say of the newsrooms whose articles they give, and how much these allow."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Protocol

from feeds.content import ContentPolicy


class Source(Protocol):
    """A newsroom as feeds know it: its `title`, the address of its `site`, how much `content` it lets feeds give."""

    @property
    def title(self) -> str: ...

    @property
    def site(self) -> str: ...

    @property
    def content(self) -> ContentPolicy: ...


@dataclass(slots=True, kw_only=True, frozen=True)
class NotedSource:
    """A source as it was when feeds were last published."""

    title: str
    site: str
    content: ContentPolicy


def known_sources(newsrooms: Mapping[str, Source], noted: str | None) -> dict[str, Source]:
    """`newsrooms`, and of those that are not there what was `noted` last (see `note_of`): a file that cannot be read
    today, or is gone, neither changes what feeds call its newsroom nor lets them give more than it allowed."""
    before = {name: NotedSource(**values) for name, values in json.loads(noted or "{}").items()}
    return {**before, **newsrooms}


def note_of(sources: Mapping[str, Source]) -> str:
    """The sources as text to be noted with a publication."""
    values = {
        name: asdict(NotedSource(title=source.title, site=source.site, content=source.content))
        for name, source in sorted(sources.items())
    }
    return json.dumps(values, ensure_ascii=False)
