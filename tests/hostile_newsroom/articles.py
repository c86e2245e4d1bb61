"""The articles of the hostile newsroom: pairs in Kazakh and Russian, with texts of their own."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

PAIRS: Final = 30
_FIRST: Final = datetime.fromisoformat("2024-05-13T09:00:00+05:00")
_MINUTES_APART: Final = 25

_PLACES: Final = {
    "kk": ("Түркістан", "Қызылорда", "Ақтөбе", "Семей", "Көкшетау", "Талдықорған", "Атырау", "Екібастұз"),
    "ru": ("Туркестан", "Кызылорда", "Актобе", "Семей", "Кокшетау", "Талдыкорган", "Атырау", "Экибастуз"),
}
_THINGS: Final = {
    "kk": ("мектеп", "кітапхана", "көпір", "жылыжай", "емхана", "стадион", "мұражай", "зауыт", "саябақ", "театр"),
    "ru": ("школа", "библиотека", "мост", "теплица", "поликлиника", "стадион", "музей", "завод", "парк", "театр"),
}
_PEOPLE: Final = {
    "kk": ("Айгүл Сәрсенова", "Дәурен Әбдіғали", "Нұрлан Қасымов", "Гүлнар Өтеген", "Ержан Ықылас"),
    "ru": ("Айгуль Сарсенова", "Даурен Абдигали", "Нурлан Касымов", "Гульнар Отеген", "Ержан Ыкылас"),
}
_HEADLINES: Final = {
    "kk": "{place}: {number} орындық {thing} жұмысын бастады",
    "ru": "{place}: {thing} на {number} мест начинает работу",
}
_SENTENCES: Final = {
    "kk": (
        "{place} қаласында {number} орындық {thing} ашылып, алғашқы күні {other} адам келді",
        "Құрылысқа {other} миллион теңге жұмсалды, оның {number} миллионын жергілікті кәсіпкерлер бөлді",
        "{person} бұл жоба көктемде басталып, жұмысшылар оны {other} күнде бітіргенін айтты",
        "Ғимараттың жанына {number} ағаш отырғызылды, ал көшеге жаңа жарықшамдар қойылды",
        "Тұрғындар {thing} ашылғанын {other} жыл күткенін, енді басқа ауданға бармайтынын айтады",
        "Әкімдіктің мәліметінше, келесі айда осындай тағы {number} нысан пайдалануға беріледі",
        "Мұнда {number} маман жұмыс істейді, олардың {other} пайызы осы өңірдің жас түлектері",
        "Суық түскенге дейін жолдың {other} шақырымы жөнделіп, аялдамалар жаңартылады",
    ),
    "ru": (
        "В городе {place} открылся объект «{thing}» на {number} мест, в первый день пришли {other} человек",
        "На строительство потратили {other} миллионов тенге, из них {number} миллионов дали предприниматели",
        "{person} рассказывает, что проект начали весной, а рабочие закончили его за {other} дней",
        "Рядом со зданием посадили {number} деревьев, а на улице поставили новые фонари",
        "Жители говорят, что ждали этого {other} лет и больше не будут ездить в соседний район",
        "По данным акимата, в следующем месяце сдадут ещё {number} таких объектов",
        "Здесь работают {number} специалистов, {other} процентов из них молодые выпускники",
        "До холодов отремонтируют {other} километров дороги и обновят остановки",
    ),
}


@dataclass(slots=True, frozen=True)
class Written:
    """What the newsroom wrote: the truth about one article."""

    path: str
    language: str
    headline: str
    paragraphs: tuple[str, ...]
    published: datetime


def written(language: str, number: int) -> Written:
    """The article of that number in a language; its text depends on nothing else."""
    chance = random.Random(f"{language} {number}")
    values = {
        "place": chance.choice(_PLACES[language]),
        "thing": chance.choice(_THINGS[language]),
        "person": chance.choice(_PEOPLE[language]),
    }

    def fill(sentence: str) -> str:
        return sentence.format(number=chance.randint(20, 980), other=chance.randint(20, 980), **values)

    sentences = [f"{fill(sentence)}." for sentence in chance.sample(_SENTENCES[language], 8)]
    paragraphs = tuple(" ".join(sentences[start : start + 2]) for start in range(0, 8, 2))
    published = _FIRST + timedelta(minutes=number * _MINUTES_APART)
    headline = _HEADLINES[language].format(number=1000 + number, **values)
    return Written(f"/{language}/news/{4000 + number}-zhanalyq", language, headline, paragraphs, published)


def all_written() -> list[Written]:
    """Every article, the newest first, a pair in two languages beside each other."""
    return [written(language, number) for number in range(PAIRS, 0, -1) for language in ("kk", "ru")]
