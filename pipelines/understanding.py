"""Understanding: the steps that need nothing but an article, in their order, without Scrapy and without a store."""

from __future__ import annotations

from newscrawler.article import Article
from pipelines.clean import clean
from pipelines.language import language
from pipelines.regions import regions
from pipelines.step import StepContext
from pipelines.topics import topics


def understand(article: Article, context: StepContext) -> Article:
    """`article` cleaned, with language, script, regions, scope and topics; the given one is left as it was."""
    for step in (clean, language, regions, topics):
        article = step(article, context)
    return article
