from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.skeleton import skeleton_words


def test_look_alike_letters_are_one() -> None:
    assert skeleton_words("Қaзaқстaн сyы") == skeleton_words("Қазақстан суы")
    assert skeleton_words("АРЫС ӨЗЕНІ") == skeleton_words("APЫC ӨЗEНI")


def test_kazakh_letters_that_a_russian_keyboard_lacks_are_one_with_those_it_has() -> None:
    assert skeleton_words("Өскемен қаласы") == skeleton_words("Оскемен каласы")


def test_a_broken_yeru_is_mended() -> None:
    assert skeleton_words("Старьiй паром, новьıй паром, кругльlе сутки") == skeleton_words(
        "Старый паром, новый паром, круглые сутки"
    )


def test_latin_words_are_other_words_than_cyrillic_ones() -> None:
    assert skeleton_words("Toyota") != skeleton_words("Тойота")
    assert len(set(skeleton_words("Shymkent shahary, 2024!"))) == 3


@given(st.lists(st.text("aбcһhHxѐі ь1|", max_size=8), max_size=6))
def test_a_word_is_the_same_in_whatever_text_it_stands(lines: list[str]) -> None:
    apart = [word for line in lines for word in skeleton_words(line)]
    assert list(skeleton_words(" ".join(lines))) == apart


def test_different_words_stay_different() -> None:
    assert skeleton_words("бас бос бес") == ("бас", "бос", "бес")


@given(st.text(max_size=200))
@example("Ъ")
def test_any_text_is_taken_and_case_does_not_count(text: str) -> None:
    words = skeleton_words(text)
    assert all(word for word in words)
    assert all(" " not in word for word in words)
