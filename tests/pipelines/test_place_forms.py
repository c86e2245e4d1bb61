"""Case endings of place names in Kazakh and Russian."""

from __future__ import annotations

import pytest

from newscrawler.vocabulary import Vocabulary
from pipelines.place_forms import (
    Shape,
    kazakh_forms,
    place_forms,
    russian_adjective_forms,
    russian_noun_forms,
    russian_resident_forms,
)


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Алматы", "Алматының Алматыға Алматыны Алматыда Алматыдан Алматымен Алматыдағы алматылықтар"),
        ("Түркістан", "Түркістанның Түркістанға Түркістанды Түркістанда Түркістаннан Түркістанмен түркістандық"),
        ("Шымкент", "Шымкенттің Шымкентке Шымкентті Шымкентте Шымкенттен Шымкентпен шымкенттіктер"),
        ("Орал", "Оралдың Оралға Оралды Оралда Оралдан Оралмен оралдықтар"),
        ("Тараз", "Тараздың Таразға Таразды Таразда Тараздан Таразбен"),
        ("Атырау", "Атыраудың Атырауға Атырауды Атырауда Атыраудан Атыраумен атыраулық"),
        ("Семей", "Семейдің Семейге Семейді Семейде Семейден Семеймен семейлік"),
        ("Өскемен", "Өскеменнің Өскеменге Өскеменді Өскеменде Өскеменнен Өскеменмен өскемендік"),
        ("Ақтөбе", "Ақтөбенің Ақтөбеге Ақтөбені Ақтөбеде Ақтөбеден Ақтөбемен ақтөбелік"),
        ("Степногорск", "Степногорскінің Степногорскіге Степногорскіде Степногорскіден Степногорскінің"),
        ("Петропавл", "Петропавлдың Петропавлға Петропавлда Петропавлдан петропавлдық"),
        ("Қонаев", "Қонаевтың Қонаевқа Қонаевта Қонаевтан"),
        ("Солтүстік Қазақстан", "СолтүстікҚазақстандық"),
    ],
)
def test_kazakh_forms(name: str, forms: str) -> None:
    known = {form.lower() for form, _ in kazakh_forms(name)}
    assert known >= {form.lower() for form in forms.split()}


@pytest.mark.parametrize("wrong", ["алматыта", "шымкентқе", "түркістандан", "атырауның", "семейда", "таразмен"])
def test_kazakh_endings_follow_harmony_and_the_last_letter(wrong: str, vocabulary: Vocabulary) -> None:
    assert wrong not in place_forms(vocabulary).forms


def test_only_place_cases_are_local() -> None:
    shapes = dict(kazakh_forms("Қонаев"))
    assert shapes["Қонаевта"] is shapes["Қонаевқа"] is shapes["Қонаевтағы"] is Shape.LOCAL
    assert shapes["Қонаевтан"] is dict(kazakh_forms("Рудный"))["Рудныйдан"] is Shape.FROM
    assert dict(kazakh_forms("Степногорск"))["Степногорскіден"] is Shape.FROM
    assert shapes["Қонаевтың"] is shapes["Қонаевты"] is Shape.NAME
    assert shapes["Қонаевтық"] is Shape.RESIDENT


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Шымкент", "Шымкент Шымкента Шымкенту Шымкентом Шымкенте"),
        ("Караганда", "Караганда Караганды Караганде Караганду Карагандой"),
        ("Шемонаиха", "Шемонаиха Шемонаихи Шемонаихе Шемонаиху Шемонаихой"),
        ("Рудный", "Рудный Рудного Рудному Рудным Рудном"),
        ("Семей", "Семей Семея Семею Семеем Семее"),
        ("Алматы", "Алматы"),
        ("Приаралье", "Приаралье Приаралья Приаралью Приаральем"),
        (
            "Южный Урал",
            "Южный Урал|Южного Урала|Южному Уралу|Южным Уралом|Южном Урале",
        ),
        ("южная столица", "южная столица|южной столицы|южной столице|южную столицу|южной столицей"),
    ],
)
def test_russian_noun_forms(name: str, forms: str) -> None:
    assert set(russian_noun_forms(name)) == set(forms.split("|") if "|" in forms else forms.split())


def test_a_soft_sign_is_declined_both_ways() -> None:
    assert {"Сарань", "Сарани", "Саранью"} <= set(russian_noun_forms("Сарань"))


def test_russian_adjectives_tell_the_forms_that_agree_with_oblast() -> None:
    shapes = dict(russian_adjective_forms("павлодарск"))
    assert shapes["павлодарской"] is Shape.FEMININE
    assert shapes["павлодарского"] is Shape.ADJECTIVE


@pytest.mark.parametrize(
    ("stem", "forms"),
    [
        ("павлодарск", "павлодарец павлодарца павлодарцы павлодарцев"),
        ("костанайск", "костанаец костанайцы"),
        ("карагандинск", "карагандинец карагандинка карагандинку"),
        ("актауск", "актаусец актаусцы актауцы"),
    ],
)
def test_russian_residents(stem: str, forms: str) -> None:
    assert set(russian_resident_forms(stem)) >= set(forms.split())


def test_residents_of_districts_and_of_shared_names_have_no_name(vocabulary: Vocabulary) -> None:
    forms = place_forms(vocabulary).forms
    assert {form.shape for form in forms["астанчанин"]} == {Shape.RESIDENT}
    assert "абаец" not in forms
    assert "сайрамец" not in forms


def test_a_name_in_the_nominative_is_bare(vocabulary: Vocabulary) -> None:
    forms = place_forms(vocabulary).forms
    assert all(form.bare for form in forms["кентау"])
    assert not any(form.bare for form in forms["кентауда"])


def test_abbreviations_take_endings_after_a_hyphen(vocabulary: Vocabulary) -> None:
    forms = place_forms(vocabulary).forms
    assert {form.place.code for form in forms["бқо-да"]} == {"KZ-27"}
    assert {form.place.code for form in forms["вко"]} == {"KZ-63"}


def test_folded_forms_lose_what_latin_letters_lose(vocabulary: Vocabulary) -> None:
    forms = place_forms(vocabulary, folded=True)
    assert {form.place.code for form in forms.forms["туркистанда"]} == {"KZ-61"}
    assert forms.longest["солтустик"] == 2
