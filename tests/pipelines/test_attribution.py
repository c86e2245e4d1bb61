"""Whom a paragraph credits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.newsroom import Newsroom, Wording
from newscrawler.vocabulary import Vocabulary
from pipelines.attribution import find_attribution


@pytest.mark.parametrize(
    ("paragraph", "source"),
    [
        ("Жаңа зауыт ашылды,- деп хабарлайды newsroom.kz", "newsroom.kz"),
        ("Жаңа зауыт ашылды, – деп хабарлайды Newsroom.test.", "Newsroom.test"),
        ("Жаңа зауыт ашылды – деп хабарлайды ҚазАқпарат тілшісі.", "ҚазАқпарат"),
        ("Зауыт ашылды, деп хабарлайды Kazinform агенттігі", "Kazinform"),
        ("Зауыт ашылды, деп хабарлайды Zakon.kz министрлікке сілтеме жасап.", "Zakon.kz"),
        ("Завод открыт, передаёт Tengrinews.kz.", "Tengrinews.kz"),
        ("Завод открыт, передает корреспондент агентства Хабар 24.", "Хабар 24"),
        ("Завод открыт, сообщает NUR.KZ со ссылкой на акимат.", "NUR.KZ"),
        ("Завод открыт, сообщает Zakon.kz. Его строили два года.", "Zakon.kz"),
        ("Завод открыт, пишет «Казахстанская правда».", "«Казахстанская правда»"),
        ("Zaýyt ashyldy, – dep habarlaıdy Egemen.kz", "Egemen.kz"),
        ("زاۋىت اشىلدى، - دەپ حابارلايدى newsroom.kz", "newsroom.kz"),
        ("Завод открыт, передаёт телеканал «Хабар».", "«Хабар»"),
        ("Завод открыт. Об этом сообщает Tengrinews.kz.", "Tengrinews.kz"),
        ("Об этом сообщает корреспондент агентства Хабар 24 со ссылкой на акимат.", "Хабар 24"),
        ("Как передаёт Zakon.kz, завод открыт.", "Zakon.kz"),
        ("Зауыт ашылды. Бұл туралы Kazinform хабарлайды.", "Kazinform"),
        ("Бұл туралы «Егемен Қазақстан» газеті жазады.", "«Егемен Қазақстан»"),
        ("АСТАНА. ҚазАқпарат – Бүгін отырыс өтті.", "ҚазАқпарат"),
        ("Астана. 10 декабря. KAZAKHSTAN TODAY - Прошло заседание.", "KAZAKHSTAN TODAY"),
    ],
)
def test_the_source_that_is_credited(paragraph: str, source: str, vocabulary: Vocabulary) -> None:
    found = find_attribution(paragraph, vocabulary)
    assert found is not None
    assert found.credited_to == source
    assert source.strip("«»") in paragraph[found.start : found.end]


@pytest.mark.parametrize(
    "paragraph",
    [
        "",
        "Завод открыт, сообщает пресс-служба акимата.",
        "Об этом сообщает пресс-служба акимата.",
        "Бұл туралы әкімдіктің баспасөз қызметі хабарлайды.",
        "Об этом сообщил Токаев. Бұл туралы Тоқаев жазды.",
        "Министр узнал об этом. По данным полиции, никто не пострадал.",
        "Когда об этом сообщает Асель, все молчат.",
        "Министр сообщает о новых мерах поддержки.",
        "Ол бұл туралы ертең хабарлайды.",
        "Астана. Вечер – время прогулок.",
        "ҚазАқпарат агенттігі 100 жылдығын атап өтті.",
    ],
)
def test_no_source_is_made_up(paragraph: str, vocabulary: Vocabulary) -> None:
    assert find_attribution(paragraph, vocabulary) is None


def test_wordings_of_the_newsroom_are_known(vocabulary: Vocabulary) -> None:
    newsroom = Newsroom(
        name="test",
        title="Дала жаршысы",
        site="https://newsroom.test/",
        hosts=("newsroom.test",),
        languages=("kk",),
        wording=Wording(attributions=("деп сыр шертеді",)),
    )
    tail = "Зауыт ашылды, деп сыр шертеді Дала.kz."
    opening = "Дала жаршысы – Бүгін зауыт ашылды."
    for paragraph, source in ((tail, "Дала.kz"), (opening, "Дала жаршысы")):
        assert find_attribution(paragraph, vocabulary) is None
        found = find_attribution(paragraph, vocabulary, newsroom)
        assert found is not None
        assert found.credited_to == source


@given(st.text())
def test_any_text_is_taken(vocabulary: Vocabulary, text: str) -> None:
    found = find_attribution(f"{text}, передаёт {text}", vocabulary)
    assert found is None or found.credited_to
