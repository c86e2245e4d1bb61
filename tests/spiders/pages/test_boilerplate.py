from __future__ import annotations

import lxml.html
import pytest

from spiders.pages.body_blocks import BlockWalk
from spiders.pages.boilerplate import BoilerplateRule
from tests.spiders.pages.page_samples import newsroom, opened


def _kept(html: str) -> list[str]:
    blocks = BlockWalk(lambda _: False).walk([lxml.html.fragment_fromstring(f"<div>{html}</div>")])
    rule = BoilerplateRule(
        opened("<p>x</p>", newsroom(wording={"credit_labels": ["Түсірген:"], "boilerplate": ["Бізге жаз"]}))
    )
    return [block.text for block in rule.without_boilerplate(blocks)]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Түсірген: Дәурен</p>",
        "<p>Ал енді Бізге жаз</p>",
        "<p>© Zhanalyq.test, 2024</p>",
        "<p>Жаңартылды: 12 мамыр 2024</p>",
        "<p>Автор: Айгүл Сәрсенова, Zhanalyq редакциясы</p>",
        "<p>Журналист Айгүл Сәрсенова</p>",
        "<p>https://t.me/zhanalyq</p>",
        "<p>Біздің ұстаным: <a href='/x'>сенім қағидалары</a></p>",
        "<p>Сондай-ақ оқыңыз</p><ul><li>Бензин қымбаттады</li><li>Ет арзандады</li></ul>",
    ],
)
def test_lines_that_are_no_article(html: str) -> None:
    assert _kept(f"<p>Бір сөйлем.</p>{html}<p>Екі сөйлем.</p>") == ["Бір сөйлем.", "Екі сөйлем."]


@pytest.mark.parametrize(
    "text",
    [
        "Тілші: Көпір қашан ашылады?",
        "Фото дня уже в галерее.",
        "Жаңартылды деген сөз – жаңа болды деген сөз.",
        "By the way, the bridge is open.",
        "Журналист Айгүл Сәрсенова келді.",
        "2024 жылдың бағасы.",
    ],
)
def test_lines_that_only_look_like_it(text: str) -> None:
    assert _kept(f"<p>{text}</p>") == [text]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Дереккөз: <a href='/x'>Ұлттық статистика бюросы</a></p>",
        "<p><a href='https://stat.gov.test/x'>Бадам</a></p>",
    ],
)
def test_a_link_that_is_a_source_or_a_name_stays_where_paragraphs_follow(html: str) -> None:
    paragraph = f"<p>{'Көпір туралы ұзақ сөйлем. ' * 5}</p>"
    assert len(_kept(paragraph + html + paragraph)) == 3
    assert len(_kept(paragraph + html)) == 1


@pytest.mark.parametrize(
    "html",
    [
        "<p><a href='/x'>Бензин қымбаттады</a></p>",
        "<p><a href='https://kaz.zhanalyq.test/x'>Бензин қымбаттады</a></p>",
        "<p><b><a href='https://stat.gov.test/x'>Бензин қымбаттады</a></b></p>",
        f"<p><a href='/x'>{'Бензин тағы қымбаттады ' * 3}</a></p>",
    ],
)
def test_a_headline_of_another_article_goes_wherever_it_stands(html: str) -> None:
    paragraph = f"<p>{'Көпір туралы ұзақ сөйлем. ' * 5}</p>"
    assert len(_kept(paragraph + html + paragraph)) == 2


def test_a_list_with_a_link_here_and_there_stays() -> None:
    html = "<ul><li>Бірінші <a href='/x'>жол</a> туралы ұзақ сөз</li><li>Екінші жол</li></ul>"
    assert _kept(html) == ["Бірінші жол туралы ұзақ сөз", "Екінші жол"]


def test_a_whole_sentence_may_be_a_link_in_part() -> None:
    assert _kept("<p><a href='/x'>Министрлік бұл туралы кеше кешке хабарлады</a> енді.</p>") == [
        "Министрлік бұл туралы кеше кешке хабарлады енді."
    ]
