import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.word_changes import Change, Words, word_changes

KEPT, REMOVED, ADDED = Change.KEPT, Change.REMOVED, Change.ADDED


def test_words_taken_out_and_put_in_stand_between_those_kept() -> None:
    assert word_changes("бір екі үш", "бір төрт үш") == [
        Words(KEPT, "бір"),
        Words(REMOVED, "екі"),
        Words(ADDED, "төрт"),
        Words(KEPT, "үш"),
    ]


def test_what_is_far_from_a_change_is_left_out() -> None:
    words = [f"w{number}" for number in range(40)]
    after = [*words[:20], "new", *words[20:]]
    assert word_changes(" ".join(words), " ".join(after)) == [
        Words(KEPT, "… w16 w17 w18 w19"),
        Words(ADDED, "new"),
        Words(KEPT, "w20 w21 w22 w23 …"),
    ]


@pytest.mark.parametrize(("before", "after"), [("a  b", "a b"), ("", " ")])
def test_spaces_alone_are_no_change(before: str, after: str) -> None:
    assert word_changes(before, after) == []


@given(st.lists(st.sampled_from("абвгд"), max_size=30), st.lists(st.sampled_from("абвгд"), max_size=30))
def test_every_word_taken_out_or_put_in_is_told(before: list[str], after: list[str]) -> None:
    found = word_changes(" ".join(before), " ".join(after))
    removed = [word for words in found if words.change is REMOVED for word in words.text.split()]
    added = [word for words in found if words.change is ADDED for word in words.text.split()]
    assert len(before) - len(removed) == len(after) - len(added)
    assert bool(found) is (before != after)
