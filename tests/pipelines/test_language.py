"""The language and script of an article."""

from __future__ import annotations

import pytest

from newscrawler.vocabulary import Vocabulary
from pipelines.language import language
from pipelines.step import StepContext
from tests.conftest import NOW, an_article


@pytest.mark.parametrize(
    ("headline", "body", "code", "script"),
    [
        ("Жаңа мектеп", "Ауылда жаңа мектеп ашылды.", "kk", "Cyrl"),
        ("Новая школа", "В селе открыли новую школу.", "ru", "Cyrl"),
        ("Jańa mektep", "Aýylda jańa mektep ashyldy.", "kk", "Latn"),
        ("جاڭا مەكتەپ", "اۋىلدا جاڭا مەكتەپ اشىلدى.", "kk", "Arab"),
        ("Жаңы мектеп", "Айылда жаңы мектеп ачылды, дешти тургундар.", "ky", "Cyrl"),
        ("2:1", "3:0", "und", "Zyyy"),
    ],
)
def test_the_text_tells_and_not_the_page(
    headline: str, body: str, code: str, script: str, vocabulary: Vocabulary
) -> None:
    article = an_article(headline=headline, description=None, body=[body], language="de", script="Hebr")
    told = language(article, StepContext(vocabulary=vocabulary, now=NOW))
    assert (told.language, told.script) == (code, script)
    assert told.sources["language"] == "letters and words"


def test_a_kazakh_headline_does_not_make_a_russian_article_kazakh(vocabulary: Vocabulary) -> None:
    article = an_article(
        headline="«Қазақ елі» көрмесі",
        description=None,
        body=["В столице открылась выставка современного искусства.", "На ней показали сорок работ."],
    )
    assert language(article, StepContext(vocabulary=vocabulary, now=NOW)).language == "ru"
