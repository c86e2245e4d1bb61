"""Section meanings: what an article's section and address say of it, as its newsroom and the vocabulary know them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from newscrawler.article import Article, Evidence, Scope, Where
from newscrawler.newsroom import Meaning
from newscrawler.vocabulary import Vocabulary
from pipelines.step import StepContext


@dataclass(slots=True, frozen=True)
class Said:
    """What is said of the article, and by what."""

    meaning: Meaning
    evidence: Evidence


def section_meanings(article: Article, context: StepContext) -> list[Said]:
    """What section and address say, the newsroom's own maps before the names of sections that are known everywhere.

    A key of the newsroom's `addresses` is the beginning of the path, or of the whole address where it begins with a
    scheme; the longest that fits counts. Names of sections are compared without regard to case.
    """
    said = []
    own = {_plain(name): meaning for name, meaning in context.newsroom.sections.items()} if context.newsroom else {}
    if article.section:
        names = [_plain(part) for part in (article.section, *article.section.split("/"))]
        known = own | {name: known for name, known in _known_sections(context.vocabulary).items() if name not in own}
        for name in dict.fromkeys(names):
            if name in known:
                said.append(Said(known[name], Evidence(words=article.section, where=Where.SECTION)))
                break
    address = _address_meaning(article.canonical_url, context)
    if address is not None:
        said.append(address)
    return said


def _address_meaning(url: str, context: StepContext) -> Said | None:
    if context.newsroom is None:
        return None
    path = urlsplit(url).path
    fitting = [
        beginning
        for beginning in context.newsroom.addresses
        if (url if "://" in beginning else path).startswith(beginning)
    ]
    if not fitting:
        return None
    longest = max(fitting, key=len)
    return Said(context.newsroom.addresses[longest], Evidence(words=longest, where=Where.ADDRESS))


@cache
def _known_sections(vocabulary: Vocabulary) -> dict[str, Meaning]:
    known = {_plain(name): Meaning(topic=topic.slug) for topic in vocabulary.topics for name in topic.sections}
    for names, scope in (
        (vocabulary.scopes.national_sections, Scope.NATIONAL),
        (vocabulary.scopes.world_sections, Scope.WORLD),
    ):
        known |= {_plain(name): Meaning(scope=scope.value) for name in names}
    return known


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
