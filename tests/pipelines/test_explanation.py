"""The words that led to a tag, where they stand."""

from __future__ import annotations

import pytest

from newscrawler.article import Evidence, Where
from pipelines.explanation import quotations
from tests.conftest import an_article

URL = "https://newsroom.test/kk/economy/1-maqala"


@pytest.mark.parametrize(
    ("where", "words", "expected"),
    [
        (Where.ADDRESS, "/economy/", URL),
        (Where.ADDRESS, "economy", URL),
        (Where.HEADLINE, "«алматы", "Кеше «Алматы» клубы ұтты"),
        (Where.HEADLINE, "клуб", "Кеше «Алматы» клубы ұтты"),
    ],
)
def test_words_stand_in_their_context(where: Where, words: str, expected: str) -> None:
    article = an_article(url=URL, canonical_url=URL, headline="Кеше «Алматы» клубы ұтты")
    (quotation,) = quotations(article, [Evidence(words=words, where=where)])
    assert str(quotation) == expected
    assert quotation.words.casefold() == words
    assert quotation.before


def test_words_inside_another_word_are_not_quoted_there() -> None:
    article = an_article(headline="Аралар мен Арал")
    (quotation,) = quotations(article, [Evidence(words="рал", where=Where.HEADLINE)])
    assert (quotation.before, quotation.after) == ("", "")
