from typing import SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.specifics import shared_names, specifics_of


def test_names_are_words_with_a_capital_that_begin_no_sentence() -> None:
    found = specifics_of("Инспектор Айдар Қалкенов келді. Ол «Дән» серіктестігінде. МЧС сообщил. — Кто это?")
    assert found.names == {"аидар", "калкенов", "дан", "мчс"}


def test_every_line_begins_a_sentence() -> None:
    assert specifics_of("Тақырып\nМәтін осында").names == frozenset()


def test_numbers_are_values() -> None:
    assert specifics_of("4,2 млн гектар мен он сегіз жарым центнер").numbers == {4_200_000.0, 18.5}


def test_its_length_is_how_much_there_is() -> None:
    assert len(specifics_of("Бұл Алматыда 12 адам")) == 2


@pytest.mark.parametrize(
    ("a", "b"),
    [("павлодардаги", "павлодаре"), ("нугмановтин", "нугманова"), ("бах", "бах"), ("аига", "аиги"), ("об", "об")],
)
def test_names_are_known_in_their_cases(a: str, b: str) -> None:
    assert shared_names([a], [b]) == shared_names([b], [a]) == 1


@pytest.mark.parametrize(("a", "b"), [("алмати", "алматиинскаиадала"), ("ким", "кимранов"), ("серик", "самат")])
def test_other_names_are_others(a: str, b: str) -> None:
    assert shared_names([a], [b]) == shared_names([b], [a]) == 0


def test_shared_names_are_counted_once_each() -> None:
    assert shared_names(["аидар", "калкенов"], ["калкенова", "калкенову"]) == 1


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    assert len(specifics_of(text)) >= 0


def is_form_of(a: str, b: str) -> bool:
    """By the letters, pair by pair: enough of a common root, and endings of at most four letters."""
    shared = next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    root = min(4, max(3, min(len(a), len(b)) - 1))
    return a == b or shared >= max(root, max(len(a), len(b)) - 4)


names = st.lists(st.text("аб", min_size=2, max_size=9), max_size=6)


@given(names, names)
def test_shared_names_are_those_that_have_a_form_among_the_others(a: list[str], b: list[str]) -> None:
    assert shared_names(a, b) == sum(any(is_form_of(name, other) for other in b) for name in a)


class CountedName(str):
    """A name that counts how often it is cut."""

    __slots__ = ()
    looked_at = 0

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        CountedName.looked_at += 1
        return super().__getitem__(key)


def test_counting_many_names_takes_a_few_looks_at_each() -> None:
    many = [CountedName(f"алмат{number:04}") for number in range(1000)]
    CountedName.looked_at = 0
    assert shared_names(many, many) == 1000
    assert CountedName.looked_at < 20 * len(many)
