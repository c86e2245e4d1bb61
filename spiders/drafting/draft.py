"""Draft: a newsroom file in the making, with what each part of it rests on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from newscrawler.address import Discovered
from newscrawler.errors import NewscrawlerError, PageError
from newscrawler.newsroom import ArticleAddresses, Newsroom
from spiders.drafting.address_patterns import AddressPatterns, find_patterns, in_company
from spiders.drafting.draft_lists import DraftList, find_lists
from spiders.drafting.findings import Findings, FoundSource
from spiders.drafting.samples import FieldReport, Sample, field_reports, languages_of, read_sample, spread
from spiders.drafting.selector_search import FoundSelector, find_selectors
from spiders.drafting.site_pages import SitePages

_SAMPLES = 6
_SAVED_SAMPLES = 12


@dataclass(slots=True, kw_only=True)
class Draft:
    """What goes into the file, and how sure it is. `from_saved` says that no page came from the network."""

    newsroom: Newsroom
    patterns: AddressPatterns
    feeds_and_sitemaps: list[FoundSource]
    lists: list[DraftList]
    selectors: list[FoundSelector]
    samples: list[Sample]
    fields: list[FieldReport]
    sections: list[str]
    not_tried: list[str]
    from_saved: bool
    drafted_at: datetime
    other_offsets: list[str] = field(default_factory=list)


async def make_draft(pages: SitePages, findings: Findings, name: str, now: datetime) -> Draft:
    """The draft of the newsroom called `name` from what was found; fetches sample articles with the requests that are
    left. Raises PageError when no address looks like an article's, or no sample can be read as one."""
    likely = find_patterns(findings.sure, findings.doubtful, findings.other_pages)
    if not likely.include:
        raise PageError(
            "no links to articles were found",
            url=findings.site.home,
            remedy="Save an article and a list of news with the browser, and give their folder",
        )
    samples = await _samples(pages, findings, likely)
    newsroom = _newsroom(findings, name, likely)
    for sample in samples:
        read_sample(sample, newsroom)
    _learn_from(samples, findings)
    patterns = _patterns(findings)
    newsroom = _newsroom(findings, name, patterns)
    samples = [sample for sample in samples if sample.article is not None or sample.url in findings.sure]
    selectors, newsroom = find_selectors(samples, newsroom)
    if not any(sample.article for sample in samples):
        reasons = "; ".join(dict.fromkeys(sample.problem for sample in samples)) or "none was at hand"
        raise PageError(
            f"none of the pages that look like articles could be read as one ({reasons})",
            url=findings.site.home,
            remedy="Look at one with 'newscrawler inspect'",
        )
    languages = languages_of(samples) or ["und"]
    newsroom = newsroom.model_copy(update={"title": _title(findings), "languages": tuple(languages)})
    return Draft(
        newsroom=newsroom,
        patterns=patterns,
        feeds_and_sitemaps=findings.own_sources,
        lists=find_lists(findings, newsroom),
        selectors=selectors,
        samples=samples,
        fields=field_reports(samples),
        sections=_sections(samples),
        not_tried=list(dict.fromkeys(findings.not_tried)),
        from_saved=bool(pages.saved),
        drafted_at=now,
        other_offsets=_other_offsets(samples, newsroom),
    )


def _patterns(findings: Findings) -> AddressPatterns:
    """The patterns without those for single pages of sitemaps that did not turn out to be articles."""
    listed = [url for url, known in findings.doubtful.items() if known.headline]
    mapped = [url for url, known in findings.doubtful.items() if not known.headline]
    return find_patterns(findings.sure, [*listed, *in_company(mapped)], findings.other_pages)


def _newsroom(findings: Findings, name: str, patterns: AddressPatterns) -> Newsroom:
    articles = ArticleAddresses(include=patterns.include, exclude=patterns.exclude)
    return findings.site.newsroom(name).model_copy(update={"articles": articles})


async def _samples(pages: SitePages, findings: Findings, patterns: AddressPatterns) -> list[Sample]:
    known = {**findings.doubtful, **findings.sure}
    likely = [url for url in chain(findings.sure, findings.doubtful) if patterns.accept(url)]
    # Every kind of article first, those of feeds and lists before those that a sitemap alone names.
    likely = list(dict.fromkeys(likely))
    if pages.saved:
        chosen = spread([url for url in likely if url in findings.articles], findings.site, _SAVED_SAMPLES)
    else:
        chosen = spread(likely, findings.site, _SAMPLES)
    samples = []
    for url in chosen:
        try:
            response = findings.articles.get(url) or await pages.get(url)
        except NewscrawlerError:
            continue
        samples.append(Sample(url=url, response=response, fetched_at=response.meta["fetched_at"], known=known[url]))
    return samples


def _learn_from(samples: list[Sample], findings: Findings) -> None:
    """What articles say of their own addresses, and of their like in other languages."""
    for sample in samples:
        if sample.article is None:
            continue
        findings.note_site_name(sample.response)
        findings.sure.setdefault(sample.article.canonical_url, Discovered(url=sample.article.canonical_url))
        for alternate in sample.article.alternates:
            url = findings.site.canonical(sample.url, alternate.url)
            if url is not None and alternate.kind == "language" and url not in findings.lists:
                findings.site.meet(url)
                findings.sure.setdefault(url, Discovered(url=url))


def _title(findings: Findings) -> str:
    names = Counter(findings.site_names).most_common(1)
    return names[0][0] if names else findings.site.domain


def _sections(samples: list[Sample]) -> list[str]:
    articles = [sample.article for sample in samples if sample.article is not None]
    return list(dict.fromkeys(article.section for article in articles if article.section))


def _other_offsets(samples: list[Sample], newsroom: Newsroom) -> list[str]:
    """The offsets from UTC that dates carry other than those of the newsroom's time zone."""
    found: Counter[str] = Counter()
    for sample in samples:
        moment = sample.article.date_published if sample.article else None
        if moment is not None and moment.utcoffset() != moment.astimezone(newsroom.zone).utcoffset():
            found[f"{moment:%z}"] += 1
    return [offset for offset, count in found.items() if count * 2 > len(samples)]
