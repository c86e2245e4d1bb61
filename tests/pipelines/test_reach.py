"""What the words of an article say of the country and the world."""

from __future__ import annotations

from newscrawler.article import Scope, Where
from newscrawler.vocabulary import Vocabulary
from pipelines.reach import Hint, Reach, parts_of, reach_of
from tests.conftest import an_article


def reach(vocabulary: Vocabulary, headline: str, *body: str, lead: str | None = None, folded: bool = False) -> Reach:
    parts = parts_of(an_article(1, headline=headline, description=lead, body=list(body)))
    return reach_of(parts, vocabulary, folded=folded)


def test_parts_count_the_less_the_later_they_stand(vocabulary: Vocabulary) -> None:
    parts = reach(vocabulary, "Айдар", "бірінші", "екінші", "үшінші", lead="қысқаша").parts
    assert [part.where for part in parts] == [Where.HEADLINE, Where.LEAD, Where.BODY, Where.BODY, Where.BODY]
    weights = [part.weight for part in parts]
    assert weights == sorted(weights, reverse=True)
    assert weights[2] > weights[3] == weights[4]


def test_hints_of_a_part(vocabulary: Vocabulary) -> None:
    found = reach(vocabulary, "Министр Анкарада", "Кеңесте Қазақстан туралы айтылды", "Мысалы, егін")
    assert found.of_part(0) == {Hint.STATE, Hint.WORLD}
    assert found.of_part(1) == {Hint.MEETING, Hint.COUNTRY}
    assert found.of_part(2) == {Hint.EXAMPLE}


def test_a_part_of_the_country_is_not_the_country(vocabulary: Vocabulary) -> None:
    found = reach(vocabulary, "Солтүстік Қазақстанда егін", "В Восточном Казахстане снег", "Қазақстанда егін")
    assert [Hint.COUNTRY in found.of_part(at) for at in range(3)] == [False, False, True]
    assert found.towards(Scope.NATIONAL) == found.parts[2].weight


def test_any_state_weighs_half_and_one_that_acts_whole(vocabulary: Vocabulary) -> None:
    found = reach(vocabulary, "Үкімет отырысы", "Күн ашық")
    assert found.towards(Scope.NATIONAL) == 2.0
    found.acting_state.add(0)
    assert found.towards(Scope.NATIONAL) == 4.0
    assert found.towards(Scope.WORLD) == 0.0
    assert found.goes_out()


def test_a_story_of_the_country_says_so_in_its_headline(vocabulary: Vocabulary) -> None:
    assert reach(vocabulary, "Казахстан и Иран построят порт", "Стройка начнётся весной").is_of_the_country()
    assert reach(vocabulary, "Министр улетел в Стамбул", "Там выставка", "Казахстан занял стенд").is_of_the_country()
    assert not reach(vocabulary, "Министр Турции ушёл", "Причины не назвали").is_of_the_country()
    assert not reach(vocabulary, "Землетрясение в Иране", "Граждан Казахстана там нет").is_of_the_country()


def test_countries_in_latin_letters(vocabulary: Vocabulary) -> None:
    for spelling in ("Kenia astanasynda", "Kenııa astanasynda"):
        assert Hint.WORLD in reach(vocabulary, spelling, folded=True).of_part(0)
    assert reach(vocabulary, "Qatar tizildi", folded=True).of_part(0) == frozenset()
