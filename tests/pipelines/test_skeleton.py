from hypothesis import given
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


def test_latin_texts_keep_their_letters() -> None:
    assert skeleton_words("Shymkent shahary, 2024!") == ("shymkent", "shahary", "2024")
    assert skeleton_words("Toyota") != skeleton_words("Тойота")


def test_different_words_stay_different() -> None:
    assert skeleton_words("бас бос бес") == ("бас", "бос", "бес")


@given(st.text(max_size=200))
def test_any_text_is_taken_and_case_does_not_count(text: str) -> None:
    words = skeleton_words(text)
    assert all(word for word in words)
    assert all(" " not in word for word in words)
