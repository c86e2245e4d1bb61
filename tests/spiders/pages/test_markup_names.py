from __future__ import annotations

import lxml.html
import pytest

from spiders.pages.markup_names import Kind, is_named, names_kind


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
        ("placeholder", "no-image"),
    ],
)
def test_names_of_a_kind(kind: Kind, name: str) -> None:
    assert names_kind(kind, name)


@pytest.mark.parametrize(
    ("kind", "name"), [("clutter", "shareholder-text"), ("clutter", "adventure"), ("body", "nobody")]
)
def test_parts_of_words_are_no_names(kind: Kind, name: str) -> None:
    assert not names_kind(kind, name)


def test_class_and_id_count() -> None:
    assert is_named("lead", lxml.html.fragment_fromstring("<p class='x' id='lead'></p>"))
    assert not is_named("lead", lxml.html.fragment_fromstring("<p title='lead'></p>"))
