"""What a named place is to its sentence, each sentence of a kind of its own."""

from __future__ import annotations

import pytest

from newscrawler.vocabulary import Vocabulary
from pipelines.mention_roles import Sense, role_words
from pipelines.mentions import find_mentions

# Language, sentence, the roles of the places that it names, in their order.
SENTENCES = [
    ("ru", "В Кентау открыли школу", "scene"),
    ("ru", "Мёд привезли из Риддера", "origin"),
    ("ru", "Билеты до Талгара подорожали", "origin"),
    ("ru", "Переселенцы из Костаная и Рудного помнят", "origin origin"),
    ("ru", "Врач родился в Таразе и лечит в Павлодаре", "passing scene"),
    ("ru", "Уроженец Аягоза открыл кафе", "passing"),
    ("ru", "В двадцати километрах от Текели горит степь", "passing"),
    ("ru", "Участок в Жамбылской области длиной сорок километров", "scene"),
    ("ru", "Тарифы вырастут, как в Атырау и Кульсары", "passing passing"),
    ("ru", "В Астане решали, как спасти Таласский район", "scene scene"),
    ("ru", "Автобус из Костаная в Астану перевернулся под Атбасаром", "passing passing scene"),
    ("ru", "Из Актау в Астану пустят поезд", "scene scene"),
    ("ru", "Карагандинский театр выступил в Балхаше", "passing scene"),
    ("ru", "В карагандинском театре сменили кресла", "scene"),
    ("ru", "Житель Уральска заблудился под Аксаем", "residence scene"),
    ("ru", "Павлодарцы пожаловались на дым, алматинка тоже", "residence residence"),
    ("ru", "Воров осудили в Семее", "trial"),
    ("ru", "Актауский суд оправдал водителя", "trial"),
    ("ru", "Экс-акима Уральска судят в Таразе", "scene trial"),
    ("ru", "Астана предложила соседям график", "state"),
    ("ru", "Астана и Брюссель договорились", "state"),
    ("ru", "Позиция Астаны не изменилась", "state"),
    ("ru", "Между Астаной и Пекином растёт торговля", "state"),
    ("ru", "В городе Курчатове Курской области России", ""),
    ("ru", "В селе Аксай Ростовской области сгорела мельница", ""),
    ("ru", "Город Алтай в Монголии занесло песком", ""),
    ("ru", "В киргизском Таласском районе открыли музей", "scene"),
    ("ru", "Хроника недели\nКЕНТАУ. Вести степи — Завод в Жанатасе", "scene"),
    ("kk", "Семейден келген суретші Павлодарда көрме ашты", "origin scene"),
    ("kk", "Ет Алматы облысынан жеткізілген", "origin"),
    ("kk", "Ғалым Таразда туған, Өскеменде тұрады", "passing scene"),
    ("kk", "Алматыдан отыз шақырым жердегі Қаскелең қаласы", "passing scene"),
    ("kk", "Алматыдан Семейге бара жатқан автобус Аягөзде аударылды", "passing passing scene"),
    ("kk", "Шымкент циркі Қызылордада ойын көрсетті", "passing scene"),
    ("kk", "Алматыдағы залда оркестр ойнады", "scene"),
    ("kk", "Ақтаулық балуан Ақтөбеде жеңді", "residence scene"),
    ("kk", "Ұры Семейде сотталды", "trial"),
    ("kk", "Астана мен Анкара келісті", "state"),
    ("kk", "Астана Бейжіңге жаңа ұсыныс жасады", "state"),
    ("kk", "Қырғызстанның Талас ауданында мешіт ашылды", ""),
    ("kk", "Ресейдің Алматыдағы елшілігі", "scene"),
    ("kk", "Күн жаңалығы\nШЫМКЕНТ. 3 мамыр. Дала ақпарат – Ордабасы ауданында", "scene"),
]


@pytest.mark.parametrize(("language", "text", "roles"), SENTENCES)
def test_roles(language: str, text: str, roles: str, vocabulary: Vocabulary) -> None:
    assert [mention.role for mention in find_mentions(text, language, vocabulary)] == roles.split()


def test_a_word_may_tell_several_things(vocabulary: Vocabulary) -> None:
    words = role_words(vocabulary)
    assert words.senses("актёр") == 0
    assert words.senses("суда") & Sense.TRIAL
    assert not words.senses("судно") & Sense.TRIAL
    assert words.senses("россии") & Sense.ABROAD


def test_words_of_transliterated_texts(vocabulary: Vocabulary) -> None:
    assert role_words(vocabulary, folded=True).senses("туган") & Sense.PASSING_AFTER
