"""Step 600: one page one article, one text one story. Reads and annotates; it never drops."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from newscrawler.article import Article, Relation, mint_article_id
from pipelines.near_text import is_copy, same_text, sampled_hashes
from pipelines.step import Neighbours, StepContext

# Agency texts are reprinted within days; templates that return every week or month are other stories.
_WINDOW = timedelta(days=14)
_SEVERAL_SCRIPTS = frozenset({"kk"})


def dedupe(article: Article, context: StepContext) -> Article:
    """`article` with the id it has had since it was first stored, and with the story it belongs to.

    A known article keeps its story. A new one follows the article of which it is a copy, a near copy, the text in
    another script, or the translation, as far as the page's own alternates say so; else it leads a story of its own.
    """
    neighbours = context.neighbours
    if neighbours is None:
        return article
    article = _with_known_id(article, neighbours)
    before = neighbours.get(article.id)
    if before is not None:
        return replace(article, story=before.story, relation=before.relation)
    if article.language in _SEVERAL_SCRIPTS and article.script != "Cyrl":
        twin = _in_main_script(article, neighbours)
        if twin is not None:
            return replace(article, story=twin, relation=Relation.OTHER_SCRIPT)
    hashes = sampled_hashes(article)
    for other in neighbours.sharing(hashes, since=context.now - _WINDOW, besides=article.id):
        if other.script == article.script and same_text(article, other):
            relation = Relation.SAME_TEXT if is_copy(article, other) else Relation.NEAR_TEXT
            return replace(article, story=other.story or other.id, relation=relation)
    for other in neighbours.at_addresses(article.newsroom, _alternates(article), besides=article.id):
        if other.language != article.language and other.relation is not Relation.OTHER_SCRIPT:
            return replace(article, story=other.story or other.id, relation=Relation.TRANSLATION)
    return replace(article, story=article.id, relation=None)


def _with_known_id(article: Article, neighbours: Neighbours) -> Article:
    """The article under the id of the page that was stored under one of its addresses.

    A canonical address that leads to a stored article with another text and headline, while the page's own address is
    new, is taken for a mistake of the site: else one wrong tag in a template would make all articles one.
    """
    known = neighbours.id_at(article.newsroom, article.canonical_url)
    own = [address for address in article.addresses if address != article.canonical_url]
    if known is None:
        ids = (neighbours.id_at(article.newsroom, address) for address in own)
        known = next((found for found in ids if found is not None), None)
        return article if known is None else replace(article, id=known)
    if not own or any(neighbours.id_at(article.newsroom, address) == known for address in own):
        return replace(article, id=known)
    stored = neighbours.get(known)
    if stored is None or stored.headline == article.headline or same_text(article, stored):
        return replace(article, id=known)
    return replace(
        article,
        id=mint_article_id(article.newsroom, article.url),
        canonical_url=article.url,
        addresses=own,
        sources={**article.sources, "canonical_url": "address, as the canonical link leads to another article"},
    )


def _in_main_script(article: Article, neighbours: Neighbours) -> str | None:
    """The id of the same article in Cyrillic: stored, or as it will be minted when its page comes."""
    alternates = _alternates(article)
    for other in neighbours.at_addresses(article.newsroom, alternates, besides=article.id):
        if other.language == article.language and other.script == "Cyrl":
            return other.story or other.id
    named = [
        alternate.url
        for alternate in article.alternates
        if alternate.kind == "language" and (alternate.hreflang or "").lower().split("-")[0] == article.language
    ]
    return mint_article_id(article.newsroom, named[0]) if named and named[0] != article.canonical_url else None


def _alternates(article: Article) -> list[str]:
    return [alternate.url for alternate in article.alternates if alternate.url != article.canonical_url]
