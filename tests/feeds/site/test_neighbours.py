"""Tests of `feeds.site.neighbours`: which facets' pages lead to which, and in which order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.facet import parse_facet
from feeds.site.neighbours import Neighbours, outdated_pages
from tests.feeds.site.pages import PATHS, neighbours


def test_topics_and_regions_stand_in_the_order_of_the_vocabulary() -> None:
    known = neighbours()
    facet = parse_facet("kk/all/all")
    assert [one.topic for one in known.topics(facet)] == ["all", "sport", "economy"]
    assert [one.region for one in known.regions(facet)] == [
        "all",
        "national",
        "world",
        "turkistan",
        "astana",
        "atlantis",
    ]
    assert [one.path for one in known.regions(parse_facet("kk/all/sport"))] == [
        *("kk/all/sport", "kk/world/sport", "kk/turkistan/sport", "kk/astana/sport"),
    ]


def test_languages_and_newsrooms() -> None:
    known = neighbours()
    languages = known.languages(parse_facet("ru/astana/sport"))
    assert [one.path for one in languages] == ["kk/astana/sport", "ru/astana/sport", "all/astana/sport"]
    assert [one.newsroom for one in known.newsrooms("kk")] == ["bulaq_kz", "kaynar_kz"]
    assert known.newsrooms("ru") == []
    assert [one.path for one in known.languages(parse_facet("newsrooms/bulaq_kz/kk"))] == [
        "newsrooms/bulaq_kz/kk",
        "newsrooms/bulaq_kz/all",
    ]


@pytest.mark.parametrize(
    ("new", "around"),
    [
        (
            "kk/atlantis/sport",
            {
                *("kk/atlantis/all", "kk/atlantis/sport"),
                *("kk/all/sport", "kk/astana/sport", "kk/turkistan/sport", "kk/world/sport"),
            },
        ),
        ("newsrooms/x/kk", {"newsrooms/bulaq_kz/kk", "newsrooms/kaynar_kz/kk", "newsrooms/x/kk"}),
        ("newsrooms/kaynar_kz/ru", {"newsrooms/kaynar_kz/kk", "newsrooms/kaynar_kz/ru"}),
    ],
)
def test_what_leads_to_a_new_facet(new: str, around: set[str]) -> None:
    assert neighbours([*PATHS, new]).of([parse_facet(new)]) == around


@given(st.lists(st.sampled_from(PATHS), unique=True, min_size=1))
def test_what_links_to_a_facet_is_what_it_links_to(paths: list[str]) -> None:
    known = Neighbours(map(parse_facet, paths), ["turkistan"], ["sport"])
    for facet in known.facets.values():
        shown = [*known.languages(facet), *known.topics(facet), *known.regions(facet)]
        if facet.newsroom is not None:
            shown += known.newsrooms(facet.language)
        assert {one.path for one in shown} == known.of([facet])
        assert facet in shown


SOME = st.sets(st.sampled_from(PATHS))


@given(paged=SOME, due=SOME, came=SOME)
def test_pages_that_are_not_outdated_have_all_their_links(paged: set[str], due: set[str], came: set[str]) -> None:
    now, expected = neighbours(paged | (due & came)), neighbours(paged | due)
    outdated = outdated_pages(now, paged=paged, due=due, expected=expected)
    assert outdated <= now.facets.keys()
    for path, facet in now.facets.items():
        written = expected if path in due else neighbours(paged)
        if path not in outdated:
            assert written.of([facet]) == now.of([facet])
