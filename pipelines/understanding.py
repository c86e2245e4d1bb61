"""Understanding: the steps that need nothing but an article, in their order, without Scrapy and without a store."""

from __future__ import annotations

from dataclasses import replace

from newscrawler.article import Article
from pipelines.clean import clean
from pipelines.language import language
from pipelines.regions import regions
from pipelines.step import StepContext
from pipelines.topics import topics


def understand(article: Article, context: StepContext, *, said_language: str | None = None) -> Article:
    """`article` cleaned, with language, script, regions, scope and topics; the given one is left as it was.

    `said_language` (BCP 47) takes the place of what the text tells, where somebody knows better.
    """
    article = language(clean(article, context), context)
    if said_language is not None:
        article = replace(article, language=said_language)
    return topics(regions(article, context), context)
