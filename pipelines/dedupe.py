"""Step 600: one page one article, one text one story. Reads and annotates; it never drops."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from newscrawler.article import Alternate, Article, Relation, mint_article_id
from newscrawler.newsroom import Newsroom
from newscrawler.store.text_hashes import WINDOW
from newscrawler.urls import canonical_address
from pipelines.near_text import is_copy, same_text, sampled_hashes
from pipelines.same_event import event_hashes, same_event
from pipelines.step import Neighbours, StepContext

__all__ = ["dedupe", "same_event", "same_text"]

_SEVERAL_SCRIPTS = frozenset({"kk"})
# A newsroom translates its report within a day or two; a report of another day is another event.
_TRANSLATED_WITHIN = timedelta(hours=36)
_FEWEST_SHARED = 3


def dedupe(article: Article, context: StepContext) -> Article:
    """`article` with the id it has had since it was first stored, and with the story it belongs to.

    A known article keeps its story. A new one follows the article of which it is a copy, a near copy, the text in
    another script as far as the page's alternates say so, or the translation: the one that the alternates name, or that
    the same newsroom published within a day and a half about the same event. Else it leads a story of its own.
    """
    neighbours = context.neighbours
    if neighbours is None:
        return article
    article = _with_known_id(article, neighbours, context.newsroom)
    alternates = _alternates(article, context.newsroom)
    before = neighbours.get(article.id)
    if before is not None:
        return replace(article, story=before.story, relation=before.relation)
    if article.language in _SEVERAL_SCRIPTS and article.script != "Cyrl":
        twin = _in_main_script(article, alternates, neighbours)
        if twin is not None:
            return replace(article, story=twin, relation=Relation.OTHER_SCRIPT)
    hashes = sampled_hashes(article)
    for other in neighbours.sharing(hashes, since=context.now - WINDOW, besides=article.id):
        if other.script == article.script and same_text(article, other):
            relation = Relation.SAME_TEXT if is_copy(article, other) else Relation.NEAR_TEXT
            return replace(article, story=other.story or other.id, relation=relation)
    for other in neighbours.at_addresses(article.newsroom, _urls(alternates), besides=article.id):
        if other.language != article.language and other.relation is not Relation.OTHER_SCRIPT:
            return replace(article, story=other.story or other.id, relation=Relation.TRANSLATION)
    translated = _translated(article, context, neighbours)
    if translated is not None:
        return replace(article, story=translated, relation=Relation.TRANSLATION)
    return replace(article, story=article.id, relation=None)


def _translated(article: Article, context: StepContext, neighbours: Neighbours) -> str | None:
    """The story of which `article` tells the event in the other language, where nothing in its language does yet."""
    if article.date_published is None:
        return None
    hashes = event_hashes(article, days=range(-2, 3))
    for other in neighbours.sharing(hashes, since=context.now - WINDOW, besides=article.id, least=_FEWEST_SHARED):
        if other.newsroom != article.newsroom or other.date_published is None:
            continue
        if abs(other.date_published - article.date_published) > _TRANSLATED_WITHIN or not same_event(article, other):
            continue
        story = other.story or other.id
        if all(member.language != article.language for member in neighbours.in_story(story)):
            return story
    return None


def _with_known_id(article: Article, neighbours: Neighbours, newsroom: Newsroom | None) -> Article:
    """The article under the id of the page that was stored under one of its addresses.

    Where its addresses lead to several stored articles that say the same, it has moved: it is the one first seen, and
    all its addresses are that one's. A canonical address that leads to a stored article with another text and headline,
    while the page's own address does not, is taken for a mistake of the site: else one wrong tag in a template would
    make all articles one.
    """
    known = neighbours.id_at(article.newsroom, article.canonical_url)
    own = [address for address in article.addresses if address != article.canonical_url]
    ids = [neighbours.id_at(article.newsroom, address) for address in own]
    first = _first_of_same({found for found in (known, *ids) if found is not None}, article, neighbours)
    if first is not None:
        return replace(article, id=first, addresses=sorted({*article.addresses, article.canonical_url}))
    under_own = next((found for found in ids if found is not None), None)
    if known is None:
        return article if under_own is None else replace(article, id=under_own)
    if article.canonical_url in article.addresses or not own or known in ids:
        return replace(article, id=known)
    stored = neighbours.get(known)
    if stored is None or stored.headline == article.headline or same_text(article, stored):
        return replace(article, id=known)
    address = _canonical(article.url, newsroom)
    return replace(
        article,
        id=under_own or mint_article_id(article.newsroom, address),
        canonical_url=address,
        addresses=own,
        sources={**article.sources, "canonical_url": "address, as the canonical link leads to another article"},
    )


def _first_of_same(ids: set[str], article: Article, neighbours: Neighbours) -> str | None:
    """The id of the article first seen among several that say what `article` says; None where there are not several."""
    if len(ids) < 2:
        return None
    stored = [other for found in ids if (other := neighbours.get(found)) is not None]
    same = [other for other in stored if other.headline == article.headline or same_text(article, other)]
    if len(same) < 2:
        return None
    return min(same, key=lambda other: (other.first_seen or other.fetched_at, other.id)).id


def _in_main_script(article: Article, alternates: list[Alternate], neighbours: Neighbours) -> str | None:
    """The id of the same article in Cyrillic: stored, or as it will be minted when its page comes."""
    for other in neighbours.at_addresses(article.newsroom, _urls(alternates), besides=article.id):
        if other.language == article.language and other.script == "Cyrl":
            return other.story or other.id
    named = (alternate.url for alternate in alternates if _is_in_main_script(alternate, article.language))
    return next((mint_article_id(article.newsroom, url) for url in named), None)


def _is_in_main_script(alternate: Alternate, language: str) -> bool:
    """Whether the page says so: `kk` and `kk-KZ` mean Cyrillic, `kk-Latn` does not (BCP 47: four letters, a script)."""
    named, *subtags = (alternate.hreflang or "").lower().replace("_", "-").split("-")
    scripts = [subtag for subtag in subtags if len(subtag) == 4 and subtag.isalpha()]
    return alternate.kind == "language" and named == language and scripts in ([], ["cyrl"])


def _alternates(article: Article, newsroom: Newsroom | None) -> list[Alternate]:
    """The article's alternates under their canonical addresses, itself left out."""
    own = {article.canonical_url, *article.addresses}
    canonical = [replace(alternate, url=_canonical(alternate.url, newsroom)) for alternate in article.alternates]
    return [alternate for alternate in canonical if alternate.url not in own]


def _urls(alternates: list[Alternate]) -> list[str]:
    return [alternate.url for alternate in alternates]


def _canonical(url: str, newsroom: Newsroom | None) -> str:
    try:
        return newsroom.canonical(url) if newsroom is not None else canonical_address(url)
    except ValueError:
        return url
