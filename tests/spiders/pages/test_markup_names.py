from __future__ import annotations

import lxml.html
import pytest

from spiders.pages.markup_names import Kind, is_named, kinds_of, kinds_of_element


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("clutter", "article__share-top"),
        ("clutter", "socialButtons"),
        ("others", "frame read_also_block"),
        ("others", "relatedPosts"),
        ("body", "article-body"),
        ("body", "articleBody"),
        ("body", "formatted-body__content--wrapper"),
        ("lead", "article__announce-text"),
        ("date", "date_public_art"),
        ("section", "cat-links"),
        ("placeholder", "no-image"),
        ("site_head", "layout site-header--fixed"),
        ("site_head", "currentDate"),
    ],
)
def test_names_of_a_kind(kind: Kind, name: str) -> None:
    assert kind in kinds_of(name)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("clutter", "shareholder-text"),
        ("clutter", "adventure"),
        ("body", "nobody"),
        ("site_head", "article-header icon-clock"),
    ],
)
def test_parts_of_words_are_no_names(kind: Kind, name: str) -> None:
    assert kind not in kinds_of(name)


def test_class_and_id_count() -> None:
    assert is_named("lead", lxml.html.fragment_fromstring("<p class='x' id='lead'></p>"))
    assert not is_named("lead", lxml.html.fragment_fromstring("<p title='lead'></p>"))


def test_all_kinds_of_an_element() -> None:
    element = lxml.html.fragment_fromstring("<p class='tags lead' id='comments'></p>")
    assert kinds_of_element(element) == {"clutter", "lead", "others"}
    assert kinds_of_element(lxml.html.fragment_fromstring("<p title='lead'></p>")) == frozenset()


def test_a_name_of_a_megabyte_is_read_at_its_beginning() -> None:
    assert "others" in kinds_of("related " + "x" * 1_000_000)
    assert "others" not in kinds_of("x " * 500_000 + "related")
