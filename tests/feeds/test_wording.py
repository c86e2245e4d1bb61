"""Tests of `feeds.wording`: the phrases of feeds and pages."""

from __future__ import annotations

from pathlib import Path

import pytest

import feeds.wording
from feeds.wording import load_wordings
from newscrawler.errors import VocabularyError

SHIPPED = Path(feeds.wording.__file__).with_name("wording.toml")


def test_every_language_of_the_feeds_has_its_own_phrases() -> None:
    wordings = load_wordings()
    assert wordings.of("kk").rights.startswith("Мәтіндерге")
    assert wordings.of("ru").rights.startswith("Права")
    assert wordings.of("all") is wordings.of("de") is wordings.en


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('language = "Русский"\n', "", "ru.language"),
        ('language = "Русский"\n', 'language = "Русский"\nlangage = "x"\n', "did you mean 'language'"),
        ("{title}", "{titel}", "title, name or days only"),
        ("[ru]", "[ru", "not valid TOML"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, before: str, after: str, message: str) -> None:
    broken = tmp_path / "wording.toml"
    broken.write_text(SHIPPED.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    with pytest.raises(VocabularyError, match=message) as raised:
        load_wordings(broken)
    assert str(broken) in str(raised.value)
