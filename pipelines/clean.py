"""Clean: an article's texts in normal form, its body without repeated openings and without links to other articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from newscrawler.article import Article, Image
from newscrawler.folding import folded_words
from newscrawler.newsroom import Newsroom
from newscrawler.normalising import is_misread_kz1048, mend_kz1048, normalise
from newscrawler.vocabulary import Vocabulary
from pipelines.attribution import OPENING_PARAGRAPHS, find_attribution
from pipelines.blocks import link_texts, rewrite_blocks
from pipelines.step import StepContext
from pipelines.stray_lines import without_stray_lines


def clean(article: Article, context: StepContext) -> Article:
    """`article` with every text in normal form (`newscrawler.normalising`), kz1048 read as windows-1251 mended.

    From the top of `body` what repeats headline or lead is dropped, as long as something else remains; anywhere, lines
    that lead to other articles, counters of views or comments and the newsroom's boilerplate. `body_html` loses the
    same blocks. The source that the
    text credits goes to `credited_to`; its sentence stays. Cleaning a clean article changes nothing.
    """
    written = _writer(article)
    headline, description = written(article.headline), _or_none(article.description, written)
    paragraphs = _kept(article.body, written)
    links = {written(text) for text in link_texts(article.body_html)}
    body = without_stray_lines(paragraphs, links, context.vocabulary, context.newsroom)
    body = _without_repeated_opening(body, headline, description)
    cleaned = replace(
        article,
        headline=headline,
        alternative_headline=_or_none(article.alternative_headline, written),
        description=description,
        body=body,
        body_html=rewrite_blocks(article.body_html, written, _difference(paragraphs, body), body),
        images=[_image(image, written) for image in article.images],
        authors=_kept(article.authors, written),
        credited_to=_or_none(article.credited_to, written),
        section=_or_none(article.section, written),
        keywords=_kept(article.keywords, written),
    )
    credited = _credited(cleaned, context.vocabulary, context.newsroom)
    if credited is None:
        return cleaned
    return replace(cleaned, credited_to=credited, sources={**article.sources, "credited_to": "text"})


def _writer(article: Article) -> Callable[[str], str]:
    everything = "\n".join([article.headline, article.description or "", *article.body])
    if not is_misread_kz1048(everything):
        return normalise
    return lambda text: normalise(mend_kz1048(text))


def _or_none(text: str | None, written: Callable[[str], str]) -> str | None:
    return (written(text) or None) if text is not None else None


def _kept(texts: list[str], written: Callable[[str], str]) -> list[str]:
    return [text for text in map(written, texts) if text]


def _image(image: Image, written: Callable[[str], str]) -> Image:
    return replace(image, caption=_or_none(image.caption, written), credit=_or_none(image.credit, written))


def _alike(text: str) -> str:
    return " ".join(folded_words(text))


def _without_repeated_opening(body: list[str], headline: str, description: str | None) -> list[str]:
    known = {_alike(headline), _alike(description or "")} - {""}
    remaining = [text for text in body if _alike(text) not in known]
    if not remaining:
        return body
    start = 0
    while _alike(body[start]) in known:
        start += 1
    return body[start:]


def _difference(before: list[str], after: list[str]) -> list[str]:
    """The paragraphs of `before` that a run through `after` in order does not meet."""
    missing = []
    at = 0
    for text in before:
        if at < len(after) and after[at] == text:
            at += 1
        else:
            missing.append(text)
    return missing


def _credited(article: Article, vocabulary: Vocabulary, newsroom: Newsroom | None) -> str | None:
    opening, rest = article.body[:OPENING_PARAGRAPHS], article.body[OPENING_PARAGRAPHS:]
    places = [*opening, article.description or "", *rest[-1:]]
    found = (find_attribution(text, vocabulary, newsroom) for text in places if text)
    return next((attribution.credited_to for attribution in found if attribution), None)
