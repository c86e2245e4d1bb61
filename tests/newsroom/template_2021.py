"""Template B, 2021: WordPress, shortcodes left over as text, `lang="ru-RU"` whatever the language."""

from datetime import timedelta

from .article import NAME
from .clock import minute_text
from .page import (
    SCRIPT,
    STYLE,
    Page,
    attribute,
    blocks_as_html,
    content,
    footer,
    head_links,
    header,
    open_graph,
    picture_path,
    share,
    sidebar,
    tag_links,
)


def shortcodes(page: Page) -> tuple[str, str]:
    """The two shortcodes that no plugin turns into anything any more."""
    return f'[caption id="attachment_{page.version.id}" align="aligncenter" width="1024"]', '[ad_rotator group="7"]'


def render_2021(page: Page) -> str:
    """The article in template B."""
    version = page.version
    caption, advert = shortcodes(page)
    elements = blocks_as_html(version.body, subhead="h3")
    if version.has_picture:
        caption_words = [version.caption, f"Фото: {version.photo_credit}" if version.photo_credit else ""]
        image = f'<img class="wp-image-{version.id}" src="{picture_path(version)}" alt="{attribute(version.headline)}">'
        elements.insert(0, f"<p>{caption}{image} {content(' '.join(filter(None, caption_words)))}[/caption]</p>")
    elements.insert(3, f"<p>{advert}</p>")
    elements.append(f'<p class="subscribe"><em>{page.text("telegram")}</em></p>')
    body = "\n".join(elements)
    section = version.section or page.text("news")
    return f"""<!DOCTYPE html>
<html lang="ru-RU" prefix="og: https://ogp.me/ns#">
<head>
<meta charset="UTF-8">
<title>{content(version.headline)} - NEWSROOM.TEST</title>
<meta name="generator" content="WordPress 5.6.2">
<meta property="og:locale" content="ru_RU">
{open_graph(page)}
{_article_tags(page)}
{head_links(page)}
{STYLE}
{SCRIPT}
</head>
<body class="post-template-default single single-post postid-{version.id} wp-embed-responsive">
{header(page)}
<p class="site-description">{page.text("slogan")}</p>
<div id="content" class="wrap"><div id="primary"><main>
<article id="post-{version.id}" class="post-{version.id} post type-post status-publish hentry">
<header class="entry-header"><span class="cat-links">{content(section)}</span>
<h1 class="entry-title">{content(version.headline)}</h1>
<div class="entry-meta">{_byline(page)}<span class="posted-on">{minute_text(version.published, version.language)}</span>
<span class="post-views">{version.id % 9973}</span></div></header>
{f'<div class="entry-summary">{content(version.lead)}</div>' if version.lead else ""}
<div class="entry-content">
{body}
</div>
<footer class="entry-footer">{tag_links(version)}</footer>
{share(page)}
</article>
</main></div>
{sidebar(page)}
</div>
{footer(page)}
</body>
</html>
"""


def _article_tags(page: Page) -> str:
    version = page.version
    six_hours = timedelta(hours=6)
    if version.published.utcoffset() != six_hours:
        raise ValueError(f"{version.story}: template B prints +06:00, the story is of another time")
    tags = [("article:published_time", version.published.isoformat())]
    if version.modified:
        tags.append(("article:modified_time", version.modified.isoformat()))
    if version.section:
        tags.append(("article:section", version.section))
    tags += [("article:tag", tag) for tag in version.tags]
    tags.append(("article:publisher", f"https://facebook.test/{NAME}"))
    return "\n".join(f'<meta property="{name}" content="{attribute(value)}">' for name, value in tags)


def _byline(page: Page) -> str:
    authors = ", ".join(page.version.authors)
    return f'<span class="byline author vcard"><a class="url fn n">{content(authors or NAME)}</a></span> '
