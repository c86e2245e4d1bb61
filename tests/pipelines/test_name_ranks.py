"""What the words around a name make of it: the place, another thing of that name, or nothing."""

from __future__ import annotations

import pytest

from newscrawler.vocabulary import Vocabulary
from pipelines.mentions import find_mentions

# Language, sentence, the words that name a place.
SENTENCES = [
    ("ru", "На Павлодарской улице меняют трубы", ""),
    ("ru", "Павлодарские улицы чистят", ""),
    ("ru", "В Павлодаре улицы чистят", "Павлодаре"),
    ("ru", "В Уральском федеральном округе паводок", ""),
    ("ru", "Под Уральском паводок", "Уральском"),
    ("ru", "У посёлка Балхашский горит лес", ""),
    ("ru", "В городе карагандинские врачи", "карагандинские"),
    ("ru", "В Алатауском районе Алматы снесли гаражи", "Алатауском районе|Алматы"),
    ("ru", "В районе Алматы столицы Астаны", "Алматы|Астаны"),
    ("ru", "Хребет Тарбагатай пересекли на лыжах", ""),
    ("ru", "Биржа Астаны закрылась", ""),
    ("ru", "Костанай-Агро наймёт людей", ""),
    ("kk", "Атырау-Құрылыс жұмысшы іздейді", ""),
    ("kk", "БҚО-да қар жауды", "БҚО-да"),
]


@pytest.mark.parametrize(("language", "text", "words"), SENTENCES)
def test_ranks(language: str, text: str, words: str, vocabulary: Vocabulary) -> None:
    assert "|".join(mention.words for mention in find_mentions(text, language, vocabulary)) == words
