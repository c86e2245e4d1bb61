import random
from time import process_time

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


def test_a_mark_stands_between_lines() -> None:
    assert word_changes("бір екі үш\nтөрт бес\nалты жеті", "бір екі үш\nтөрт сегіз\nалты жеті") == [
        Words(KEPT, "бір екі үш ¶ төрт"),
        Words(REMOVED, "бес"),
        Words(ADDED, "сегіз"),
        Words(KEPT, "¶ алты жеті"),
    ]


def test_a_line_added_behind_the_last_is_all_that_is_told() -> None:
    assert word_changes("бір екі", "бір екі\nүш") == [Words(KEPT, "бір екі"), Words(ADDED, "¶ үш")]


def test_a_long_text_of_few_words_is_told_as_rewritten_at_once() -> None:
    chance = random.Random(1)
    before, after = (" ".join(chance.choices("абв", k=8000)) for _ in range(2))
    began = process_time()
    assert word_changes(before, after) == [Words(REMOVED, before), Words(ADDED, after)]
    assert process_time() - began < 2.0


def test_many_changed_lines_between_unchanged_ones_cost_no_more() -> None:
    chance = random.Random(2)
    lines = [[" ".join(chance.choices("абв", k=600)), f"өзгермейді {number}"] for number in range(40)]
    before = "\n".join(line for pair in lines for line in pair)
    after = "\n".join(line for one, other in lines for line in (one[:-5] + "жаңа сөз " + one[200:], other))
    began = process_time()
    assert word_changes(before, after)
    assert process_time() - began < 5.0


@given(st.lists(st.sampled_from("абвгд"), max_size=30), st.lists(st.sampled_from("абвгд"), max_size=30))
def test_every_word_taken_out_or_put_in_is_told(before: list[str], after: list[str]) -> None:
    found = word_changes(" ".join(before), " ".join(after))
    removed = [word for words in found if words.change is REMOVED for word in words.text.split()]
    added = [word for words in found if words.change is ADDED for word in words.text.split()]
    assert len(before) - len(removed) == len(after) - len(added)
    assert bool(found) is (before != after)
