"""Samples: some articles of the site, read as a crawl would read them, and how sure each field is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from scrapy.http import Response

from newscrawler.address import Discovered
from newscrawler.article import Article, DatePrecision
from newscrawler.errors import PageError
from newscrawler.languages import language_of
from newscrawler.newsroom import Newsroom
from spiders.drafting.address_shapes import shape_of
from spiders.drafting.leads import language_of_address
from spiders.drafting.site import Site
from spiders.pages import read_article

# Evidence that a redesign or another page may not have: a second opinion, a list, an address, the window's title.
_WEAK = {
    "headline": ("title", "discovery"),
    "body": ("trafilatura",),
    "date_published": ("discovery", "address"),
}
NEEDED = ("headline", "body", "date_published")
FIELDS = (*NEEDED, "description", "authors", "section", "images")
_MINUTE = timedelta(minutes=1)
# So many articles of one day may be chance; of so many, one would expect an older one.
_MANY = 3


@dataclass(slots=True, kw_only=True)
class Sample:
    """A page of an article, what a feed or list says of it, and what was read: the article, or why there is none."""

    url: str
    response: Response
    fetched_at: datetime
    known: Discovered
    article: Article | None = None
    problem: str = ""


@dataclass(slots=True, frozen=True, kw_only=True)
class FieldReport:
    """How a field was read on the samples: on how many of `of`, from which evidence, on how many weakly, and on how
    many of `compared` pages it is what feed or list said. Where the page lacks it, feed or list give it on `filled`.
    `doubtful` are the pages where it is missing, weak or contradicted.
    """

    name: str
    found: int
    of: int
    weak: int
    sources: tuple[tuple[str, int], ...]
    agreed: int = 0
    compared: int = 0
    filled: int = 0
    doubtful: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether every sample has the field, from evidence that stands on its own, and nothing contradicts it."""
        return self.of > 0 and self.found == self.of and not self.weak and self.agreed == self.compared

    def to_dict(self) -> dict[str, object]:
        """The values as JSON knows them."""
        return {
            "field": self.name,
            "sure": self.is_sure,
            "found": self.found,
            "samples": self.of,
            "weak": self.weak,
            "sources": dict(self.sources),
            "agreed": self.agreed,
            "compared": self.compared,
            "filled": self.filled,
            "doubtful": list(self.doubtful),
        }


def spread(addresses: Iterable[str], site: Site, most: int) -> list[str]:
    """At most `most` of `addresses`, from as many kinds, languages and sections as there are; in each the first come
    first."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for url in addresses:
        shape = shape_of(url)
        kind = (shape.family, shape.names) if shape is not None else ()
        groups.setdefault((*kind, language_of_address(url, site)), []).append(url)
    chosen: list[str] = []
    while groups and len(chosen) < most:
        for key in list(groups):
            chosen.append(groups[key].pop(0))
            if not groups[key]:
                del groups[key]
    return chosen[:most]


def read_sample(sample: Sample, newsroom: Newsroom) -> None:
    """Reads the sample as a page of `newsroom`, by its own evidence alone: what feeds know is kept for comparison."""
    try:
        moment = sample.fetched_at.astimezone(newsroom.zone)
        # A response keeps its parsed tree, out of which `remove` selectors cut; each reading takes a fresh one.
        sample.article, sample.problem = read_article(sample.response.copy(), newsroom, moment), ""
    except PageError as error:
        sample.article, sample.problem = None, error.problem


def is_weak(article: Article, name: str) -> bool:
    """Whether the evidence for a field of `article` is of the kind that the next page may not have."""
    return article.sources.get(name, "") in _WEAK.get(name, ())


def is_todays_date(samples: list[Sample]) -> bool:
    """Whether the date on all samples is the day they were fetched, and no list or feed says so too: then it may be the
    date that the site shows on top of every page."""
    articles = [sample.article for sample in samples if sample.article is not None]
    return len(articles) >= _MANY and all(
        article.date_published is not None
        and article.date_precision is DatePrecision.DAY
        and article.date_published.date() == article.fetched_at.astimezone(article.date_published.tzinfo).date()
        and sample.known.date_published is None
        for article, sample in zip(articles, (sample for sample in samples if sample.article), strict=True)
    )


def field_reports(samples: list[Sample]) -> list[FieldReport]:
    """A report on each field, over all samples; one that could not be read at all has none of them."""
    return [_report(name, samples) for name in FIELDS]


def _report(name: str, samples: list[Sample]) -> FieldReport:
    sources: Counter[str] = Counter()
    found = weak = agreed = compared = filled = 0
    doubtful: list[str] = []
    are_todays = name == "date_published" and is_todays_date(samples)
    for sample in samples:
        article = sample.article
        if article is None or not getattr(article, name):
            doubtful.append(sample.url)
            filled += article is not None and name == "date_published" and sample.known.date_published is not None
            continue
        found += 1
        is_doubtful = are_todays or is_weak(article, name)
        weak += is_doubtful
        sources[article.sources.get(name, "")] += 1
        same = _is_as_known(name, article, sample.known)
        compared += same is not None
        agreed += bool(same)
        if is_doubtful or same is False:
            doubtful.append(sample.url)
    return FieldReport(
        name=name,
        found=found,
        of=len(samples),
        weak=weak,
        sources=tuple(sources.most_common()),
        agreed=agreed,
        compared=compared,
        filled=filled,
        doubtful=tuple(doubtful),
    )


def _is_as_known(name: str, article: Article, known: Discovered) -> bool | None:
    """Whether a field is what feed or list said of it; None where they said nothing."""
    if name == "headline" and known.headline:
        return alike(article.headline, known.headline)
    if name == "date_published" and known.date_published and article.date_published:
        return same_time(article.date_published, article.date_precision, known)
    return None


def same_time(moment: datetime, precision: DatePrecision | None, known: Discovered) -> bool:
    """Whether a date is the known one, as far as both go."""
    if known.date_published is None:
        return False
    if DatePrecision.DAY in (precision, known.date_precision):
        return abs(moment - known.date_published) <= timedelta(days=1)
    return abs(moment - known.date_published) <= _MINUTE


def alike(one: str, other: str) -> bool:
    """Whether two headlines are the same but for spaces, case, punctuation and a cut at the end."""
    first, second = (" ".join(_words(text)) for text in (one, other))
    shorter, longer = sorted((first, second), key=len)
    return bool(shorter) and (longer.startswith(shorter) or shorter in longer)


def _words(text: str) -> Iterator[str]:
    for word in text.casefold().split():
        kept = "".join(character for character in word if character.isalnum())
        if kept:
            yield kept


def languages_of(samples: list[Sample]) -> list[str]:
    """The languages of the texts that were read, most frequent first."""
    counts = Counter(
        language_of(" ".join([sample.article.headline, *sample.article.body])) for sample in samples if sample.article
    )
    counts.pop("und", None)
    return [language for language, _ in counts.most_common()]
