import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.specifics import same_name, shared_names, specifics_of


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
    [("павлодардаги", "павлодаре"), ("нугмановтин", "нугманова"), ("бах", "бах"), ("аига", "аиги")],
)
def test_names_are_known_in_their_cases(a: str, b: str) -> None:
    assert same_name(a, b)
    assert same_name(b, a)


@pytest.mark.parametrize(("a", "b"), [("алмати", "алматиинскаиадала"), ("ким", "кимранов"), ("серик", "самат")])
def test_other_names_are_others(a: str, b: str) -> None:
    assert not same_name(a, b)


def test_shared_names_are_counted_once_each() -> None:
    assert shared_names(["аидар", "калкенов"], ["калкенова", "калкенову"]) == 1


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    assert len(specifics_of(text)) >= 0
