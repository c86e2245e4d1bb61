"""No regular expression costs more than in proportion to what it reads, whatever it is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest

from newscrawler import cyrillic, date_tokens
from newscrawler.config import Config
from newscrawler.date_words import load_date_words
from newscrawler.vocabulary import load_vocabulary
from pipelines import attribution, stray_lines
from spiders.pages import captions, page_words, shortcodes
from tests.security.hostile_texts import hostile_texts
from tests.security.regular_expressions import Expression, MadePattern, expressions, made_patterns
from tests.security.work_limit import TooSlow, work_limited

# What takes no time to speak of at the first length is linear; else eight times that must not take so long as only
# what grows faster does. In seconds of this process's own work, so that a busy machine changes nothing.
LENGTH, TIMES = 5_000, 8
UNREMARKABLE, TOO_LONG = 0.01, 0.4

# What is never given more than so many characters, and where that is seen to; it may cost more than in proportion.
BOUNDED = {
    "newscrawler.date_days._DAY": (300, "_LONGEST_DATE_LINE in newscrawler/dates.py"),
    "newscrawler.date_line._MONTH_LIKE": (300, "_LONGEST_DATE_LINE in newscrawler/dates.py"),
    "spiders.drafting.selectors._MIXED": (100, "_LONGEST in spiders/drafting/selectors.py"),
    "spiders.pages.headline._SUFFIX": (500, "_LONGEST in spiders/pages/headline.py"),
    "spiders.pages.page_words.joined_by": (160, "_LONGEST_LINE in spiders/pages/authors.py"),
    "pipelines.specifics._SENTENCE_START": (8, "the piece of a line before a word in pipelines/specifics.py"),
}

PHOTO_LABELS = ("Фото:", "Сурет - ")

# What makes patterns of other values: the function, and what it makes of such values as there are.
MADE: dict[MadePattern, Callable[[], list[Any]]] = {
    MadePattern("newscrawler.cyrillic", "_latin_table"): lambda: [
        cyrillic._latin_table(spelling)[0] for spelling in cyrillic._letters()["latin"] if spelling != "common"
    ],
    MadePattern("newscrawler.date_tokens", "_scanner"): lambda: [
        date_tokens._scanner(load_date_words().number_endings).__self__  # type: ignore[attr-defined]
    ],
    MadePattern("spiders.pages.captions", "_credit_pattern"): lambda: [captions._credit_pattern(PHOTO_LABELS)],
    MadePattern("spiders.pages.captions", "_dropped_pattern"): lambda: [captions._dropped_pattern()],
    MadePattern("spiders.pages.page_words", "photo_label"): lambda: [page_words.page_words().photo_label],
    MadePattern("spiders.pages.page_words", "modified_label"): lambda: [page_words.page_words().modified_label],
    MadePattern("spiders.pages.page_words", "not_people"): lambda: [page_words.page_words().not_people],
    MadePattern("spiders.pages.page_words", "joined_by"): lambda: [page_words.page_words().joined_by],
    MadePattern("spiders.pages.page_words", "error_headline"): lambda: [page_words.page_words().error_headline],
    MadePattern("spiders.pages.page_words", "phrases"): lambda: [page_words.phrases(("бір сөз", "слово"))],
    MadePattern("spiders.pages.page_words", "_label"): lambda: [
        page_words.page_words().author_label,
        page_words.page_words().published_label,
    ],
    MadePattern("spiders.pages.shortcodes", "shortcode_pattern"): lambda: [
        shortcodes.shortcode_pattern(("ads", "gallery"))
    ],
    MadePattern("pipelines.attribution", "_tail_pattern"): lambda: [
        attribution._tail_pattern(load_vocabulary(), ("деп жазды",))
    ],
    MadePattern("pipelines.attribution", "_sentence_pattern"): lambda: [
        attribution._sentence_pattern(load_vocabulary())
    ],
    MadePattern("pipelines.attribution", "_dateline_pattern"): lambda: [
        attribution._dateline_pattern(load_vocabulary(), ("Newsroom.kz", "Қала жаңалықтары"))
    ],
    MadePattern("pipelines.stray_lines", "_read_also"): lambda: [stray_lines._read_also(load_vocabulary())],
    MadePattern("pipelines.stray_lines", "_counters"): lambda: [stray_lines._counters(load_vocabulary())],
    MadePattern("newscrawler.newsroom", "_include"): lambda: _of_newsrooms("include"),
    MadePattern("newscrawler.newsroom", "_exclude"): lambda: _of_newsrooms("exclude"),
}
# From the beginning of a text, or anywhere in it.
MATCHED = {
    "_dropped_pattern",
    "photo_label",
    "error_headline",
    "_label",
    "_dateline_pattern",
    "_read_also",
    "_counters",
}
# Functions that make no other patterns than these, or none that repeats anything, and why.
NOTHING_REPEATED = {
    MadePattern("newscrawler.language_profiles", "_writer"): "an alternation of letters",
    MadePattern("pipelines.explanation", "_quotation"): "escaped words",
    MadePattern("newscrawler.newsroom", "_compile"): "only compiled there, used by _include and _exclude",
    MadePattern("newscrawler.newsroom_files", "is_newsroom_name"): "a name of the module, as matching has it too",
    MadePattern("newscrawler.toml_files", "matching"): "found in the models that use it",
    MadePattern("spiders.commands.newsroom_new", "_is_usual"): "a drafted pattern, as below",
    MadePattern("spiders.drafting.address_patterns", "accept"): "a drafted pattern, of the shapes in address_shapes",
    MadePattern("spiders.drafting.address_patterns", "find_patterns"): "a drafted pattern",
    MadePattern("spiders.drafting.address_patterns", "_exclude"): "a drafted pattern",
}
LONGEST_ADDRESS = 2_000


def _of_newsrooms(which: str) -> list[re.Pattern[str]]:
    newsrooms, errors = Config().all_newsrooms()
    assert errors == []
    return [re.compile(pattern) for one in newsrooms.values() for pattern in getattr(one.articles, which)]


def all_expressions() -> Iterator[tuple[Expression, int]]:
    """Every one, and the length of what it may be given."""
    for one in expressions():
        yield one, BOUNDED.get(one.place, (LENGTH, ""))[0]
    for made, make in MADE.items():
        place = f"{made.module}.{made.function}"
        for pattern in make():
            asked = "match" if made.function in MATCHED else "search"
            of_addresses = made.module == "newscrawler.newsroom"
            length = LONGEST_ADDRESS if of_addresses else BOUNDED.get(place, (LENGTH, ""))[0]
            yield Expression(place, pattern, (asked,)), length


def takes(expression: Expression, text: str, seconds: float) -> bool:
    """Whether the expression takes longer than that with `text`."""
    pattern = expression.pattern
    read: Any = text.encode("utf-8") if isinstance(pattern.pattern, bytes) else text
    try:
        with work_limited(seconds):
            for method in expression.asked:
                if method == "search":
                    pattern.sub(read[:0], read)
                else:
                    getattr(pattern, method)(read)
    except TooSlow:
        return True
    return False


def slow_text(expression: Expression, length: int) -> str | None:
    """A text that takes too long: one of that length where it is a bound, else one of eight times of it."""
    for number, text in enumerate(hostile_texts(expression.pattern, length)):
        if length != LENGTH and takes(expression, text, TOO_LONG):
            return text
        if length == LENGTH and takes(expression, text, UNREMARKABLE):
            longer = next(islice(hostile_texts(expression.pattern, LENGTH * TIMES), number, None))
            if takes(expression, longer, TOO_LONG):
                return longer
    return None


def test_no_expression_takes_longer_than_its_text_is_long() -> None:
    slow = {
        f"{one.place} ({'/'.join(one.asked)}): {one.pattern.pattern!r}": f"{text[:40]!r} ... {text[-10:]!r}"
        for one, length in all_expressions()
        if (text := slow_text(one, length)) is not None
    }
    assert slow == {}


def test_every_function_that_makes_a_pattern_is_known() -> None:
    assert made_patterns() == MADE.keys() | NOTHING_REPEATED.keys()


def test_what_is_bounded_is_there_and_would_be_slow_without_its_bound() -> None:
    found = {one.place: one for one, _ in all_expressions()}
    assert BOUNDED.keys() <= found.keys()
    assert [place for place in BOUNDED if slow_text(found[place], LENGTH) is None] == []


def test_all_kinds_of_places_are_looked_at() -> None:
    places = {one.place for one in expressions()}
    assert len(places) > 150
    assert {
        "newscrawler.urls._TRACKING",
        "newscrawler.toml_files.matching",
        "spiders.drafting.address_shapes._FOLDERS",
        "spiders.drafting.address_shapes._tail",
        "feeds.site.templating._NEVER_SHOWN",
    } <= places


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:a+)+b",
        r"[^\W\d_]+(?:[-ʼ.][^\W\d_]+)*\d",
        r"\s*[|]\s*",
        r"x\s*=\s*['\"]?\s*y",
        r"(?:[\w-]+)*/\d",
        r"(?:a|ab|b)*c",
        r"<!--.*?-->",
    ],
)
def test_what_is_slow_is_found(pattern: str) -> None:
    assert slow_text(Expression("here", re.compile(pattern), ("search",)), LENGTH) is not None


@pytest.mark.parametrize("pattern", [r"\d{1,9}\s", r"[|](?=\s)", r"x\s*+=\s*+['\"]?\s*+y", r"\w++"])
def test_what_is_linear_is_not(pattern: str) -> None:
    assert slow_text(Expression("here", re.compile(pattern), ("search",)), LENGTH) is None
