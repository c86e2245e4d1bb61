"""read_article: a fetched page as an Article, every field with the evidence that won."""

from __future__ import annotations

from datetime import datetime

from lxml.etree import LxmlError
from scrapy.http import Response

from newscrawler.address import Discovered
from newscrawler.article import Article, mint_article_id
from newscrawler.errors import NotAnArticle, PageError
from newscrawler.newsroom import Newsroom
from spiders.pages.article_area import find_area
from spiders.pages.authors import read_authors
from spiders.pages.body import read_body
from spiders.pages.body_html import body_html
from spiders.pages.canonical import read_alternates, read_canonical
from spiders.pages.headline import read_headline
from spiders.pages.images import read_images
from spiders.pages.media_type import is_web_page
from spiders.pages.page import Page, open_page
from spiders.pages.page_tree import DEEPEST, NestedTooDeep
from spiders.pages.published import read_dates
from spiders.pages.section import read_keywords, read_section
from spiders.pages.soft_404 import is_soft_404


def read_article(
    response: Response, newsroom: Newsroom | None, fetched_at: datetime, known: Discovered | None = None
) -> Article:
    """The article on the page in `response`, by a newsroom's definition and the page's own evidence.

    `newsroom` None reads an unknown site: its host stands for its name, its time is Almaty's. `fetched_at` (aware)
    is when the page was captured; relative dates are read against it. `known` is what a list, feed or sitemap said of
    the page; it fills what the page leaves open. The article's `sources` name the evidence of every field. Language and
    script are left for the text to decide.

    Raises NotAnArticle for a list, a picture or document, an error page under status 200, an article without a body and
    a page that cannot be read to its end, PageError for an empty answer and one that cannot be parsed; both carry
    address and newsroom.
    """
    if fetched_at.tzinfo is None:
        raise ValueError("fetched_at must carry an offset")
    name = newsroom.name if newsroom is not None else None
    if not response.body.strip():
        raise PageError("the answer is empty", url=response.url, newsroom=name)
    if not is_web_page(response):
        raise NotAnArticle("it is no web page", url=response.url, newsroom=name)
    try:
        page = open_page(response, newsroom, fetched_at, known)
    except NestedTooDeep as cause:
        raise NotAnArticle(
            "its elements are nested too deep to be read to its end",
            remedy=f"Its site would have to close them: the parser goes {DEEPEST} deep",
            url=response.url,
            newsroom=name,
        ) from cause
    except (LxmlError, ValueError) as cause:
        raise PageError("the page cannot be parsed", url=response.url, newsroom=name, cause=cause) from cause
    return _read(page)


def _read(page: Page) -> Article:
    canonical_url, address_source = read_canonical(page)
    headline = read_headline(page)
    if headline is None:
        raise NotAnArticle("it has no headline", url=page.url, newsroom=page.name)
    if page.words.error_headline.match(headline.text):
        raise NotAnArticle("it is an error page", url=page.url, newsroom=page.name)
    body = read_body(page, headline)
    if not body.blocks:
        raise NotAnArticle("the article is empty", url=page.url, newsroom=page.name)
    if is_soft_404(page, [block.text for block in body.blocks]):
        raise NotAnArticle("it is an error page", url=page.url, newsroom=page.name)
    area = find_area(headline.element, [block.element for block in body.blocks])
    dates = read_dates(page, area)
    authors, authors_source = read_authors(page, area)
    section, section_source = read_section(page, area, headline.text)
    keywords, keywords_source = read_keywords(page, area)
    images, image_source = read_images(page, area, [block.element for block in body.blocks])
    alternates = read_alternates(page, canonical_url)
    evidence = {
        "canonical_url": address_source,
        "headline": headline.source,
        "description": body.lead.source if body.lead is not None else None,
        "body": body.source,
        "date_published": dates.published_source,
        "date_modified": dates.modified_source,
        "date_disagreement": dates.disagreement,
        "authors": authors_source,
        "section": section_source,
        "keywords": keywords_source,
        "images": image_source,
        "alternates": "link" if alternates else None,
    }
    page.sources.update({field: source for field, source in evidence.items() if source is not None})
    return Article(
        id=mint_article_id(page.name, canonical_url),
        url=page.url,
        canonical_url=canonical_url,
        newsroom=page.name,
        headline=headline.text,
        alternative_headline=headline.alternative,
        fetched_at=page.fetched_at,
        description=body.lead.text if body.lead is not None else None,
        body=[block.text for block in body.blocks],
        body_html=body_html(body.blocks, page.absolute),
        images=images,
        authors=authors,
        date_published=dates.published,
        date_precision=dates.precision,
        date_modified=dates.modified,
        date_source=dates.published_source,
        section=section,
        keywords=keywords,
        alternates=alternates,
        sources=page.sources,
    )
