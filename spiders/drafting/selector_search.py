"""Selectors for fields that the generic reader misses: looked for on all samples, kept only where reading again with
them finds the field on every one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml.etree import _Element
from scrapy.http import HtmlResponse

from newscrawler.article import Article
from newscrawler.newsroom import Newsroom
from spiders.drafting.samples import Sample, alike, is_todays_date, is_weak, read_sample, same_time
from spiders.drafting.selectors import selectors_for

_HIDDEN = frozenset({"script", "style", "noscript", "template", "svg", "head"})
_MARGINS = frozenset({"nav", "aside", "footer", "form", "a"})
_DATE_ATTRIBUTES = ("datetime", "content", "data-date", "data-time", "data-published", "title")
# In characters.
_LONGEST_DATE = 60
_LONGEST_HEADLINE = 300
_LEAST_PARAGRAPH = 60
# How much of a page's running text a body has to hold, and of a body that was read well before.
_MOST_OF_TEXT = 0.6
_KEPT = 0.9
_MOST_TRIED = 20
_LEAST_SAMPLES = 2

Marks = Callable[[Sample, Newsroom], Iterator[tuple[_Element, str]]]


@dataclass(slots=True, frozen=True)
class FoundSelector:
    """A selector for a field, and what was wrong without it, for a person to read."""

    field: str
    selector: str
    why: str


def find_selectors(samples: list[Sample], newsroom: Newsroom) -> tuple[list[FoundSelector], Newsroom]:
    """Selectors for headline, body and date where a sample lacks them or has them by weak evidence, and the newsroom
    with them; the samples are read again with it. None is found from a single page: nothing would show that it holds
    for others."""
    found: list[FoundSelector] = []
    for name, marks in _MARKS:
        why = _why(name, samples)
        if not why or len(samples) < _LEAST_SAMPLES:
            continue
        for selector in _candidates(marks, samples, newsroom):
            selectors = newsroom.selectors.model_copy(update={name: (selector,)})
            tried = newsroom.model_copy(update={"selectors": selectors})
            if _holds(name, selector, samples, tried):
                found.append(FoundSelector(name, selector, why))
                newsroom = tried
                break
    for sample in samples:
        read_sample(sample, newsroom)
    return found, newsroom


def _why(name: str, samples: list[Sample]) -> str:
    """What is wrong with a field as it is read now; empty where nothing is."""
    unread = sum(sample.article is None and _is_about(name, sample.problem) for sample in samples)
    read = [sample.article for sample in samples if sample.article is not None]
    missing = sum(not getattr(article, name) for article in read)
    weak = sum(is_weak(article, name) for article in read)
    if name == "date_published" and is_todays_date(samples):
        weak = len(read)
    if unread + missing:
        return f"without it {unread + missing} of {len(samples)} pages had none"
    if weak:
        return f"without it {weak} of {len(samples)} pages had a doubtful one"
    return ""


def _is_about(name: str, problem: str) -> bool:
    return {"headline": "headline", "body": "empty"}.get(name, "\n") in problem


def _candidates(marks: Marks, samples: list[Sample], newsroom: Newsroom) -> list[str]:
    """Selectors that find a marked element on every sample where one is marked, the best first."""
    counts: Counter[str] = Counter()
    order: dict[str, int] = {}
    marked = 0
    for sample in samples:
        own: dict[str, None] = {}
        for element, suffix in marks(sample, newsroom):
            own |= dict.fromkeys(f"{selector}{suffix}" for selector in selectors_for(element))
        marked += bool(own)
        for place, selector in enumerate(own):
            counts[selector] += 1
            order[selector] = min(place, order.get(selector, place))
    common = [selector for selector, count in counts.items() if count == marked and marked >= _LEAST_SAMPLES]
    common.sort(key=lambda selector: (" " in selector, order[selector], len(selector)))
    return common[:_MOST_TRIED]


def _holds(name: str, selector: str, samples: list[Sample], newsroom: Newsroom) -> bool:
    """Whether every sample, read with the selector, has the field by it, as feed and list say, and lost no text."""
    before = [sample.article for sample in samples]
    try:
        for sample in samples:
            read_sample(sample, newsroom)
        for sample, old in zip(samples, before, strict=True):
            article = sample.article
            if article is None:
                # Another field may be missing still; that its problem is another one is all that can be asked.
                if _is_about(name, sample.problem) or old is not None:
                    return False
                continue
            if not article.sources.get(name, "").startswith("selector") or not _is_right(name, article, sample, old):
                return False
        return _differs(name, [sample.article for sample in samples if sample.article is not None])
    finally:
        for sample, old in zip(samples, before, strict=True):
            sample.article = old


def _is_right(name: str, article: Article, sample: Sample, before: Article | None) -> bool:
    if name == "headline":
        return not sample.known.headline or alike(article.headline, sample.known.headline)
    if name == "date_published":
        moment = article.date_published
        known = sample.known.date_published
        return moment is not None and (known is None or same_time(moment, article.date_precision, sample.known))
    if before is None or is_weak(before, "body"):
        return True
    return sum(map(len, article.body)) >= _KEPT * sum(map(len, before.body))


def _differs(name: str, articles: list[Article]) -> bool:
    """Whether the field is the articles' own: what is the same on all pages, as today's date is, is the site's."""
    if name == "body":
        return len({" ".join(article.body) for article in articles}) == len(articles)
    if name == "headline":
        return len({article.headline for article in articles}) == len(articles)
    return len({article.date_published for article in articles}) > 1


def _headline_marks(sample: Sample, newsroom: Newsroom) -> Iterator[tuple[_Element, str]]:
    wanted = sample.known.headline or (sample.article.headline if sample.article else "")
    title = " ".join(sample.response.css("title ::text").get("").split())
    for element in _shown(sample):
        text = _short_text(element, _LONGEST_HEADLINE)
        if text and (alike(text, wanted) if wanted else len(text) > 15 and alike(text, title)):
            yield element, ""


def _date_marks(sample: Sample, newsroom: Newsroom) -> Iterator[tuple[_Element, str]]:
    for element in _shown(sample):
        texts = [(_short_text(element, _LONGEST_DATE), "")]
        texts += [(element.get(name), f"::attr({name})") for name in _DATE_ATTRIBUTES]
        for text, suffix in texts:
            is_short = text is not None and len(text) <= _LONGEST_DATE and any(map(str.isdigit, text))
            if text and is_short and newsroom.read_date(text, sample.fetched_at) is not None:
                yield element, suffix


def _body_marks(sample: Sample, newsroom: Newsroom) -> Iterator[tuple[_Element, str]]:
    """The elements that hold most of the running text, the smallest first."""
    mass: Counter[_Element] = Counter()
    total = 0
    for element in _shown(sample):
        length = sum(len(text) for text in _own_texts(element) if len(text) >= _LEAST_PARAGRAPH)
        if length:
            total += length
            for step in (element, *element.iterancestors()):
                mass[step] += length
    holders = [element for element in mass if mass[element] >= _MOST_OF_TEXT * total]
    depth = {element: sum(1 for _ in element.iterancestors()) for element in holders}
    for element in sorted(holders, key=lambda held: -depth[held]):
        if element.tag not in ("html", "body", "p"):
            yield element, ""


def _own_texts(element: _Element) -> Iterator[str]:
    yield " ".join((element.text or "").split())
    for child in element:
        yield " ".join((child.tail or "").split())


def _shown(sample: Sample) -> Iterator[_Element]:
    """The elements of a sample that readers see, without the margins of the page."""
    if not isinstance(sample.response, HtmlResponse):
        return
    waiting: list[_Element] = list(reversed(sample.response.selector.root.findall("body")))
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in _HIDDEN or element.tag in _MARGINS:
            continue
        yield element
        waiting.extend(reversed(list(element)))


def _short_text(element: _Element, longest: int) -> str | None:
    length = 0
    parts: list[str] = []
    for part in element.itertext():
        parts.append(str(part))
        length += len(parts[-1].strip())
        if length > longest:
            return None
    return re.sub(r"\s+", " ", "".join(parts)).strip()


_MARKS: tuple[tuple[str, Marks], ...] = (
    ("headline", _headline_marks),
    ("body", _body_marks),
    ("date_published", _date_marks),
)
