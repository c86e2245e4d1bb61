"""What single words say of languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.judged_words import judged, likely_before, objections_to
from newscrawler.language_profiles import profiles_in


def objections(*words: str) -> dict[str, float]:
    found = [judged(word) for word in words]
    script = found[0].script
    codes = [*(profile.code for profile in profiles_in(script)), "unknown"]
    return dict(zip(codes, objections_to(found, script), strict=True))


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("қорғаныс", "kk"),
        ("төмөнкүлөрдүн", "ky"),
        ("җырлаучылар", "tt"),
        ("йўналишларнинг", "uz"),
        ("переподготовка", "ru"),
        ("пересувається", "uk"),
        ("throughout", "en"),
        ("ko'chirilmoqda", "uz"),
        ("g'y'ly'mi'", "kk"),
        ("ۇيىمداستىرۋشى", "kk"),
        ("xyqwvzzk", "unknown"),
    ],
)
def test_a_word_that_is_not_listed_is_told_by_its_letters(word: str, language: str) -> None:
    said = objections(word)
    assert min(said, key=said.__getitem__) == language


def test_a_listed_word_speaks_for_all_languages_that_have_it() -> None:
    said = objections("банк")
    assert said["kk"] == said["ru"] == said["ky"] == 0 < said["bg"]


def test_objections_are_limited_and_greatest_for_a_letter_that_is_missing() -> None:
    said = objections("ғылымның")
    assert said["kk"] == 0
    assert said["ru"] == said["ky"] == max(said.values())
    assert objections("банк", "ғылымның")["ru"] == pytest.approx(said["ru"], abs=0.001)


def test_a_name_counts_less_and_a_common_word_at_the_beginning_does_not() -> None:
    assert judged("Қорғаныс").weight < judged("қорғаныс").weight == judged("Және").weight
    assert objections("Қорғаныс")["ru"] < objections("қорғаныс")["ru"]


def test_all_apostrophes_are_one() -> None:
    spellings = [objections(f"bo{mark}ldi") for mark in "'’ʻʼ‘`"]
    assert all(said == spellings[0] for said in spellings)


def test_words_of_another_script_have_no_say() -> None:
    assert objections("мектеп", "throughout") == objections("мектеп")


def test_some_languages_are_likelier_before_anything_is_read() -> None:
    likely = dict(zip((profile.code for profile in profiles_in("Cyrl")), likely_before("Cyrl"), strict=False))
    assert min(likely["kk"], likely["ru"]) > likely["ky"] > likely["ba"]


@given(st.from_regex(r"[^\W\d_]+(?:['’ʻ][^\W\d_]*)*", fullmatch=True))
def test_any_word_is_judged(word: str) -> None:
    said = judged(word)
    assert said.objections >= 0
    assert min(objections_to([said], said.script)) == 0 or not profiles_in(said.script)
