"""Template C, 2019: windows-1251, microdata only, a date only for the eye, paragraphs by line breaks."""

from datetime import datetime

from .article import NAME, Block
from .clock import MONTHS, minute_text
from .page import (
    SCRIPT,
    STYLE,
    Page,
    attribute,
    breadcrumb,
    content,
    footer,
    head_links,
    header,
    picture_path,
    share,
    sidebar,
)


def render_2019(page: Page) -> str:
    """The article in template C, as text; it goes out as windows-1251."""
    version = page.version
    body = "<br><br>\n".join(_block(block) for block in version.body)
    authors = content(", ".join(version.authors) or NAME)
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">
<title>{content(version.headline)} | {page.text("slogan")}</title>
<meta name="keywords" content="{attribute(", ".join(version.tags))}">
{head_links(page)}
{STYLE}
{SCRIPT}
</head>
<body>
{header(page)}
<table class="wrap"><tr><td valign="top">
{breadcrumb(page)}
<div itemscope itemtype="http://schema.org/NewsArticle">
<h1 itemprop="headline">{content(version.headline)}</h1>
<div class="info"><span class="date">{visible_date(version.published, version.language)}</span> |
<span itemprop="author">{authors}</span> | <span class="hits">{version.id % 9973}</span></div>
{f'<b class="anons" itemprop="description">{content(version.lead)}</b>' if version.lead else ""}
{_picture(page)}
<p><div itemprop="articleBody">
{body}
</div></p>
</div>
{share(page)}
</td><td valign="top">
{sidebar(page)}
</td></tr></table>
{footer(page)}
</body>
</html>
"""


def visible_date(moment: datetime, language: str) -> str:
    """`2018 жылғы 12 сәуір, 10:40` or `12 апреля 2018, 10:40`."""
    if language == "ru":
        return minute_text(moment, "ru")
    return f"{moment.year} жылғы {moment.day} {MONTHS['kk'][moment.month - 1]}, {moment:%H:%M}"


def _block(block: Block) -> str:
    text = content(block.text)
    return f"<b>{text}</b>" if block.kind == "subhead" else text


def _picture(page: Page) -> str:
    version = page.version
    if not version.has_picture:
        return ""
    credit = f"Фото: {content(version.photo_credit)}" if version.photo_credit else ""
    caption = f"{content(version.caption)} " if version.caption else ""
    return (
        f'<div class="pic"><img src="{picture_path(version)}" alt="{attribute(version.headline)}" itemprop="image">'
        f"<i>{caption}{credit}</i></div>"
    )
