from __future__ import annotations

import pytest

from spiders.pages.captions import caption_of, split_caption
from tests.spiders.pages.page_samples import newsroom, opened


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("Көпірдің ашылуы. Фото: Дәурен Әбдіғали", "Көпірдің ашылуы.", "Дәурен Әбдіғали"),
        ("Фото: Дәурен Әбдіғали", None, "Дәурен Әбдіғали"),
        ("Көпір (Сурет: Zakon.kz)", "Көпір", "Zakon.kz"),
        ("Фото – әкімдіктің баспасөз қызметі", None, "әкімдіктің баспасөз қызметі"),
        ("Фото из архива газеты", None, "архива газеты"),
        ("Фото газета «Дело №...». 1. Раимбек. 2. Нурлан", "1. Раимбек. 2. Нурлан", "газета «Дело №...»"),
        ("Бұл көпір ме? Фото @aigul_s", "Бұл көпір ме?", "@aigul_s"),
        ("Мост © Getty Images", "Мост", "Getty Images"),
        ("Фото: И. Иванов. На снимке: мост", "На снимке: мост", "И. Иванов"),
        ("Фото победителей конкурса", "Фото победителей конкурса", None),
        ("Көпірдің ашылуы", "Көпірдің ашылуы", None),
        ("فوتو: نۇرلان", None, "نۇرلان"),
        ("", None, None),
    ],
)
def test_what_it_says_and_whom_it_credits(text: str, caption: str | None, credit: str | None) -> None:
    found = split_caption(text, opened("<p>x</p>"))
    assert (found.caption, found.credit) == (caption, credit)


def test_the_newsrooms_own_labels() -> None:
    page = opened("<p>x</p>", newsroom(wording={"credit_labels": ["Суретте көрсеткен:"]}))
    assert split_caption("Көпір. Суретте көрсеткен: Дәурен", page).credit == "Дәурен"


@pytest.mark.parametrize(
    ("html", "caption", "credit"),
    [
        (
            "<figure><img src='/a'><figcaption>Көпір ашылды. <i>Фото: Дәурен</i></figcaption></figure>",
            "Көпір ашылды.",
            "Дәурен",
        ),
        (
            "<div><img src='/a'><div class='t'>Көпір ашылды</div><div class='copyright'>Дәурен Ә.</div></div>",
            "Көпір ашылды",
            "Дәурен Ә",
        ),
        ("<div><div><a><img src='/a'></a></div><i>Көпірдің ашылуы Фото: Дәурен</i></div>", "Көпірдің ашылуы", "Дәурен"),
        ("<p>[caption id='x']<img src='/a'> Көпір ашылды Фото: Дәурен[/caption]</p>", "Көпір ашылды", "Дәурен"),
        ("<div><h1>Көпір ашылды</h1><img src='/a'></div>", None, None),
        ("<div><img src='/a'><p>Бұл көпір туралы мақаланың бірінші абзацы.</p></div>", None, None),
        ("<div><img src='/a'><img src='/b'>Екі сурет қатар тұр</div>", None, None),
    ],
)
def test_the_text_of_a_picture_on_the_page(html: str, caption: str | None, credit: str | None) -> None:
    page = opened(f"<html><body><section>{html}</section></body></html>")
    found = caption_of(page, next(page.root.iter("img")))
    assert (found.caption, found.credit) == (caption, credit)
