"""What every page of the newsroom carries besides its article: none of it may ever reach a body."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .transliterate import SCRIPTS


@dataclass(frozen=True, slots=True)
class Furniture:
    """The fixed texts of one language."""

    slogan: str
    home: str
    news: str
    registration: str
    contacts: str
    copyright: str
    newsletter: str
    cookies: str
    telegram: str
    mistake: str
    popular: str
    share: str
    read_also: str
    advert: str


FURNITURE: Final[Mapping[str, Furniture]] = {
    "kk": Furniture(
        slogan="Еліміздің басты жаңалықтары мен оқиғалары",
        home="Басты бет",
        news="Жаңалықтар",
        registration="Newsroom.test желілік басылымы 2019 жылғы 1 ақпанда тіркелген, куәлік № 00000-СИ.",
        contacts="Редакцияның мекенжайы: Алматы қаласы, Абай даңғылы, 1-үй. Телефон: +7 (727) 000-00-00.",
        copyright="Материалдарды көшіріп басқанда Newsroom.test сайтына сілтеме жасау міндетті.",
        newsletter="Күннің басты жаңалықтарын поштаңызға алыңыз: тегін таратылымға жазылыңыз.",
        cookies="Біз cookie файлдарын қолданамыз. Сайтта қалсаңыз, бұған келісім бергеніңіз.",
        telegram="Жаңалықтарды Telegram арнамыздан бірінші болып оқыңыз.",
        mistake="Қате таптыңыз ба? Мәтінді белгілеп, Ctrl және Enter пернелерін басыңыз.",
        popular="Көп оқылғандар",
        share="Достарыңызбен бөлісіңіз",
        read_also="Сондай-ақ оқыңыз",
        advert="Жарнама. «Қамқор» дүкендерінде осы аптада бәрі жеңілдікпен сатылады.",
    ),
    "ru": Furniture(
        slogan="Главные новости и события страны",
        home="Главная",
        news="Новости",
        registration="Сетевое издание Newsroom.test зарегистрировано 1 февраля 2019 года, свидетельство № 00000-СИ.",
        contacts="Адрес редакции: город Алматы, проспект Абая, дом 1. Телефон: +7 (727) 000-00-00.",
        copyright="При перепечатке материалов ссылка на сайт Newsroom.test обязательна.",
        newsletter="Получайте главные новости дня на почту: подпишитесь на бесплатную рассылку.",
        cookies="Мы используем файлы cookie. Оставаясь на сайте, вы соглашаетесь с этим.",
        telegram="Читайте новости первыми в нашем Telegram канале.",
        mistake="Нашли ошибку? Выделите текст и нажмите клавиши Ctrl и Enter.",
        popular="Самое читаемое",
        share="Поделитесь с друзьями",
        read_also="Читайте также",
        advert="Реклама. В магазинах «Камкор» на этой неделе всё продаётся со скидкой.",
    ),
}
# The words for the home page and the news are left out: a body may say them.
BOILERPLATE: Final[Mapping[str, tuple[str, ...]]] = {
    language: (
        texts.registration,
        texts.contacts,
        texts.copyright,
        texts.newsletter,
        texts.cookies,
        texts.telegram,
        texts.mistake,
        texts.popular,
        texts.share,
        texts.read_also,
        texts.advert,
        texts.slogan,
    )
    for language, texts in FURNITURE.items()
}


def boilerplate(language: str, script: str) -> tuple[str, ...]:
    """The fixed texts of the language, in the script of the page."""
    return tuple(SCRIPTS[script](text) for text in BOILERPLATE[language])
