from __future__ import annotations

import pytest

from spiders.pages.person_name import is_person_name

PARTICLES = ("ұлы", "қызы", "de")


@pytest.mark.parametrize(
    "name",
    [
        "Айгүл Сәрсенова",
        "Қ. Әбдіғали",
        "Мұхтар Омархан ұлы",
        "Anna-Maria O'Brien",
        "Walter de Silva",
        "ايگۇل سارسەنوۆا",
        "А.С. Пушкин",
    ],
)
def test_names(name: str) -> None:
    assert is_person_name(name, PARTICLES)


@pytest.mark.parametrize(
    "text", ["", "Айгүл", "бүгін кеше", "Айгүл 2", "ұлы қызы", "Бір Екі Үш Төрт Бес", "Айгүл сәрсенова"]
)
def test_no_names(text: str) -> None:
    assert not is_person_name(text, PARTICLES)


def test_a_single_word_where_it_is_allowed() -> None:
    assert is_person_name("Абайсың", PARTICLES, single=True)
