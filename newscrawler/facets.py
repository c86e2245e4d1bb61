"""Facets: which feeds an article belongs to, as paths such as `kk/turkistan/economy`; `all` stands for any."""

from __future__ import annotations

from newscrawler.article import Article, Relation, Scope
from newscrawler.vocabulary import Vocabulary

ANY = "all"
FEED_LANGUAGES = ("kk", "ru")
_SLASHES_OF_AN_ARCHIVE = 3
_NOT_A_STORY_OF_ITS_OWN = frozenset({Relation.SAME_TEXT, Relation.NEAR_TEXT, Relation.OTHER_SCRIPT})


def is_archive(path: str) -> bool:
    """Whether the facet at `path` is that of one month, such as `kk/all/all/2024-05`."""
    return path.count("/") == _SLASHES_OF_AN_ARCHIVE


def facet_paths(article: Article, vocabulary: Vocabulary) -> list[str]:
    """The facets of `article`, sorted: `<language>/<region>/<topic>`, `newsrooms/<name>/<language>`, and the archives
    `<language>/all/all/<year>-<month>` of the month in which it was published, by its own offset.

    None for an article without a date. A copy of another text is in its newsroom's feeds only, a translation in those
    of its language but not under `all`, the same text in another script nowhere.
    """
    if article.date_published is None or article.relation is Relation.OTHER_SCRIPT:
        return []
    own = [article.language] if article.language in FEED_LANGUAGES else []
    paths = [f"newsrooms/{article.newsroom}/{language}" for language in (*own, ANY)]
    if article.relation not in _NOT_A_STORY_OF_ITS_OWN:
        languages = own if article.relation is Relation.TRANSLATION else [*own, ANY]
        known = {region.code: region.slug for region in vocabulary.regions}
        # An operator's vocabulary may have lost a region; its articles stand in the feeds of all regions.
        regions = [known[tag.code] for tag in article.regions if tag.code in known]
        if article.scope in (Scope.NATIONAL, Scope.WORLD):
            regions.append(article.scope.value)
        topics = [tag.code for tag in article.topics]
        paths += [
            f"{language}/{region}/{topic}"
            for language in languages
            for region in (ANY, *regions)
            for topic in (ANY, *topics)
        ]
        published = article.date_published
        paths += [f"{language}/{ANY}/{ANY}/{published.year:04}-{published.month:02}" for language in languages]
    return sorted(paths)
