"""Tests of `feeds.site.headlines`: an article as pages show it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from lxml import html

from feeds.entry import TEMPLATE_VERSION, RottenArticle, entry_of
from feeds.site.headlines import HEADLINES
from newscrawler.article import DatePrecision, Relation, Tag
from newscrawler.store.stories import StoryMember
from tests.feeds.articles import NEWSROOMS, VOCABULARY, article
from tests.feeds.test_publish_hostile import HOSTILE

COPY = StoryMember(
    id="copy", newsroom="b", url="https://b.test/1", headline="", language="kk", relation=Relation.SAME_TEXT
)


def shown(policy: str = "full", story: tuple[StoryMember, ...] = (), **changes: Any) -> html.HtmlElement:
    return html.fragment_fromstring(fragment(policy, story, **changes).decode())


def fragment(policy: str = "full", story: tuple[StoryMember, ...] = (), **changes: Any) -> bytes:
    newsroom = NEWSROOMS["bulaq_kz"].model_copy(update={"content": policy})
    one = article(1, **changes)
    members = [StoryMember(id=one.id, newsroom="", url=one.url, headline="", language="kk", relation=None), *story]
    return HEADLINES.fragment(
        entry_of(one, newsroom=newsroom, vocabulary=VOCABULARY, authority="news.example,2024", story=members)
    )


def test_a_headline_leads_to_its_source() -> None:
    item = shown(story=(COPY,))
    assert (item.tag, item.get("lang")) == ("li", "kk")
    assert [(a.text, a.get("href"), a.get("hreflang")) for a in item.iter("a")] == [
        ("Түркістанда 1-кәсіпорын ашылды", "https://bulaq.test/kk/1/", None),
        ("RU", "https://bulaq.test/ru/1/", "ru"),
        ("b.test", "https://b.test/1", None),
    ]
    assert item.findtext(".//h3/a") == "Түркістанда 1-кәсіпорын ашылды"
    assert item.xpath("string(.//*[@class='newsroom'])") == "Bulaq.kz"
    assert item.xpath("string(.//time)") == "14.05.2024 · 12:01"
    assert item.xpath("//time/@datetime") == ["2024-05-14T12:01:00+05:00"]
    assert item.xpath(".//*[@class='label']/text()") == ["Түркістан облысы", "Экономика"]


@pytest.mark.parametrize(
    ("policy", "lead"),
    [
        ("full", ["Өңірде жаңа жұмыс орындары пайда болды."]),
        ("excerpt", ["Өңірде жаңа жұмыс орындары пайда болды.", "Кәсіпорын қаланың шетінде орналасқан."]),
        ("headline", []),
    ],
)
def test_the_text_is_as_much_as_the_newsroom_allows(policy: str, lead: list[str]) -> None:
    assert shown(policy).xpath(".//div[@class='lead']/p/text()") == lead
    assert "жүз адам" not in fragment(policy).decode()


def test_a_day_is_not_told_as_a_minute() -> None:
    item = shown(date_precision=DatePrecision.DAY)
    assert item.xpath("string(.//time)") == "14.05.2024"
    assert item.xpath(".//time/@datetime") == ["2024-05-14"]


def test_arabic_letters_run_from_right_to_left() -> None:
    item = shown(script="Arab")
    assert (item.get("lang"), item.get("dir")) == ("kk-Arab", "rtl")


def test_nothing_active_leaves_a_hostile_article() -> None:
    entry = entry_of(HOSTILE, newsroom=None, vocabulary=VOCABULARY, authority="news.example,2024")
    item = html.fragment_fromstring(HEADLINES.fragment(entry).decode())
    assert {str(one.tag) for one in item.iter()} <= {"li", "article", "h3", "a", "p", "span", "time", "div"}
    assert {str(name) for one in item.iter() for name in one.attrib} <= {
        "class",
        "lang",
        "href",
        "hreflang",
        "datetime",
    }
    assert {one.get("href") for one in item.iter("a")} == {HOSTILE.canonical_url}
    assert item.findtext(".//h3/a") == '</title><script>alert(1)</script> & "&lt;b&gt;" терс ]]>'


@pytest.mark.parametrize(
    "changes", [{"headline": "а" * 1_000_001}, {"description": "а" * 100, "headline": "б" * 999_999}]
)
def test_a_headline_that_is_far_too_large_is_rotten(changes: dict[str, Any]) -> None:
    with pytest.raises(RottenArticle, match="more than 1000000"):
        fragment(**changes)


def test_the_bytes_of_this_template_version() -> None:
    """When this fails, entries look different: raise TEMPLATE_VERSION, so that kept ones are made anew, and then mend
    the digest."""
    everything = fragment("excerpt", (COPY,), topics=[Tag(code="sport", score=1)])
    assert (TEMPLATE_VERSION, hashlib.sha256(everything).hexdigest()[:16]) == (5, "bfa745649ca68652")
