from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.article import Article
from pipelines.same_event import event_hashes, same_event
from tests.conftest import NOW, an_article

KK = [
    "Тарбағатай қорығында 430 марал бар екен, деп хабарлады инспектор Айдар Қалкенов.",
    "Алты мың суретті студенттер екі ай бойы сұрыптаған.",
]
RU = [
    "Шесть тысяч снимков студенты разбирали два месяца.",
    "Инспектор Айдар Калкенов сообщил: в заповеднике Тарбагатай четыреста тридцать маралов.",
]


def article(body: list[str], language: str, **values: object) -> Article:
    return an_article(1, headline="", body=body, language=language, **values)


def both_ways(a: Article, b: Article) -> bool:
    assert same_event(a, b) is same_event(b, a)
    return same_event(a, b)


def test_a_translation_carries_figures_and_names_over() -> None:
    assert both_ways(article(KK, "kk"), article(RU, "ru"))


def test_articles_in_one_language_are_no_translations_of_each_other() -> None:
    assert not both_ways(article(KK, "kk"), article(KK, "kk"))
    assert not both_ways(article(KK, "kk"), article(RU, "en"))


def test_other_figures_are_another_event() -> None:
    other = [line.replace("430", "118").replace("Алты мың", "Тоғыз мың").replace("екі ай", "бес ай") for line in KK]
    assert not both_ways(article(other, "kk"), article(RU, "ru"))


def test_figures_alone_or_names_alone_are_too_little() -> None:
    nameless = ["Бізде 430 марал, алты мың сурет, 25 студент және 77 камера бар."]
    assert not both_ways(article(nameless, "kk"), article(["У нас 430, шесть тысяч, 25 и 77 штук."], "ru"))
    assert not both_ways(article(["Оны Айдар көрді."], "kk"), article(["Это видел Айдар."], "ru"))


def test_years_and_small_numbers_say_half_as_much() -> None:
    kk, ru = ["Ол Айдар 2024 жылы 3 рет келді."], ["Это Айдар в 2024 году 3 раза."]
    assert not both_ways(article(kk, "kk"), article(ru, "ru"))
    assert both_ways(
        article(["Ол Айдар 2024 жылы 3 рет, 57 адаммен келді."], "kk"),
        article(["Это Айдар в 2024 году 3 раза и 57 человек."], "ru"),
    )


def test_hashes_are_shared_by_the_two_languages_of_one_newsroom_and_day() -> None:
    kk, ru = article(KK, "kk"), article(RU, "ru")
    assert len(event_hashes(kk) & event_hashes(ru)) >= 4
    assert not event_hashes(kk) & event_hashes(article(RU, "ru", newsroom="other"))
    tomorrow = article(RU, "ru", date_published=NOW + timedelta(days=1))
    assert not event_hashes(kk) & event_hashes(tomorrow)
    assert event_hashes(kk, days=(1,)) & event_hashes(tomorrow)


def test_light_figures_have_hashes_too_so_that_what_is_accepted_is_found() -> None:
    kk = article(["Бүгін Шымкентте 3 үй, 4 дүкен, 6 көлік, 8 ағаш қирады."], "kk")
    ru = article(["Сегодня в Шымкенте сломаны 3 дома, 4 магазина, 6 машин, 8 деревьев."], "ru")
    assert both_ways(kk, ru)
    assert len(event_hashes(kk) & event_hashes(ru)) >= 3


@pytest.mark.parametrize(("language", "published"), [("en", NOW), ("kk", None)])
def test_other_languages_and_undated_articles_have_none(language: str, published: object) -> None:
    assert event_hashes(article(KK, language, date_published=published)) == set()


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_texts_can_be_compared(a: str, b: str) -> None:
    assert both_ways(article([a], "kk"), article([b], "ru")) in (True, False)
