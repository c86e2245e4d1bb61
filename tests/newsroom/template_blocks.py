"""Template D, 2024: the body in sibling `div` blocks with an advertisement between them, and no `p`."""

from datetime import datetime

from .article import NAME, Version
from .clock import minute_text
from .page import (
    SCRIPT,
    STYLE,
    Page,
    attribute,
    blocks_as_html,
    breadcrumb,
    content,
    footer,
    head_links,
    header,
    links,
    open_graph,
    picture_path,
    share,
    sidebar,
    tag_links,
)

_MODIFIED = {"kk": "жаңартылды", "ru": "обновлено"}


def render_blocks(page: Page) -> str:
    """The article in template D."""
    version = page.version
    section = f'<meta property="article:section" content="{attribute(version.section)}">' if version.section else ""
    keywords = attribute(", ".join(version.tags))
    return f"""<!DOCTYPE html>
<html lang="{version.language}">
<head>
<meta charset="utf-8">
<title>{content(version.headline)} — {NAME}</title>
<meta name="news_keywords" content="{keywords}">
{open_graph(page)}
{section}
{head_links(page)}
{STYLE}
{SCRIPT}
</head>
<body>
{header(page)}
<div class="slogan">{page.text("slogan")}</div>
<div class="wrap"><main>
{breadcrumb(page)}
<div class="article">
<div class="article__header">
<div class="article__info">{_dates(version)}</div>
<h1 class="article__title">{content(version.headline)}</h1>
{f'<div class="article__announce-text">{content(version.lead)}</div>' if version.lead else ""}
{_picture(version)}
</div>
{_body(page)}
{_author(version)}
{tag_links(version)}
{share(page)}
<div class="recommend"><h4>{page.text("read_also")}</h4>{links(page.read_also)}</div>
</div>
</main>
{sidebar(page)}
</div>
{footer(page)}
</body>
</html>
"""


def _dates(version: Version) -> str:
    published = _time(version.published, version.language)
    if not version.modified:
        return published
    return f"{published} <span>({_MODIFIED[version.language]}: {_time(version.modified, version.language)})</span>"


def _time(moment: datetime, language: str) -> str:
    return f'<time datetime="{moment:%Y-%m-%dT%H:%M%z}">{minute_text(moment, language)}</time>'


def _picture(version: Version) -> str:
    if not version.has_picture:
        return ""
    caption = f'<div class="media__title">{content(version.caption)}</div>' if version.caption else ""
    credit = (
        f'<div class="media__copyright">Фото: {content(version.photo_credit)}</div>' if version.photo_credit else ""
    )
    image = f'<img src="{picture_path(version)}" alt="{attribute(version.headline)}">'
    return f'<div class="media">{image}{caption}{credit}</div>'


def _body(page: Page) -> str:
    blocks = [
        element.replace("<div>", '<div class="article__text">', 1)
        for element in blocks_as_html(page.version.body, paragraph="div", subhead="h3")
    ]
    blocks.insert(2, f'<div class="article__ad banner">{page.text("advert")}</div>')
    return "\n".join(f'<div class="article__block">{block}</div>' for block in blocks)


def _author(version: Version) -> str:
    if not version.authors:
        return ""
    return f'<div class="article__author-name">{content(", ".join(version.authors))}</div>'
