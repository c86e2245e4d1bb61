"""The two home pages, and the AJAX list behind their `more` button."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from .edition import HIDDEN, ONLY_IN_AJAX, Edition
from .listings import Item, house_page, item, row_time
from .page import content
from .traps import REDIRECT_LOOP

AJAX: Final = "/ajax/more"
AJAX_PAGE_SIZE: Final = 10
HOMES: Final = {"kk": "/", "ru": "/ru/"}
CARDS: Final = 12

_ADS: Final = {
    "kk": (
        ("https://shop.test/kk/news/51990-zhazgy-zhenildik", "Жазғы жеңілдік басталды: тоңазытқыш алуға дәл уақыт"),
        ("https://bank.test/promo/depozit", "Депозит ашыңыз да, сыйақыны айдың соңында алыңыз"),
        ("https://tours.test/kk/news/51991-teniz", "Теңізге баратын жолаушыға арналған жиырма кеңес"),
    ),
    "ru": (
        ("https://shop.test/ru/news/61990-letnie-skidki", "Летние скидки начались: самое время менять холодильник"),
        ("https://bank.test/promo/depozit?lang=ru", "Откройте депозит и получите вознаграждение в конце месяца"),
        ("https://tours.test/ru/news/61991-more", "Двадцать советов тем, кто собрался к морю"),
    ),
}
_MORE = {"kk": "Тағы көрсету", "ru": "Показать ещё"}


def home_page(edition: Edition, language: str) -> str:
    """Twelve cards: eight articles, one of them twice, and three advertisements that look like articles."""
    articles = [item(version) for version in edition.newest(language, without=HIDDEN)[: CARDS - 4]]
    cards = [_card(line, edition.now) for line in articles]
    cards.insert(6, cards[1])
    for place, (href, headline) in zip((2, 5, 9), _ADS[language], strict=True):
        cards.insert(place, f'<div class="card"><a href="{content(href)}"><h3>{content(headline)}</h3></a></div>')
    grid = "\n".join(cards)
    body = (
        f'<div class="cards">\n{grid}\n</div>\n'
        f'<button class="more" data-url="{AJAX}?p=1">{_MORE[language]}</button>\n'
        f'<a href="/{language}/news/">{_MORE[language]}</a>'
    )
    return house_page(language, HOMES[language], "Newsroom.test", body)


def ajax_items(edition: Edition) -> list[Item]:
    """What the `more` button brings: 2024's articles of both languages, newest first, with those that only it knows.

    One of them comes a second time as its own AMP page, and one line leads nowhere.
    """
    lines = [
        item(version)
        for version in edition.newest("kk", "ru", without=HIDDEN - ONLY_IN_AJAX)
        if version.published.year == edition.now.year
    ]
    loop = Item("Өңірлерде жәрмеңкелер өтеді", REDIRECT_LOOP, lines[14].when, "kk")
    read = edition.find("vaccination", "kk")
    return [*lines[:15], loop, item(read, f"{read.path}?_amp=1"), *lines[15:]]


def ajax_page(items: Sequence[Item], number: int, now: datetime) -> bytes:
    """A page of the AJAX list: JSON that holds HTML, an empty string past the end."""
    lines = items[(number - 1) * AJAX_PAGE_SIZE : number * AJAX_PAGE_SIZE]
    return json.dumps({"html": "\n".join(_card(line, now) for line in lines)}).encode()


def _card(line: Item, now: datetime) -> str:
    return (
        f'<div class="card"><a href="{content(line.href)}"><h3>{content(line.headline)}</h3></a>'
        f'<span class="date">{row_time(line, now)}</span></div>'
    )
