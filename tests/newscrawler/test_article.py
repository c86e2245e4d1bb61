import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.article import (
    Alternate,
    Article,
    DatePrecision,
    Evidence,
    Image,
    Relation,
    Scope,
    Tag,
    Where,
    article_from_dict,
    article_to_dict,
    mint_article_id,
)
from tests.conftest import an_article

TEXT = st.text(max_size=20)
MAYBE = st.none() | TEXT
MOMENTS = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5)), timezone(timedelta(hours=-3, minutes=-30))]),
)
TAGS = st.builds(
    Tag,
    code=TEXT,
    score=st.floats(allow_nan=False, allow_infinity=False),
    evidence=st.lists(st.builds(Evidence, words=TEXT, where=st.sampled_from(Where)), max_size=2),
)
SIZES = st.none() | st.integers(0, 10_000)
ARTICLES = st.builds(
    Article,
    id=TEXT,
    url=TEXT,
    canonical_url=TEXT,
    newsroom=TEXT,
    headline=TEXT,
    fetched_at=MOMENTS,
    alternative_headline=MAYBE,
    description=MAYBE,
    body=st.lists(TEXT, max_size=3),
    body_html=TEXT,
    images=st.lists(st.builds(Image, url=TEXT, caption=MAYBE, credit=MAYBE, width=SIZES, height=SIZES), max_size=2),
    authors=st.lists(TEXT, max_size=2),
    date_published=st.none() | MOMENTS,
    date_precision=st.none() | st.sampled_from(DatePrecision),
    date_modified=st.none() | MOMENTS,
    regions=st.lists(TAGS, max_size=2),
    topics=st.lists(TAGS, max_size=2),
    scope=st.none() | st.sampled_from(Scope),
    alternates=st.lists(st.builds(Alternate, url=TEXT, hreflang=MAYBE, kind=TEXT), max_size=2),
    first_seen=st.none() | MOMENTS,
    relation=st.none() | st.sampled_from(Relation),
    sources=st.dictionaries(TEXT, TEXT, max_size=2),
)


@given(ARTICLES)
def test_an_article_comes_back_from_json_as_it_was(article: Article) -> None:
    again = article_from_dict(json.loads(json.dumps(article_to_dict(article))))
    assert again == article
    assert again.fetched_at.utcoffset() == article.fetched_at.utcoffset()


def test_dates_keep_their_offset_and_enumerations_are_their_values() -> None:
    moment = datetime(2024, 5, 14, 18, 0, tzinfo=timezone(timedelta(hours=5)))
    article = an_article(date_published=moment, scope=Scope.NATIONAL, relation=Relation.OTHER_SCRIPT)
    values = article_to_dict(article)
    assert values["date_published"] == "2024-05-14T18:00:00+05:00"
    assert (values["scope"], values["relation"], values["date_modified"]) == ("national", "other-script", None)


def test_a_dict_shares_nothing_with_its_article() -> None:
    article = an_article(sources={"headline": "h1"})
    values = article_to_dict(article)
    values["body"].append("more")
    values["sources"]["headline"] = "og"
    assert len(article.body) == 2
    assert article.sources == {"headline": "h1"}


def test_keys_of_a_newer_version_are_ignored_and_missing_ones_take_their_defaults() -> None:
    values: dict[str, Any] = {
        "id": "a",
        "url": "https://newsroom.test/1",
        "canonical_url": "https://newsroom.test/1",
        "newsroom": "newsroom_test",
        "headline": "Тақырып",
        "fetched_at": "2024-05-14T18:00:00+05:00",
        "summary_by_machine": "new",
        "images": [{"url": "https://newsroom.test/a.jpg", "blurhash": "new"}],
        "alternates": [{"url": "https://newsroom.test/ru/1", "hreflang": "ru", "title": "new"}],
        "regions": [{"code": "KZ-75", "score": 1.5, "evidence": [{"words": "Алматы", "where": "lead"}], "rank": 1}],
    }
    article = article_from_dict(values)
    assert article.images == [Image(url="https://newsroom.test/a.jpg")]
    assert article.alternates == [Alternate(url="https://newsroom.test/ru/1", hreflang="ru")]
    assert article.regions == [Tag(code="KZ-75", score=1.5, evidence=[Evidence(words="Алматы", where=Where.LEAD)])]
    assert (article.language, article.script, article.topics, article.scope) == ("und", "Zyyy", [], None)


def test_an_id_never_changes() -> None:
    # Ids stand in feeds and stores: a new value here would make every article of every reader unread.
    assert mint_article_id("newsroom_test", "https://newsroom.test/kk/news/1") == "fbiyclqfdk4oipnm"


@given(newsroom=st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True), url=st.text())
def test_ids_are_sixteen_letters_and_digits_and_tell_newsrooms_and_addresses_apart(newsroom: str, url: str) -> None:
    minted = mint_article_id(newsroom, url)
    assert len(minted) == 16
    assert set(minted) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert mint_article_id(newsroom, url) == minted
    assert len({minted, mint_article_id(f"{newsroom}a", url), mint_article_id(newsroom, f"{url}a")}) == 3


def test_two_articles_share_no_list_by_default() -> None:
    one, two = an_article(1), an_article(2)
    one.keywords.append("су")
    assert two.keywords == []


@pytest.mark.parametrize("value", ["fortnight", ""])
def test_an_unknown_relation_is_an_error(value: str) -> None:
    values = article_to_dict(an_article()) | {"relation": value or "?"}
    with pytest.raises(ValueError, match="is not a valid Relation"):
        article_from_dict(values)
