"""Mentions of regions, each sentence with a trap of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.vocabulary import Vocabulary
from newscrawler.vocabulary.entries import PlaceKind
from pipelines.mention_roles import Role
from pipelines.mentions import find_mentions
from pipelines.surroundings import Rank

# Language, sentence, the numbers of the ISO codes that it names.
SENTENCES = [
    ("ru", "В Туркестанской и Жамбылской областях подтопило дороги", "61 31"),
    ("ru", "В областях Абай, Жетысу и Улытау открыли школы", "10 33 62"),
    ("ru", "Скорая помощь приехала вовремя", ""),
    ("ru", "В СКО собрали урожай", "59"),
    ("ru", "ВКО и ЗКО получат деньги", "63 27"),
    ("ru", "Жители ЮКО помнят наводнение", "61"),
    ("ru", "На трассе Алматы – Екатеринбург столкнулись машины", ""),
    ("ru", "Поезд Алматы — Астана задержали", ""),
    ("ru", "ФК «Астана» обыграл ФК «Актобе»", ""),
    ("ru", "«Астана» обыграла «Актобе» со счётом 2:1", ""),
    ("ru", "На проспекте Абая в Алматы меняют трубы", "75"),
    ("ru", "На улице Жамбыла в Петропавловске прорвало трубу", "59"),
    ("ru", "В городе Абай Карагандинской области", "35"),
    ("ru", "В Абайском районе Карагандинской области выпал снег", "35"),
    ("ru", "В Абайском районе выпал снег", ""),
    ("ru", "В Абайском районе Шымкента выпал снег", "79"),
    ("ru", "В Алматинской области построят завод", "19"),
    ("ru", "Алматинские полицейские задержали вора", "75"),
    ("ru", "В Астраханской области России горит степь", ""),
    ("ru", "В Астраханском районе горит степь", "11"),
    ("ru", "Алтайский край и Самарская область", ""),
    ("ru", "Урал вышел из берегов", ""),
    ("ru", "В Уральске Урал вышел из берегов", "27"),
    ("ru", "Президент Франции прилетел в столицу Кении", ""),
    ("ru", "В столице Франции идут протесты", ""),
    ("ru", "В Астане, столице Казахстана, похолодает", "71"),
    ("ru", "Указ подписал Динмухамед Конаев", ""),
    ("ru", "В Конаеве открыли школу", "19"),
    ("ru", "в городе Конаев открыли школу", "19"),
    ("ru", "Жители Караганды и Темиртау жалуются на смог", "35"),
    ("ru", "Поэт Абай Кунанбаев родился в Семипалатинском уезде", "10"),
    ("ru", "АрселорМиттал Темиртау выплатит штраф", ""),
    ("ru", "Южно-Казахстанская область была переименована", "61"),
    ("ru", "Нур-Султан переименован", "71"),
    ("ru", "В Есильском районе столицы", ""),
    ("ru", "В Есильском районе Акмолинской области", "11"),
    ("ru", "в селе Шонжы Уйгурского района", "19"),
    ("ru", "Официальная Астана молчит", ""),
    ("ru", "В микрорайоне Атырау в Кульсары нет света", "23"),
    ("ru", "Май выдался холодным", ""),
    ("ru", "В Майском районе Павлодарской области", "55"),
    ("ru", "Из Усть-Каменогорска в Семей пустят автобус", "63 10"),
    ("ru", "г. Шу Жамбылской области", "31"),
    ("ru", "Рудный и Лисаковск без тепла, в Рудном греют воду", "39"),
    ("ru", "Астанинский процесс по Сирии", ""),
    ("kk", "Абай, Жетісу және Ұлытау облыстарында сайлау өтеді", "10 33 62"),
    ("kk", "Абай облысында өрт болды", "10"),
    ("kk", "Абай ауданында өрт болды", ""),
    ("kk", "Қарағанды облысының Абай ауданында өрт болды", "35"),
    ("kk", "Абайдың өлеңдері оқылды", ""),
    ("kk", "Абай көшесінде апат болды", ""),
    ("kk", "Алматы мен Жамбыл облыстарында жауын жауады", "19 31"),
    ("kk", "Алматы қаласы мен Алматы облысында жауын", "75 19"),
    ("kk", "Алматы мен Астанада жауын", "75 71"),
    ("kk", "Франция астанасында шеру өтті", ""),
    ("kk", "АСТАНАДА ШЕРУ ӨТТІ", "71"),
    ("kk", "БҚО-да су тасқыны болды", "27"),
    ("kk", "ОҚО тұрғындары", "61"),
    ("kk", "«Астана» клубы жеңді", ""),
    ("kk", "«Қайрат» пен «Ордабасы» тең ойнады", ""),
    ("kk", "Ордабасы ауданында жаңа мектеп", "61"),
    ("kk", "Жақсы жаңалық келді", ""),
    ("kk", "Жақсы ауданында жаңалық", "11"),
    ("kk", "Май айында күн жылынады", ""),
    ("kk", "Темір жол бойында апат", ""),
    ("kk", "Арал теңізі тартылды", ""),
    ("kk", "Арал ауданында балық көбейді", "43"),
    ("kk", "Балқаш көлінде балық азайды", ""),
    ("kk", "Ертіс өзені тасыды", ""),
    ("kk", "Шымкенттіктер мен түркістандықтар", "79 61"),
    ("kk", "Қостанайлық фермерлер егін екті", "39"),
    ("kk", "Солтүстік Қазақстан облысы мен Павлодарда боран", "59 55"),
    ("kk", "Дінмұхамед Қонаев туралы кітап", ""),
    ("kk", "Қонаевта жаңа мектеп ашылды", "19"),
    ("kk", "Қонаев қаласында жаңа мектеп ашылды", "19"),
    ("kk", "Құлсарыдағы Атырау шағынауданында жарық жоқ", "23"),
    ("kk", "«Алматыда жауын жауады», – деді синоптик", "75"),
    ("kk", "Махамбет Өтемісұлының өлеңдері", ""),
    ("kk", "Жамбыл Жабаевтың жырлары", ""),
    ("kk", "Тараз қаласы Жамбыл даңғылында", "31"),
    ("kk", "Шу қаласында", "31"),
    ("kk", "Ресми Астана мәлімдеді", ""),
    ("kk", "Өскемен – Зайсан тасжолында апат", ""),
    ("kk", "Елордада жаңа көпір ашылды", "71"),
    ("kk", "Түркістан облысы Кентау қаласы", "61"),
    ("kk", "Оралман отбасы көшіп келді", ""),
    ("kk", "Орал қаласының тұрғындары", "27"),
    ("kk", "Орал тауының баурайында", ""),
    ("kk", "Степногорскіде зауыт", "11"),
    ("kk", "Байқоңыр қаласында зымыран ұшты", "43"),
    ("kk", "Астананың Байқоңыр ауданында мектеп", "71"),
    ("kk", "Шымкенттегі Қаратау ауданында", "79"),
    ("kk", "Жамбыл облысының Қаратау қаласында", "31"),
    ("kk", "Алматының Алатау ауданында", "75"),
]
LATIN_AND_ARABIC = [
    ("Túrkistan oblysynda jańa mektep ashyldy", "61"),
    ("Türkistan oblysynda jaña mektep aşyldy", "61"),
    ("Turkistan oblysynda zhana mektep ashyldy", "61"),
    ("Qostanaı men Shyǵys Qazaqstan oblysyna dán jetkizildi", "39 63"),
    ("Qarağandı oblısınıñ Abay audanında qar jaudı", "35"),
    ("Abaı kóshesinde qar erigen", ""),
    ("تۇركىستان وبلىسىندا جاڭا مەكتەپ اشىلدى", "61"),
    ("شىمكەنتتە ٴبىر مىڭ كوشەت وتىرعىزىلدى", "79"),
]


def named(text: str, language: str, vocabulary: Vocabulary) -> set[str]:
    return {mention.code.removeprefix("KZ-") for mention in find_mentions(text, language, vocabulary)}


@pytest.mark.parametrize(("language", "text", "codes"), SENTENCES)
def test_names_the_regions_and_nothing_else(language: str, text: str, codes: str, vocabulary: Vocabulary) -> None:
    assert named(text, language, vocabulary) == set(codes.split())


@pytest.mark.parametrize(("text", "codes"), LATIN_AND_ARABIC)
def test_reads_kazakh_in_latin_and_arabic_letters(text: str, codes: str, vocabulary: Vocabulary) -> None:
    assert named(text, "kk", vocabulary) == set(codes.split())


def test_a_mention_says_where_it_stands_and_what_it_is(vocabulary: Vocabulary) -> None:
    text = "Кеше Түркістан облысының әкімі Шымкентке барды"
    oblast, city = find_mentions(text, "kk", vocabulary)
    assert (oblast.words, oblast.kind, oblast.rank) == ("Түркістан облысының", PlaceKind.OBLAST, Rank.OBLAST)
    assert text[oblast.start : oblast.end] == oblast.words
    assert (city.words, city.kind, city.rank) == ("Шымкентке", PlaceKind.CITY, Rank.NONE)


def test_residents_are_told_from_the_place(vocabulary: Vocabulary) -> None:
    mentions = find_mentions("Алматылықтар Алматыда қалды", "kk", vocabulary)
    assert [mention.role for mention in mentions] == [Role.RESIDENCE, Role.SCENE]


def test_a_shared_name_belongs_to_the_sure_place_before_it(vocabulary: Vocabulary) -> None:
    text = "Шымкентте Абай ауданында мектеп ашылды. Қарағанды облысында Абай ауданы жөнделді."
    codes = [mention.code for mention in find_mentions(text, "kk", vocabulary)]
    assert codes == ["KZ-79", "KZ-79", "KZ-35", "KZ-35"]


def test_another_language_gives_nothing(vocabulary: Vocabulary) -> None:
    assert find_mentions("Алматыда жаңы мектеп ачылды", "ky", vocabulary) == []


@given(text=st.text(max_size=200), language=st.sampled_from(["kk", "ru", "und"]))
def test_any_text_is_taken_and_mentions_lie_in_it(vocabulary: Vocabulary, text: str, language: str) -> None:
    for mention in find_mentions(f"Алматы {text} Абай ауданы {text} облысында", language, vocabulary):
        assert mention.words in f"Алматы {text} Абай ауданы {text} облысында"
        assert vocabulary.region(mention.code)
