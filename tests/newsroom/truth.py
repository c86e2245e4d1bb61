"""What a perfect crawler would say about the newsroom: a record an article, from the stories alone."""

import re
from datetime import datetime
from typing import Any, Final

from .article import SITE, Version
from .edition import Edition, edition
from .furniture import boilerplate
from .page import amp_path, has_amp, picture_path
from .template_2021 import shortcodes
from .traps import NOT_ARTICLES, first_old_path, has_old_address, post_path

NEWSROOM: Final = "newsroom_test"

_SENTENCE_END = re.compile(r"[.!?…]+[»\")]*(?=\s+[«–\"(]?\s*[A-ZÄĞİÑÖŞŪÜА-ЯЁӘҒҚҢӨҰҮҺІ\u0621-\u06d5\d])")
_INITIAL = re.compile(r"(?:^|[\s«(])(?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]|г|ж|т|млн|млрд|тыс|мың|ул|пр|им)$")


def truth(day: int) -> list[dict[str, Any]]:
    """A record an article that can be read in snapshot `day`, by address.

    `paragraphs` is the whole body, in order; subheads, quotations and list items are paragraphs of their own, without
    their marks; no-break spaces stay. `published` and `modified` carry the offset of Almaty at that time; with
    `date_precision` `day` only the date counts. `modified` of a scheduled article lies before `published`, as its page
    says. `alternates` are the addresses of the story's other articles, by locale (`kk`, `ru`, `kk-Latn`, `kk-Arab`), as
    the page names them: on day 2 one of them leads to the gone article.
    """
    snapshot = edition(day)
    return sorted((_record(version, snapshot) for version in snapshot.articles), key=lambda record: str(record["url"]))


def not_articles(day: int) -> list[dict[str, str]]:
    """The addresses a crawler may meet that are no article, with why. They are the ones to leave no record."""
    known = dict(NOT_ARTICLES)
    known |= {version.path: "410 since day 2; the sitemap still names it" for version in edition(day).gone}
    return [{"url": SITE + path, "why": why} for path, why in sorted(known.items())]


def aliases(day: int) -> dict[str, str]:
    """Every other address of an article, and the canonical one: short, AMP, tracked, WordPress's."""
    addresses: dict[str, str] = {}
    for version in edition(day).articles:
        paths = [f"{version.path}?utm_source=tg"]
        if version.script == "Cyrl":
            paths.append(post_path(version))
        if has_amp(version):
            paths += [f"{version.path}?_amp=1", amp_path(version)]
        if has_old_address(version):
            paths.append(first_old_path(version))
        addresses |= {SITE + path: version.url for path in paths}
    return addresses


def first_sentence(paragraph: str) -> str:
    """The first sentence, or a shorter beginning of it where an abbreviation looks like an end."""
    return sentences(paragraph)[0]


def last_sentence(paragraph: str) -> str:
    """The last sentence, or a shorter end of it."""
    return sentences(paragraph)[-1]


def sentences(paragraph: str) -> list[str]:
    """The paragraph's sentences; a sentence stays joined to the next where an abbreviation ends it."""
    found, start = [], 0
    for end in _SENTENCE_END.finditer(paragraph):
        sentence = paragraph[start : end.end()].strip()
        if not _INITIAL.search(paragraph[: end.start()]):
            found.append(sentence)
            start = end.end()
    return [*found, paragraph[start:].strip()]


def _record(version: Version, snapshot: Edition) -> dict[str, Any]:
    story = next(story for story in snapshot.stories if story.name == version.story)
    paragraphs = [block.text for block in version.body]
    return {
        "url": version.url,
        "newsroom": NEWSROOM,
        "story": version.story,
        "template": version.template,
        "kind": version.kind,
        "language": version.language,
        "script": version.script,
        "headline": version.headline,
        "lead": version.lead or None,
        "paragraphs": paragraphs,
        "body_first_sentence": first_sentence(paragraphs[0]),
        "body_last_sentence": last_sentence(paragraphs[-1]),
        "must_not_contain": _unwanted(version, snapshot),
        "published": _iso(version.published),
        "modified": _iso(version.modified) if version.modified else None,
        "date_precision": "minute" if version.prints_time else "day",
        "authors": list(version.authors),
        "photo_credit": version.photo_credit or None,
        "section": version.section,
        "keywords": list(version.tags),
        "regions": list(version.regions),
        "regions_optional": list(version.regions_optional),
        "topics": list(version.topics),
        "topics_optional": list(version.topics_optional),
        "scope": version.scope,
        "credited_to": version.credited_to,
        "alternates": story.alternates(version),
        "duplicate_of": snapshot.find(version.duplicate_of, version.language).url if version.duplicate_of else None,
        "twin_of": snapshot.find(version.story, "kk").url if version.script != "Cyrl" else None,
        "images": len(version.photos) or int(version.has_picture),
        "image_urls": _images(version),
    }


def _unwanted(version: Version, snapshot: Edition) -> list[str]:
    """The texts around the body: fixed texts, the headlines of others, caption, credit, byline, shortcodes."""
    page = snapshot.page(version)
    texts = list(boilerplate(version.language, version.script))
    texts += [link.headline for link in (*page.read_also, *page.popular)]
    label = page.write("Фото")
    if version.photo_credit:
        texts.append(f"{label}: {version.photo_credit}")
    texts += [version.caption] if version.caption else []
    texts += [photo.caption for photo in version.photos] + [f"{label}: {photo.credit}" for photo in version.photos]
    texts += [f"{page.write(each)}: {author}" for each in ("Автор", "Мәтін", "Текст") for author in version.authors]
    if version.template == "B":
        texts += [*shortcodes(page), "[/caption]"]
    return list(dict.fromkeys(texts))


def _images(version: Version) -> list[str]:
    if version.photos:
        return [SITE + picture_path(version, number) for number in range(1, len(version.photos) + 1)]
    return [SITE + picture_path(version)] if version.has_picture else []


def _iso(moment: datetime) -> str:
    return moment.isoformat()
