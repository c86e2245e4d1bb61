"""From the addresses that lists, feeds and sitemaps give to the patterns of a newsroom file."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.drafting.address_patterns import AddressPatterns, find_patterns, in_company

SITE = "https://s.test"


def patterns(articles: list[str], others: list[str] = [], doubtful: list[str] = []) -> AddressPatterns:  # noqa: B006
    return find_patterns(
        [SITE + path for path in articles],
        [SITE + path for path in doubtful],
        [SITE + path for path in others],
    )


def accepts(found: AddressPatterns, path: str) -> bool:
    return any(re.search(p, path) for p in found.include) and not any(re.search(p, path) for p in found.exclude)


@pytest.mark.parametrize(
    ("seen", "unseen", "refused"),
    [
        (
            ["/kk/news/51001-zhana-mektep", "/kk/news/51002-su-tasqyny", "/ru/news/61001-novaya-shkola"],
            ["/kk/news/63011-basqa-soz", "/ru/news/7000123-drugoe/"],
            ["/kk/news/", "/kk/region/turkistan/", "/about/51001-news", "/kk/news/51001-zhana-mektep/print"],
        ),
        (
            [
                "/kazakhstan_news/pogoda-na-zavtra-551234/",
                "/world_news/vyiboryi-v-evrope-551235/",
                "/story/kak-zhit-551236/",
            ],
            ["/sport_news/match-sostoyalsya-551237/"],
            ["/kazakhstan_news/", "/kazakhstan_news/page/2/", "/tag/pogoda/"],
        ),
        (
            ["/society/4501234-kak-izmenyatsya-tseny.html", "/politics/4501235-vstrecha.html"],
            ["/society/6001236-drugoe.html"],
            ["/society/", "/authors/12-ivanov"],
        ),
        (
            ["/ru/v-almati-otkrili-most-a1b2c3", "/ru/pogoda-segodnya-0f9e8d", "/ru/novie-pravila-77ab01"],
            ["/ru/eshche-odna-novost-9c8d7e"],
            ["/ru/ekonomika", "/ru/o-kompanii"],
        ),
        (
            ["/2024/05/14/zhana-kopir/", "/2024/05/13/su-tasqyny/", "/2023/11/02/qys-keldi/"],
            ["/2025/01/31/basqa/"],
            ["/2024/05/", "/author/aigul/"],
        ),
        (
            ["/20240514/prezident-vstretilsya-24001.html", "/20240513/pogoda-24000.html"],
            ["/20250101/novost-30000.html"],
            ["/20240514/", "/politics/"],
        ),
        (["/post/101234", "/post/101235", "/post/99871"], ["/post/200001"], ["/part/12", "/post/"]),
        (["/?p=4501", "/?p=4502", "/?p=4400"], ["/?p=5001"], ["/?cat=4", "/"]),
    ],
)
def test_holds_for_what_was_seen_and_for_more_of_the_kind(
    seen: list[str], unseen: list[str], refused: list[str]
) -> None:
    found = patterns(seen, others=[path for path in refused if path.endswith("/")])
    assert [path for path in [*seen, *unseen] if not accepts(found, path)] == []
    assert [path for path in refused if accepts(found, path)] == []


def test_plain_slugs_are_told_from_sections_by_their_words() -> None:
    articles = [
        f"/{slug}/" for slug in ("v-almaty-otkryli-most", "pogoda-na-zavtra-v-astane", "kak-poluchit-lgotu-v-2024")
    ]
    found = patterns(articles, others=["/politics/", "/o-nas/", "/reklama-na-sayte/"])
    assert accepts(found, "/sud-vynes-prigovor-po-delu/")
    assert not accepts(found, "/politics/")
    assert not accepts(found, "/o-nas/")
    assert not accepts(found, "/reklama-na-sayte/")


def test_what_only_a_list_names_counts_where_it_has_a_number_of_its_own() -> None:
    found = patterns(
        ["/kk/news/51001-a-b", "/kk/news/51002-c-d"],
        doubtful=["/kk/gallery/52011", "/missing", "/kk/news/gone", "/v/1"],
    )
    assert accepts(found, "/kk/gallery/52012")
    assert not accepts(found, "/missing")
    assert not accepts(found, "/kk/news/gone")


def test_addresses_of_other_pages_are_kept_out_by_name() -> None:
    seen = [
        f"/{section}/{number}-soz-tirkes" for number, section in enumerate(["qogam", "sport", "alem", "saiasat"], 41000)
    ]
    found = patterns(seen, others=["/tag/41900-sport", "/author/41001-aigul-s"])
    assert accepts(found, "/ekonomika/50000-zhana-soz")
    assert not accepts(found, "/tag/41900-sport")
    assert not accepts(found, "/author/41077-basqa-adam")


def test_single_pages_of_a_sitemap_are_no_company() -> None:
    three = [f"{SITE}/lat/news/{number}" for number in (151001, 151002, 151003)]
    assert in_company([f"{SITE}/company/12345", *three, f"{SITE}/about"]) == three


def test_nothing_in_common_gives_no_pattern() -> None:
    assert patterns([]).include == ()
    assert patterns(["/a", "/b/c/d"]).include == ()


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(lambda text: f"/{text}"), max_size=30
    )
)
def test_any_addresses_give_patterns_that_can_be_used(paths: list[str]) -> None:
    found = patterns(paths, others=paths[:3], doubtful=paths[5:])
    urls = [SITE + path for path in paths]
    for pattern in found.include:
        assert any(AddressPatterns((pattern,), (), 0, 0).accept(url) for url in urls)
    # What keeps others out costs no article.
    including = AddressPatterns(found.include, (), 0, 0)
    assert [url for url in urls if found.accept(url)] == [url for url in urls if including.accept(url)]
