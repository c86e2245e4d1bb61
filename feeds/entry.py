"""Entry: an article as feeds give it, the same in every format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from mimetypes import guess_type
from urllib.parse import urlsplit

from w3lib.url import safe_url_string

from feeds.content import Content, content_of, plain_text, source_alone
from feeds.sources import Source
from newscrawler.article import Article, DatePrecision
from newscrawler.errors import NewscrawlerError, VocabularyError
from newscrawler.facets import FEED_LANGUAGES
from newscrawler.store.stories import StoryMember, also_at, translations
from newscrawler.urls import is_web_address
from newscrawler.vocabulary import Vocabulary

# Raised by one with every change of what an entry's bytes are made of or look like, in any format: kept entries are
# made anew then.
TEMPLATE_VERSION = 5

# RFC 5141 names the parts of ISO standards so; the terms are the codes of ISO 3166-2, such as KZ-61.
REGION_SCHEME = "urn:iso:std:iso:3166:-2"
# The IPTC's address of the Media Topics; the terms are such as medtop:04000000.
TOPIC_SCHEME = "http://cv.iptc.org/newscodes/mediatopic/"
NEWSROOM_TERMS = "newsrooms"

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_UNDETERMINED = "und"
# The scripts that the IANA registry of language subtags suppresses for the languages of our newsrooms.
_PLAIN_SCRIPTS = {"kk": "Cyrl", "ru": "Cyrl", "en": "Latn"}
_NO_SCRIPT = "Zyyy"


class RottenArticle(NewscrawlerError):
    """An article cannot stand in a feed; it is left out of every one until it changes."""


@dataclass(slots=True, kw_only=True, frozen=True)
class Category:
    """A category: `term` is what machines compare, within `scheme` (a URI); `label` is for people."""

    term: str
    scheme: str
    label: str


@dataclass(slots=True, kw_only=True, frozen=True)
class Picture:
    """The lead image; `url` is an absolute URI, `width` and `height` are in pixels, `length` is in bytes.

    `media_type` is there where the length is known.
    """

    url: str
    credit: str | None = None
    caption: str | None = None
    width: int | None = None
    height: int | None = None
    length: int | None = None
    media_type: str | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class Entry:
    """An article as feeds give it.

    `id` is a tag URI, the same in every feed and format. Links are absolute http(s) URIs. `published` and `updated` are
    whole seconds with the offset that the article carries, `precision` says how much of `published` the newsroom said,
    where it is known. `language` is a BCP 47 tag. `translations` gives an address
    a language. `also_at` are other addresses of the same text. `source_title` and `source_link` are the newsroom's.
    """

    id: str
    title: str
    link: str
    language: str
    published: datetime
    updated: datetime
    content: Content
    authors: tuple[str, ...]
    categories: tuple[Category, ...]
    picture: Picture | None
    translations: dict[str, str]
    also_at: tuple[str, ...]
    source_title: str
    source_link: str
    precision: DatePrecision | None = None


def tag_uri(authority: str, name: str) -> str:
    """The tag URI (RFC 4151) of `name`; `authority` is a domain and a date, such as `newscrawler.invalid,2024`."""
    return f"tag:{authority}:{name}"


def entry_of(
    article: Article,
    *,
    newsroom: Source | None,
    vocabulary: Vocabulary,
    authority: str,
    story: Sequence[StoryMember] = (),
) -> Entry:
    """`article` as an entry; `newsroom` is None when nothing is known of it, which lets feeds give the headline alone.
    `story` are the live articles of its story.

    Raises RottenArticle when it has no title, no date with an offset or no address on the web.
    """
    title, link = plain_text(article.headline), _web_uri(article.canonical_url)
    if not title:
        raise _rotten(article, "no headline")
    if link is None:
        raise _rotten(article, "no address on the web")
    published = _moment(article, article.date_published)
    pictures = [_picture(article)] if article.images else []
    site = urlsplit(link)
    source = newsroom.title if newsroom is not None else article.newsroom
    content = content_of(article, newsroom.content if newsroom is not None else "headline")
    return Entry(
        id=tag_uri(authority, article.id),
        title=title,
        link=link,
        language=_language_tag(article),
        published=published,
        updated=published if article.date_modified is None else _moment(article, article.date_modified),
        content=content if content.summary or content.body else source_alone(source),
        authors=tuple(dict.fromkeys(name for author in article.authors if (name := plain_text(author)))),
        categories=tuple(_categories(article, newsroom, vocabulary, authority)),
        picture=next(iter(pictures), None),
        translations=_translations(article, link, story),
        also_at=tuple(_other_places(link, story, article.id)),
        source_title=source,
        precision=article.date_precision,
        source_link=newsroom.site if newsroom is not None else f"{site.scheme}://{site.netloc}/",
    )


def _rotten(article: Article, problem: str) -> RottenArticle:
    return RottenArticle(problem, url=article.canonical_url, newsroom=article.newsroom)


def _moment(article: Article, moment: datetime | None) -> datetime:
    if moment is None:
        raise _rotten(article, "no date")
    offset = moment.utcoffset()
    if offset is None:
        raise _rotten(article, "a date without an offset")
    # Local mean time, as zones had it before 1924, has seconds in its offset; RFC 3339 and RFC 822 have none.
    return (moment.astimezone(UTC) if offset.seconds % 60 else moment).replace(microsecond=0)


def _language_tag(article: Article) -> str:
    if not _LANGUAGE.fullmatch(article.language):
        return _UNDETERMINED
    if article.language == _UNDETERMINED or article.script == _NO_SCRIPT:
        return article.language
    if _PLAIN_SCRIPTS.get(article.language, article.script) == article.script:
        return article.language
    return f"{article.language}-{article.script}"


def _categories(
    article: Article, newsroom: Source | None, vocabulary: Vocabulary, authority: str
) -> Iterator[Category]:
    language = article.language if article.language in FEED_LANGUAGES else "en"
    for tag in article.regions:
        yield Category(term=tag.code, scheme=REGION_SCHEME, label=_region_label(vocabulary, tag.code, language))
    for tag in article.topics:
        try:
            topic = vocabulary.topic(tag.code)
        except VocabularyError:
            continue
        yield Category(term=topic.medtop, scheme=TOPIC_SCHEME, label=topic.names[language])
    yield Category(
        term=article.newsroom,
        scheme=tag_uri(authority, NEWSROOM_TERMS),
        label=newsroom.title if newsroom is not None else article.newsroom,
    )


def _region_label(vocabulary: Vocabulary, code: str, language: str) -> str:
    try:
        return vocabulary.region(code).names[language]
    except VocabularyError:
        return code


def _picture(article: Article) -> Picture | None:
    image = article.images[0]
    url = _web_uri(image.url)
    if url is None:
        return None
    length = image.length if image.length and image.length > 0 else None
    return Picture(
        url=url,
        credit=plain_text(image.credit or "") or None,
        caption=plain_text(image.caption or "") or None,
        width=image.width if image.width and image.width > 0 else None,
        height=image.height if image.height and image.height > 0 else None,
        length=length,
        media_type=(image.media_type or guess_type(urlsplit(url).path)[0]) if length else None,
    )


def _translations(article: Article, link: str, story: Sequence[StoryMember]) -> dict[str, str]:
    """By language: what the page names, then what tells its story."""
    named = [
        ((alternate.hreflang or "").lower().partition("-")[0], alternate.url)
        for alternate in article.alternates
        if alternate.kind == "language"
    ]
    told = [(member.language, member.url) for member in translations(story, article.id)]
    found: dict[str, str] = {}
    for language, address in (*named, *told):
        url = _web_uri(address)
        if language in FEED_LANGUAGES and language != article.language and url is not None and url != link:
            found.setdefault(language, url)
    return found


def _other_places(link: str, story: Sequence[StoryMember], article_id: str) -> Iterator[str]:
    for member in also_at(story, article_id):
        url = _web_uri(member.url)
        if url is not None and url != link:
            yield url


def _web_uri(url: str) -> str | None:
    if not is_web_address(url):
        return None
    try:
        safe = safe_url_string(url)
    except (ValueError, UnicodeError):
        return None
    return safe if is_web_address(safe) else None
