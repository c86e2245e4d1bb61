"""The pages of the hostile newsroom: article, list, front page, the page for what is not there, sitemap and feed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Final
from xml.sax.saxutils import escape as xml_escape

from tests.hostile_newsroom.articles import Written

TITLE: Final = "Қырсық хабар"
_SITEMAPS: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_MENU: Final = (
    '<ul class="menu"><li><a href="/kk/news">Жаңалықтар</a></li><li><a href="/ru/news">Новости</a></li>'
    '<li><a href="/kk/calendar/2024-05-14">Мұрағат</a></li></ul>'
)
_FOOTER: Final = "<footer><p>© 2024 Қырсық хабар. Барлық құқықтар қорғалған.</p></footer>"


def article_page(
    written: Written,
    site: str,
    *,
    canonical: bool = True,
    headline: str | None = None,
    paragraphs: Sequence[str] | None = None,
    before_text: str = "",
    charset: bool = True,
) -> str:
    """The page of an article. `headline` and `paragraphs` are HTML, those of the article where they are not given;
    `before_text` is HTML between the two; without `charset` the page does not say how it is encoded."""
    shown = escape(written.headline, quote=False) if headline is None else headline
    body = [escape(text, quote=False) for text in written.paragraphs] if paragraphs is None else paragraphs
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": written.headline,
        "datePublished": written.published.isoformat(),
    }
    head = (
        ('<meta charset="utf-8">' if charset else "")
        + f"<title>{shown} | {TITLE}</title>"
        + (f'<link rel="canonical" href="{site}{written.path}">' if canonical else "")
        + f'<script type="application/ld+json">{json.dumps(told, ensure_ascii=False)}</script>'
    )
    return template(
        written.language,
        head,
        f"<article><h1>{shown}</h1>{before_text}"
        f'<div class="body">{"".join(f"<p>{text}</p>" for text in body)}</div></article>',
    )


def template(language: str, head: str, content: str) -> str:
    """The newsroom's template around a page's content."""
    return (
        f'<!doctype html><html lang="{language}"><head>{head}</head><body>{_MENU}<main>{content}</main>'
        f"{_FOOTER}</body></html>"
    )


def list_page(language: str, links: Iterable[tuple[str, str]], next_page: str | None = None) -> str:
    """A page of a list: entries of address and headline, then the link to the next page."""
    entries = "".join(
        f'<div class="entry"><a href="{escape(link)}">{escape(headline, quote=False)}</a></div>'
        for link, headline in links
    )
    follows = f'<a class="next" href="{escape(next_page)}">»</a>' if next_page is not None else ""
    return template(language, f'<meta charset="utf-8"><title>{TITLE}</title>', entries + follows)


def front_page(articles: Sequence[Written]) -> str:
    """The front page: the newest article large, with the beginning of its text, and the others below it."""
    first, *others = articles
    teasers = "".join(
        f'<div class="teaser"><h2><a href="{other.path}">{escape(other.headline)}</a></h2>'
        f"<p>{escape(other.paragraphs[0])}</p></div>"
        for other in others
    )
    return template(
        "kk",
        f'<meta charset="utf-8"><title>{TITLE}</title><meta property="og:type" content="website">',
        f'<section><h1><a href="{first.path}">{escape(first.headline)}</a></h1>'
        f"<p>{escape(first.paragraphs[0])}</p></section>{teasers}",
    )


def sitemap(locations: Sequence[tuple[str, datetime | None]], *, index: bool = False) -> str:
    """A sitemap of whole addresses, or with `index` an index of sitemaps."""
    root, entry = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    changed = (f"<lastmod>{moment.isoformat()}</lastmod>" if moment else "" for _, moment in locations)
    entries = "".join(
        f"<{entry}><loc>{xml_escape(location)}</loc>{lastmod}</{entry}>"
        for (location, _), lastmod in zip(locations, changed, strict=True)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {_SITEMAPS}>{entries}</{root}>'


def feed(site: str, articles: Iterable[Written]) -> str:
    """An RSS feed."""
    items = "".join(
        f"<item><title>{xml_escape(article.headline)}</title><link>{site}{article.path}</link>"
        f"<pubDate>{format_datetime(article.published)}</pubDate></item>"
        for article in articles
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{TITLE}</title>'
        f"<link>{site}/</link><description>{TITLE}</description>{items}</channel></rss>"
    )
