from __future__ import annotations

import pytest

from spiders.pages.page_words import alternation, page_words, phrases


@pytest.mark.parametrize(
    "line",
    [
        "Сондай-ақ оқыңыз: Бензин қымбаттады",
        "СОНДАЙ-АҚ ОҚЫҢЫЗ",
        "→ Читайте также «Бензин подорожал»",
        'Читайте материал "Гости торжества"',
        "По теме: дороги",
        "Подпишитесь на рассылку",
        "سونداي-اق وقىڭىز",
        "Sondai-aq oqyñyz",
        "Follow us on X",
        "При перепечатке материалов ссылка обязательна.",
        "Біздің жаңалықтар енді Telegram арнамызға да шығады.",
    ],
)
def test_notices(line: str) -> None:
    assert page_words().is_notice(line)


@pytest.mark.parametrize(
    "line",
    [
        "Теги туралы заң қабылданды.",
        "По теме выступил министр.",
        "Оқыңыз кітапты, деді мұғалім.",
        "Читайте вслух, советует врач.",
        "Көпір " * 60 + "telegram арнамызға жазылыңыз",
    ],
)
def test_no_notices(line: str) -> None:
    assert not page_words().is_notice(line)


def test_labels_of_changes_are_whole_words() -> None:
    assert page_words().modified_label.search("(жаңартылды: 13:00)")
    assert not page_words().modified_label.search("жаңартылдыма")


def test_phrases_are_found_whole_and_none_without_words() -> None:
    assert phrases(("бірге болыңыз",)).search("Бізбен БІРГЕ  болыңыз!")
    assert not phrases(("бірге болыңыз",)).search("бірге болыңыздар")
    assert not phrases(()).search("")


def test_a_star_is_any_ending() -> None:
    assert alternation(["а", "аб*"]).split("|") == [r"аб\w*", "а"]
