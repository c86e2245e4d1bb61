"""Tests of `feeds.publish` with articles that are rotten, hostile or wild."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from newscrawler.article import Alternate
from newscrawler.config import Config
from newscrawler.store import Store, open_store
from tests.feeds.articles import article, save
from tests.feeds.publishing import RSS_AND_ATOM, read, run

ROTTEN = {
    "control character in the headline": {"headline": "Бір\x01екі"},
    "surrogate in the body": {"body_html": "<p>Бір \ud800</p>"},
    "no headline": {"headline": "\u202e "},
    "no web address": {"canonical_url": "javascript:alert(1)"},
    "far too large": {"body_html": "<p>" + "Өте ұзақ. " * 200_000 + "</p>"},
}


@pytest.mark.parametrize("changes", ROTTEN.values(), ids=ROTTEN.keys())
def test_a_rotten_article_is_left_out_and_named(store: Store, config: Config, changes: dict[str, Any]) -> None:
    good = article(1)
    save(store, good, article(2, **changes))
    done = run(store, config)
    assert [problem.article_id for problem in done.problems] == [article(2, **changes).id]
    assert done.problems[0].problem
    for suffix in RSS_AND_ATOM:
        assert [entry.title for entry in read(config, "kk/all/all", suffix).entries] == [good.headline]
    again = run(store, config, every=True)
    assert again.problems == done.problems
    assert again.entries_rendered == 0


def test_a_rotten_article_that_is_mended_comes_back(store: Store, config: Config) -> None:
    save(store, article(1, headline="Бір\x01екі"))
    assert run(store, config).problems
    assert not (config.public / "kk/all/all.rss").exists()
    save(store, article(1, headline="Бір екі"))
    assert run(store, config).problems == []
    assert [entry.title for entry in read(config, "kk/all/all").entries] == ["Бір екі"]


HOSTILE = article(
    2,
    headline='</title><script>alert(1)</script> & "&lt;b&gt;" \u202eтерс ]]>',
    description="<img src=x onerror=alert(1)> &lt;script&gt;",
    body_html='<p onclick="x()">Мәтін<script>alert(1)</script><img src="https://t.example/pixel.gif">'
    '<a href="javascript:alert(1)">j</a><a href="data:text/html,x">d</a><a href="/rel">r</a>'
    '<a href="https://bulaq.test/a?b=1&amp;c=2">ok</a></p><iframe src="https://e.example"></iframe>'
    "<style>p{}</style><svg onload=alert(1)><p>&lt;script&gt;alert(2)&lt;/script&gt; \u2066x</p>]]>",
    authors=["<b>Әсел</b>", "", "]]>&amp;"],
    images=[],
    alternates=[
        Alternate(url="javascript:alert(1)", hreflang="ru"),
        Alternate(url="https://bulaq.test/amp", hreflang="ru", kind="amp"),
        Alternate(url="https://bulaq.test/en", hreflang="en"),
    ],
)


@pytest.mark.parametrize("suffix", RSS_AND_ATOM)
def test_nothing_active_leaves_a_hostile_article(store: Store, config: Config, suffix: str) -> None:
    save(store, HOSTILE)
    assert run(store, config).problems == []
    raw = (config.public / f"kk/all/all.{suffix}").read_text(encoding="utf-8")
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", raw)
    tree = etree.fromstring(raw.encode())
    entry = read(config, "kk/all/all", suffix).entries[0]
    texts = [element.text or "" for element in tree.iter() if isinstance(element.tag, str)]
    assert '</title><script>alert(1)</script> & "&lt;b&gt;" терс ]]>' in texts
    html = next(text for text in texts if "<p>Мәтін" in text)
    active = etree.HTML(html)
    assert {str(element.tag) for element in active.iter()} == {"html", "body", "p", "a"}
    assert {value for element in active.iter("a") for name, value in element.attrib.items() if name == "href"} == {
        "https://bulaq.test/a?b=1&c=2"
    }
    assert not [name for element in active.iter() for name in element.attrib if name != "href"]
    assert [link.href for link in entry.links] == [HOSTILE.canonical_url]


ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=40, deadline=None)
@given(headline=ANY_TEXT, lead=ANY_TEXT, html=ANY_TEXT, author=ANY_TEXT)
def test_whatever_an_article_holds_the_other_stands(
    tmp_path_factory: pytest.TempPathFactory, headline: str, lead: str, html: str, author: str
) -> None:
    folder = tmp_path_factory.mktemp("wild")
    config = Config(public=folder / "public")
    wild = article(2, headline=headline, description=lead, body_html=f"<p>{html}</p><b>{html}", authors=[author])
    with open_store(f"sqlite:///{folder / 'news.db'}") as store:
        save(store, article(1), wild)
        done = run(store, config)
    expected = 2 - len(done.problems)
    for suffix in RSS_AND_ATOM:
        tree = etree.parse(config.public / f"kk/all/all.{suffix}")
        entries = list(tree.iter("item", "{*}entry"))
        assert len(entries) == expected
        titles = [entry.findtext("{*}title") for entry in entries]
        assert article(1).headline in titles
        if expected == 2:
            assert titles[0] == re.sub("[\u202a-\u202e\u2066-\u2069]", "", headline).strip()
