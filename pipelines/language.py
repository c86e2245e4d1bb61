"""Language: which language and script an article is in, told by its letters and words and never by a page's marks."""

from __future__ import annotations

from dataclasses import replace

from newscrawler.article import Article
from newscrawler.languages import language_and_script_of
from pipelines.step import StepContext


def language(article: Article, context: StepContext) -> Article:
    """`article` with its `language` (BCP 47: kk, ru, ky, uz, tt, uk, en, else und) and `script` (ISO 15924).

    The language of most sentences of headline, lead and body outside quotations counts; what the page says of its
    language does not.
    """
    text = "\n".join([article.headline, article.description or "", *article.body])
    told, script = language_and_script_of(text)
    sources = {**article.sources, "language": "letters and words"}
    return replace(article, language=told, script=script, sources=sources)
