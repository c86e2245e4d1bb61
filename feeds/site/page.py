"""Page: what every web page has around its own content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from feeds.facet import FacetNames
from feeds.feed_format import FeedFormat
from feeds.head import GENERATOR
from feeds.site.templating import asset, policy
from newscrawler.config import Config
from newscrawler.facets import ANY, FEED_LANGUAGES

# As languages of pages; `all` speaks English.
PAGE_LANGUAGES = (*FEED_LANGUAGES, ANY)
INDEX_NAME = "index.html"
OPML_MEDIA_TYPE = "text/x-opml"


@dataclass(slots=True, kw_only=True, frozen=True)
class Link:
    """A link of a page. `language` is a code where the other side speaks another one; `current` says that it leads to
    where the reader is, `same` that it leads to the same content. `address` is absolute, for copying."""

    href: str
    text: str
    language: str = ""
    media_type: str = ""
    address: str = ""
    current: bool = False
    same: bool = False


@dataclass(slots=True, kw_only=True, frozen=True)
class Page:
    """What every page has: `language` is a code, `root` the relative way to the output folder, `home` that to the front
    page of its language."""

    title: str
    language: str
    publisher: str
    root: str
    home: str
    languages: Sequence[Link]
    style: Markup
    policy: Markup
    script: Markup | None = None
    generator: str = GENERATOR


def page_of(
    title: str, language: str, config: Config, *, root: str, languages: Sequence[Link], style: str, with_script: bool
) -> Page:
    """The page called `title` in a feed language; `style` names the stylesheet that it has besides the common one."""
    sheet = asset("page.css") + (asset(style) if style else "")
    script = asset("copy_address.js") if with_script else None
    return Page(
        title=title,
        language=language_code(language),
        publisher=config.title,
        root=root,
        home=front_page(language, root),
        languages=languages,
        style=sheet,
        policy=policy(style=sheet, script=script),
        script=script,
    )


def feed_links(path: str, root: str, config: Config, formats: Sequence[FeedFormat]) -> list[Link]:
    """The feeds of the facet at `path`, one a format, from a page with that `root`."""
    return [
        Link(
            href=f"{root}{path}.{one.name}",
            text=one.label,
            media_type=one.media_type,
            address=f"{config.base_url}{path}.{one.name}",
        )
        for one in formats
    ]


def front_page(language: str, root: str = "") -> str:
    """The way to the front page of a language."""
    return f"{root}{INDEX_NAME}" if language == ANY else f"{root}{language}/{INDEX_NAME}"


def language_code(language: str) -> str:
    """The code of the language in which pages of a feed language speak."""
    return language if language in FEED_LANGUAGES else "en"


def language_link(language: str, href: str, names: FacetNames, *, current: bool, same: bool) -> Link:
    """The link to a page in another language, in words of that language."""
    text = names.wordings.of(language).language
    return Link(href=href, text=text, language=language_code(language), current=current, same=same)
