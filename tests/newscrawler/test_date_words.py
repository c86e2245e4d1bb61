from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.date_words import SHIPPED_DATE_WORDS, Meaning, fold_line, load_date_words
from newscrawler.errors import VocabularyError
from newscrawler.toml_files import read_toml


def operator_file(folder: Path, text: str) -> Path:
    path = folder / "dates.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("ҚАҢТАРДА", 1),
        ("наурызы", 3),
        ("сәуірінде", 4),
        ("maýsym", 6),
        ("QAŃTAR", 1),
        ("Qırküiek", 9),
        ("Qyrkúıegi", 9),
        ("ŞİLDE", 7),
        ("قازان", 10),
        ("Сентября", 9),
    ],
)
def test_months_in_any_script_case_and_ending(word: str, month: int) -> None:
    assert load_date_words().meaning(fold_line(word)) == Meaning("M", month)


@pytest.mark.parametrize(
    ("word", "month"), [("cәуip", 4), ("MАМЫР", 5), ("сəуір", 4), ("мaя", 5), ("Qаzan", 10), ("tаmyz", 8)]
)
def test_look_alike_letters_of_the_other_alphabet(word: str, month: int) -> None:
    assert load_date_words().meaning(fold_line(word)) == Meaning("M", month)


def test_every_month_that_dateparser_knows_in_kazakh_russian_and_english_is_ours() -> None:
    words = load_date_words()
    months = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
    for language in ("kk", "ru", "en"):
        known = import_module(f"dateparser.data.date_translation_data.{language}").info
        for number, month in enumerate(months, 1):
            assert {words.meaning(fold_line(name)) for name in known[month]} == {Meaning("M", number)}


def test_a_word_may_hold_a_full_stop() -> None:
    words = load_date_words()
    assert ("p.m", Meaning(">")) in words.phrases["p"]
    assert "p.m" not in words.words


def test_every_list_is_written_as_the_file_promises() -> None:
    def texts(value: object) -> list[str]:
        if isinstance(value, dict):
            return [text for part in value.values() for text in texts(part)]
        assert isinstance(value, list)
        return value

    words = texts(read_toml(SHIPPED_DATE_WORDS, VocabularyError))
    assert [word for word in words if word != word.lower().strip() or not word] == []


def test_an_operator_adds_a_word(tmp_path: Path) -> None:
    path = operator_file(tmp_path, '[months]\njanuary = ["зымыстан"]\n[labels]\npublished = ["шыққан күні"]\n')
    words = load_date_words(path)
    assert words.meaning("зымыстанда") == Meaning("M", 1)
    assert words.meaning("мамыр") == Meaning("M", 5)
    assert words.phrases["шыққан"] == (("шыққан күні", Meaning("P", None)),)
    assert load_date_words().meaning("зымыстан") is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[months]\nmay = ["қазан"]\n', "'қазан' in months.may already stands in months.october"),
        ('[month]\nmay = ["x"]\n', "did you mean 'months'?"),
        ('[months]\nmai = ["x"]\n', "did you mean 'may'?"),
        ('[zones]\n"Asia/Almata" = ["x"]\n', "no time zone 'Asia/Almata'"),
        ('[numbers]\nten = ["x"]\n', "numbers.ten is no number"),
        ("ago = 5\n", "ago"),
        ("ago = [\n", "not valid TOML"),
    ],
)
def test_a_mistake_is_named_with_its_file(tmp_path: Path, text: str, named: str) -> None:
    path = operator_file(tmp_path, text)
    with pytest.raises(VocabularyError) as raised:
        load_date_words(path)
    assert named in str(raised.value)
    assert str(path) in str(raised.value)


@settings(deadline=None)
@given(st.text())
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    once = fold_line(text)
    assert fold_line(once) == once


def test_folding() -> None:
    assert fold_line(" 12\u00a0МАМЫР\u200b\n2024 – 15:30 ") == "12 мамыр 2024 — 15:30"
    assert fold_line("QAŃTAR Şılde İ") == "qantar silde i"
