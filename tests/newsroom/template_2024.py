"""Template A, 2024: JSON-LD in a graph, a slogan for a title, a read-also box inside the body."""

from datetime import datetime

from .article import NAME, SITE, Version
from .clock import day_text, minute_text
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
    json_script,
    links,
    open_graph,
    picture_path,
    share,
    sidebar,
    tag_links,
)

_BYLINES = {"kk": ("Автор", "Мәтін"), "ru": ("Автор", "Текст")}
_PUBLISHED = "Жарияланды"
_MODIFIED = "Жаңартылды"
_ORGANIZATION = {"@type": "Organization", "name": NAME, "url": SITE + "/"}


def render_2024(page: Page) -> str:
    """The article in template A."""
    version = page.version
    direction = ' dir="rtl"' if version.script == "Arab" else ""
    return f"""<!DOCTYPE html>
<html lang="{version.language}"{direction}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{page.text("slogan")} | {NAME}</title>
<meta name="description" content="{attribute(version.lead)}">
{open_graph(page)}
{head_links(page)}
{json_script({"@context": "https://schema.org", "@graph": _graph(page)})}
{STYLE}
{SCRIPT}
</head>
<body>
{header(page)}
<div class="wrap"><main>
{breadcrumb(page)}
<article class="article">
<h1 class="article__title">{content(version.headline)}</h1>
{_meta(page)}
{f'<div class="article__lead">{content(version.lead)}</div>' if version.lead else ""}
{_figures(page)}
{_body(page)}
{_byline(page)}
{tag_links(version)}
{share(page)}
</article>
</main>
{sidebar(page)}
</div>
{footer(page)}
</body>
</html>
"""


def names_person(version: Version) -> bool:
    """Whether the JSON-LD names the author; in the other half only the visible byline does."""
    return bool(version.authors) and version.id % 2 == 0


def _graph(page: Page) -> list[dict[str, object]]:
    version = page.version
    people = [{"@type": "Person", "name": author} for author in version.authors]
    article: dict[str, object] = {
        "@type": "NewsArticle",
        "@id": f"{version.url}#article",
        "headline": version.headline,
        "inLanguage": version.language,
        "mainEntityOfPage": version.url,
        "author": people if names_person(version) else _ORGANIZATION,
        "publisher": _ORGANIZATION | {"logo": {"@type": "ImageObject", "url": f"{SITE}/uploads/logo.png"}},
    }
    if version.lead:
        article["description"] = version.lead
    # The Latin pages come from a converter that never knew schema.org's dates.
    if version.script != "Latn":
        article["datePublished"] = (version.page_published or version.published).isoformat()
        if version.modified:
            article["dateModified"] = version.modified.isoformat()
    if version.has_picture:
        article["image"] = {"@type": "ImageObject", "url": SITE + picture_path(version, 1 if version.photos else 0)}
    if version.section:
        article["articleSection"] = version.section
    if version.tags:
        article["keywords"] = list(version.tags)
    crumbs = [page.write("Басты бет") if version.language == "kk" else "Главная"]
    crumbs += [version.section] if version.section else []
    return [
        {"@type": "WebSite", "name": NAME, "url": SITE + "/", "datePublished": "2019-02-01T00:00:00+06:00"},
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": name} for position, name in enumerate(crumbs, 1)
            ],
        },
        article,
    ]


def _meta(page: Page) -> str:
    version = page.version
    views = f'<span class="views">{version.id % 9973 + 112}</span>'
    if version.language != "kk":
        return f'<div class="article__meta">{views}</div>'
    published = version.page_published or version.published
    labels = f"<span>{page.write(_PUBLISHED)}: {_visible_date(page, published)}</span>"
    if version.modified:
        labels = f"<span>{page.write(_MODIFIED)}: {_visible_date(page, version.modified)}</span> {labels}"
    return f'<div class="article__meta">{labels}{views}</div>'


def _visible_date(page: Page, moment: datetime) -> str:
    script = page.version.script
    if script == "Cyrl":
        return minute_text(moment, "kk")
    # Title case as in `17 Qazan 2023`; the Arabic script has none.
    day = page.write(day_text(moment.date(), "kk").title())
    if not page.version.prints_time:
        return day
    return f"{moment:%H:%M}, {day}" if script == "Latn" else f"{day}، {moment:%H:%M}"


def _figures(page: Page) -> str:
    version = page.version
    label = page.write("Фото")
    if version.photos:
        return "\n".join(
            f'<figure class="gallery"><img src="{picture_path(version, number)}" alt="{attribute(photo.caption)}">'
            f"<figcaption>{content(photo.caption)}. <span>{label}: {content(photo.credit)}</span></figcaption></figure>"
            for number, photo in enumerate(version.photos, 1)
        )
    if not version.has_picture:
        return ""
    caption = f"{content(version.caption)} " if version.caption else ""
    credit = f"<span>{label}: {content(version.photo_credit)}</span>" if version.photo_credit else ""
    return (
        f'<figure class="article__image"><img src="{picture_path(version)}" alt="{attribute(version.headline)}">'
        f"<figcaption>{caption}{credit}</figcaption></figure>"
    )


def _body(page: Page) -> str:
    elements = blocks_as_html(page.version.body)
    if elements and page.read_also:
        title = f'<p class="read-also__title">{page.text("read_also")}</p>'
        box = f'<div class="read-also">{title}{links(page.read_also)}</div>'
        elements.insert(1, box)
    return '<div class="article__body">\n' + "\n".join(elements) + "\n</div>"


def _byline(page: Page) -> str:
    version = page.version
    if not version.authors:
        return ""
    label = _BYLINES[version.language][version.id // 2 % 2]
    return f'<p class="article__author">{page.write(label)}: {content(", ".join(version.authors))}</p>'
