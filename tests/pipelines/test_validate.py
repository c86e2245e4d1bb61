"""What is refused, and which dates are dropped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newscrawler.article import DatePrecision, Image
from newscrawler.errors import Rejected
from newscrawler.newsroom import Newsroom, Wording
from newscrawler.vocabulary import Vocabulary
from pipelines.step import StepContext
from pipelines.validate import validate
from tests.conftest import NOW, an_article

NEWSROOM = Newsroom(
    name="newsroom_test",
    title="Newsroom.test",
    site="https://newsroom.test/",
    hosts=("newsroom.test",),
    languages=("kk",),
    wording=Wording(site_names=("Бүгінгі жаңалықтар",)),
)


@pytest.fixture
def context(vocabulary: Vocabulary) -> StepContext:
    return StepContext(vocabulary=vocabulary, now=NOW, newsroom=NEWSROOM)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"headline": " \n"}, "no headline"),
        ({"headline": "newsroom.test"}, "headline is the site's name"),
        ({"headline": "Бүгінгі  жаңалықтар"}, "headline is the site's name"),
        ({"body": []}, "no body"),
        ({"body": [" ", "\u00a0"]}, "no body"),
        ({"body": [], "images": [Image(url="https://newsroom.test/1.jpg")], "description": ""}, "no body"),
        ({"body": ["а" * 600_000, "а" * 400_001]}, "too long"),
    ],
)
def test_what_is_no_article_is_refused(values: dict[str, object], reason: str, context: StepContext) -> None:
    with pytest.raises(Rejected) as raised:
        validate(an_article(1, **({"description": None} | values)), context)
    assert raised.value.reason == reason
    assert raised.value.url
    assert raised.value.newsroom == "newsroom_test"


@pytest.mark.parametrize(
    "values",
    [
        {"description": "Бір сөйлем.", "images": [Image(url="https://newsroom.test/1.jpg")]},
        {"description": None, "images": [Image(url="https://newsroom.test/1.jpg", caption="Бір сөйлем.")]},
    ],
)
def test_a_picture_with_a_sentence_is_an_article(values: dict[str, object], context: StepContext) -> None:
    article = an_article(1, **({"body": []} | values))
    assert validate(article, context) == article


def test_a_headline_like_a_site_of_unknown_origin_is_kept(vocabulary: Vocabulary) -> None:
    context = StepContext(vocabulary=vocabulary, now=NOW)
    assert validate(an_article(headline="Newsroom.test"), context).headline == "Newsroom.test"


def test_true_dates_stay(context: StepContext) -> None:
    article = an_article(date_published=NOW + timedelta(minutes=10), date_modified=NOW + timedelta(minutes=10))
    checked = validate(article, context)
    assert checked.date_published == checked.date_modified == NOW + timedelta(minutes=10)
    assert "date_published" not in checked.sources


@pytest.mark.parametrize(
    ("published", "why"),
    [
        (NOW + timedelta(minutes=10, seconds=1), "in the future"),
        (datetime(1989, 12, 31, 23, 59, tzinfo=UTC), "before 1990"),
        (datetime(1, 1, 1, tzinfo=UTC), "before 1990"),
        (datetime(2024, 5, 1, 12, 0), "no offset"),  # noqa: DTZ001
    ],
)
def test_a_publication_date_that_cannot_be_is_dropped(published: datetime, why: str, context: StepContext) -> None:
    article = an_article(date_published=published, date_precision=DatePrecision.MINUTE, date_source="json-ld")
    checked = validate(article, context)
    assert (checked.date_published, checked.date_precision, checked.date_source) == (None, None, None)
    assert checked.sources["date_published"] == f"dropped: {why}"


def test_what_the_page_was_fetched_at_counts_not_the_present(context: StepContext) -> None:
    article = an_article(fetched_at=NOW - timedelta(days=30), date_published=NOW - timedelta(days=1))
    assert validate(article, context).date_published is None


def test_a_change_before_publication_is_dropped(context: StepContext) -> None:
    checked = validate(an_article(date_published=NOW, date_modified=NOW - timedelta(seconds=1)), context)
    assert checked.date_published == NOW
    assert checked.date_modified is None
    assert checked.sources["date_modified"] == "dropped: before published"


def test_a_change_in_the_future_is_dropped(context: StepContext) -> None:
    checked = validate(an_article(date_published=NOW, date_modified=NOW + timedelta(hours=1)), context)
    assert (checked.date_published, checked.date_modified) == (NOW, None)
