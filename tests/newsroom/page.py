"""Everything the four templates share: the page's surroundings, its head, header, sidebar and footer."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Final

from .article import NAME, SITE, Block, Version
from .furniture import FURNITURE
from .transliterate import SCRIPTS, Script

# Two pages whose own word about their address has to be weighed.
RELATIVE_CANONICAL: Final = ("shymkent-school", "ru")
STRANGE_OG_URL: Final = ("turkistan-museum", "kk")
HREFLANG: Final = {"kk": "kk", "ru": "ru", "kk-Latn": "lt", "kk-Arab": "tt"}

STYLE: Final = """<style>
body{margin:0;font:17px/1.5 "Noto Sans",Arial,sans-serif;color:#222}.wrap{max-width:1080px;margin:0 auto;display:flex}
aside{width:300px;font-size:14px}.views:before{content:"\\1F441"}.cookie{position:fixed;bottom:0;background:#ffd}
</style>"""
SCRIPT: Final = """<script>
window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}gtag("js",new Date(2024,4,14));
document.addEventListener("DOMContentLoaded",function(){var c=document.querySelector(".cookie");if(c){c.hidden=false}});
</script>"""


@dataclass(frozen=True, slots=True)
class Link:
    """A headline that leads to another article."""

    headline: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    """An article and what stands around it."""

    version: Version
    alternates: tuple[tuple[str, str], ...] = ()
    read_also: tuple[Link, ...] = ()
    popular: tuple[Link, ...] = ()

    @property
    def write(self) -> Script:
        """Puts a text of the house into the page's script."""
        return SCRIPTS[self.version.script]

    def text(self, name: str) -> str:
        """A fixed text in the page's language and script, escaped."""
        return escape(self.write(getattr(FURNITURE[self.version.language], name)), quote=False)


def attribute(text: str) -> str:
    """The text for an attribute in double quotes."""
    return escape(text, quote=True)


def content(text: str) -> str:
    """The text for an element."""
    return escape(text, quote=False)


def has_amp(version: Version) -> bool:
    """Whether the article has an AMP page: not in 2019, not for galleries, not in the other scripts."""
    return version.template != "C" and version.kind != "gallery" and version.script == "Cyrl"


def amp_path(version: Version) -> str:
    """The address of the AMP page."""
    return f"/amp/{version.language}/news/{version.id}"


def picture_path(version: Version, number: int = 0) -> str:
    """The address of a picture; 2021's still goes through WordPress's folder, which redirects."""
    month = f"{version.published:%Y/%m}"
    if version.template == "B":
        return f"/wp-content/uploads/{month}/{version.id}-1024x683.png"
    return resized_path(version, number)


def resized_path(version: Version, number: int = 0) -> str:
    """Where the picture really lies."""
    suffix = f"{number:02d}" if number else version.slug
    # A twin shows its original's picture.
    return f"/uploads/resized-images/{version.published:%Y/%m}/{version.id % 100_000}_{suffix}.png"


def head_links(page: Page) -> str:
    """rel=canonical, hreflang, amphtml and the feeds."""
    version = page.version
    key = (version.story, version.language)
    canonical = version.path if key == RELATIVE_CANONICAL and version.script == "Cyrl" else version.url
    lines = [f'<link rel="canonical" href="{canonical}">']
    if page.alternates:
        every = dict(page.alternates) | {version.locale: version.url}
        lines += [
            f'<link rel="alternate" hreflang="{HREFLANG[locale]}" href="{every[locale]}">'
            for locale in HREFLANG
            if locale in every
        ]
        lines.append(f'<link rel="alternate" hreflang="x-default" href="{every["kk"]}">')
    if has_amp(version):
        lines.append(f'<link rel="amphtml" href="{SITE}{amp_path(version)}">')
    lines.append(feed_link(version.language))
    return "\n".join(lines)


def feed_link(language: str) -> str:
    """The feed of the language."""
    return f'<link rel="alternate" type="application/rss+xml" title="{NAME}" href="/rss/{language}.xml">'


def open_graph(page: Page) -> str:
    """og: tags. One page's og:url is the address of another time."""
    version = page.version
    strange = (version.story, version.language) == STRANGE_OG_URL
    url = f"{SITE}/{version.language}/article/{version.id}" if strange else version.url
    tags = {"og:type": "article", "og:site_name": NAME, "og:title": version.headline, "og:url": url}
    if version.lead:
        tags["og:description"] = version.lead
    if version.has_picture:
        tags["og:image"] = SITE + picture_path(version, 1 if version.photos else 0)
    return "\n".join(f'<meta property="{name}" content="{attribute(value)}">' for name, value in tags.items())


def header(page: Page) -> str:
    """Only the other language and the search, as on the real site."""
    version = page.version
    other = "ru" if version.language == "kk" else "kk"
    home = "/ru/" if other == "ru" else "/"
    href = dict(page.alternates).get(other, home)
    return (
        f'<header><a class="logo" href="{"/" if other == "ru" else "/ru/"}">{NAME}</a>\n'
        f'<a class="language" href="{href}">{other.upper() if other == "ru" else "ҚАЗ"}</a>\n'
        '<form action="/search"><input name="q"><button>search</button></form></header>'
    )


def breadcrumb(page: Page) -> str:
    """Home, news, and the section where the article has one."""
    version = page.version
    home, news = ("/", "/kk/news/") if version.language == "kk" else ("/ru/", "/ru/news/")
    crumbs = [f'<a href="{home}">{page.text("home")}</a>', f'<a href="{news}">{page.text("news")}</a>']
    if version.section:
        crumbs.append(f'<span class="section">{content(version.section)}</span>')
    return f'<nav class="breadcrumb">{" / ".join(crumbs)}</nav>'


def links(items: Iterable[Link]) -> str:
    """A list of headlines."""
    return "<ul>" + "".join(f'<li><a href="{link.href}">{content(link.headline)}</a></li>' for link in items) + "</ul>"


def sidebar(page: Page) -> str:
    """The popular headlines and the Telegram line."""
    return (
        f'<aside class="sidebar"><h3>{page.text("popular")}</h3>\n{links(page.popular)}\n'
        f"<p>{page.text('telegram')}</p></aside>"
    )


def footer(page: Page) -> str:
    """Registration, contacts, the newsletter and the cookie line."""
    return (
        f'<div class="newsletter"><p>{page.text("newsletter")}</p></div>\n'
        f"<footer><p>{page.text('registration')}</p>\n<p>{page.text('contacts')} editor@newsroom.test</p>\n"
        f"<p>{page.text('copyright')}</p></footer>\n"
        f'<div class="cookie" hidden><p>{page.text("cookies")}</p></div>'
    )


def share(page: Page) -> str:
    """The share block and the line for those who found a mistake."""
    return (
        f'<div class="share"><span>{page.text("share")}</span> <a href="https://t.me/share?url={page.version.url}">'
        f'Telegram</a> <a href="https://wa.test/send">WhatsApp</a></div>\n<p class="mistake">{page.text("mistake")}</p>'
    )


def tag_links(version: Version) -> str:
    """The tags under an article."""
    if not version.tags:
        return ""
    tags = " ".join(f'<a href="/search?q={attribute(tag)}" rel="tag">{content(tag)}</a>' for tag in version.tags)
    return f'<div class="tags">{tags}</div>'


def blocks_as_html(blocks: Sequence[Block], paragraph: str = "p", subhead: str = "h2") -> list[str]:
    """The body, an element a paragraph; list items that follow each other share one list."""
    elements: list[str] = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        texts = [content(block.text) for block in group]
        if kind == "item":
            elements.append("<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>")
        elif kind == "subhead":
            elements += [f"<{subhead}>{text}</{subhead}>" for text in texts]
        elif kind == "quote":
            elements += [f"<blockquote>{text}</blockquote>" for text in texts]
        else:
            elements += [f"<{paragraph}>{text}</{paragraph}>" for text in texts]
    return elements


def json_script(value: object) -> str:
    """A JSON-LD block."""
    text = json.dumps(value, ensure_ascii=False, indent=1).replace("</", "<\\/")
    return f'<script type="application/ld+json">\n{text}\n</script>'
