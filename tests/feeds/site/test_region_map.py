"""Tests of `feeds.site.region_map`: the regions as they are drawn and listed."""

from __future__ import annotations

from feeds.site.region_map import RegionMap, region_map
from newscrawler.vocabulary import Region, Vocabulary
from tests.feeds.articles import VOCABULARY
from tests.feeds.site.pages import NAMES, PATHS

COUNTS = {"kk/turkistan/all": 160, "kk/astana/all": 7, "kk/all/all": 900}


def drawn(vocabulary: Vocabulary = VOCABULARY, root: str = "../") -> RegionMap:
    return region_map("kk", names=NAMES, vocabulary=vocabulary, facets=PATHS, counts=COUNTS, root=root)


def test_every_region_is_listed_with_its_page_and_its_count() -> None:
    assert [(one.name, one.href, one.count, one.level) for one in drawn().listed] == [
        ("Түркістан облысы", "../kk/turkistan/all.html", 160, 4),
        ("Астана қаласы", "../kk/astana/all.html", 7, 1),
    ]


def test_the_drawing_has_the_names_and_counts_of_the_list() -> None:
    places = {one.name: one for one in drawn(root="").drawn}
    assert len(places) == 20
    turkistan = places["Түркістан облысы"]
    assert (turkistan.href, turkistan.count, turkistan.level, turkistan.short) == (
        *("kk/turkistan/all.html", 160, 4, "Түркістан"),
    )
    assert places["Астана қаласы"].centre is not None


def test_a_region_without_news_leads_nowhere() -> None:
    places = {one.name: one for one in drawn().drawn}
    assert (places["Абай"].href, places["Абай"].level) == (None, 0)


def test_a_region_that_is_not_drawn_is_listed() -> None:
    new = Region(code="KZ-99", slug="atlantis", names={"kk": "Атлантида", "ru": "Атлантида", "en": "Atlantis"})
    listed = drawn(Vocabulary(regions=(*VOCABULARY.regions, new), topics=VOCABULARY.topics)).listed
    assert listed[-1].href == "../kk/atlantis/all.html"


def test_the_legend_tells_what_colours_mean() -> None:
    steps = [(0, "0"), (1, "1–10"), (2, "11–40"), (3, "41–90"), (4, "91–160")]
    assert [(one.level, one.text) for one in drawn().legend] == steps
