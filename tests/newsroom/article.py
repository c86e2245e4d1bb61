"""Story and Version: what the newsroom has to say, before any page is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from .transliterate import SCRIPTS

SITE: Final = "https://newsroom.test"
NAME: Final = "Newsroom.test"

BlockKind = Literal["paragraph", "subhead", "quote", "item"]
_TWIN_OFFSETS: Final[Mapping[str, int]] = {"Latn": 100_000, "Arab": 200_000}
_TWIN_FOLDERS: Final[Mapping[str, str]] = {"Latn": "lat", "Arab": "arab"}
_TWINS_WITHOUT_TIME: Final = frozenset({"vaccination"})


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a body, or a subhead, a quotation, a list item."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture of a gallery."""

    caption: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One article: a story in one language and one script, as one snapshot of the site shows it."""

    story: str
    language: str
    script: str = "Cyrl"
    template: str
    kind: str
    id: int
    slug: str
    published: datetime
    modified: datetime | None = None
    page_published: datetime | None = None
    section: str | None = None
    headline: str
    lead: str = ""
    body: tuple[Block, ...] = ()
    authors: tuple[str, ...] = ()
    photo_credit: str = ""
    caption: str = ""
    tags: tuple[str, ...] = ()
    credited_to: str | None = None
    photos: tuple[Photo, ...] = ()
    scope: str
    regions: tuple[str, ...] = ()
    regions_optional: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    topics_optional: tuple[str, ...] = ()
    duplicate_of: str | None = None
    updated: bool = False
    gone: bool = False

    @property
    def path(self) -> str:
        """The address on the site, without the host."""
        if self.script != "Cyrl":
            return f"/{_TWIN_FOLDERS[self.script]}/news/{self.id}"
        if self.kind == "gallery":
            return f"/{self.language}/gallery/{self.id}"
        return f"/{self.language}/news/{self.id}-{self.slug}"

    @property
    def url(self) -> str:
        """The canonical address."""
        return SITE + self.path

    @property
    def locale(self) -> str:
        """The language, with the script where it is not Cyrillic: `kk`, `ru`, `kk-Latn`, `kk-Arab`."""
        return self.language if self.script == "Cyrl" else f"{self.language}-{self.script}"

    @property
    def has_picture(self) -> bool:
        """Whether the page carries a picture of its own: one without a caption or a credit was never uploaded."""
        return bool(self.photo_credit or self.caption or self.photos)

    @property
    def prints_time(self) -> bool:
        """Whether the page knows the minute of publication, or only the day."""
        return not (self.script == "Latn" and self.story in _TWINS_WITHOUT_TIME)

    @property
    def lastmod(self) -> datetime:
        """What a sitemap says."""
        return self.modified or self.published

    def twin(self, script: str) -> "Version":
        """The same article in another script of Kazakh. Nobody ever updates a twin."""
        write = SCRIPTS[script]
        return replace(
            self,
            script=script,
            id=self.id + _TWIN_OFFSETS[script],
            modified=None,
            page_published=None,
            section=write(self.section) if self.section else None,
            headline=write(self.headline),
            lead=write(self.lead),
            body=tuple(Block(block.kind, write(block.text)) for block in self.body),
            authors=tuple(write(author) for author in self.authors),
            photo_credit=write(self.photo_credit),
            caption=write(self.caption),
            tags=tuple(write(tag) for tag in self.tags),
        )


@dataclass(frozen=True, slots=True)
class Story:
    """One event and every article about it."""

    name: str
    day: int
    versions: tuple[Version, ...] = field(default=())

    def version(self, language: str, script: str = "Cyrl") -> Version | None:
        """The article in this language and script, if there is one."""
        found = (each for each in self.versions if (each.language, each.script) == (language, script))
        return next(found, None)

    def alternates(self, version: Version) -> dict[str, str]:
        """The addresses of the story's other articles, by locale."""
        return {each.locale: each.url for each in self.versions if each is not version}
