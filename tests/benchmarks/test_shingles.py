from __future__ import annotations

import pytest

from benchmarks.shingles import match, score


def test_texts_are_compared_by_four_words_in_a_row() -> None:
    found = match("a b c d e f", "a b c d e x")
    assert (found.shared, found.extra, found.missing, found.exact) == (2, 1, 1, False)


def test_signs_and_spaces_do_not_count() -> None:
    assert match("Бір, екі\n үш!", "Бір екі үш").exact


def test_a_score_is_the_mean_over_pages() -> None:
    figures = score([match("a b c d e", "a b c d e"), match("a b c d e f", "a b c d"), match("a b c d", "")])
    assert figures.precision == pytest.approx(1.0)
    assert figures.recall == pytest.approx((1 + 1 / 3 + 0) / 3)
    assert figures.f1 == pytest.approx(2 * figures.recall / (1 + figures.recall))
    assert figures.exact == pytest.approx(1 / 3)
    assert (figures.pages, figures.empty) == (3, 1)
