"""What languages.toml says."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawler import language_profiles
from newscrawler.errors import VocabularyError
from newscrawler.language_profiles import profiles_in


def words_of(code: str, script: str) -> frozenset[str]:
    (profile,) = (profile for profile in profiles_in(script) if profile.code == code)
    return profile.words | profile.common


@pytest.mark.parametrize(
    ("code", "script", "words"),
    [
        ("kk", "Cyrl", ["және", "құтқарушылар"]),
        ("kk", "Latn", ["jáne", "ja'ne", "jäne", "zhane", "jane", "qutqarushylar", "kutkarushylar", "qutqarwşılar"]),
        ("kk", "Arab", ["جانە", "ٴبىر", "مەكتەپ", "قۇتقارۋشىلار"]),
        ("uz", "Latn", ["bo'ldi", "edi", "shahri"]),
        ("uz", "Cyrl", ["бўлди", "эди", "шаҳри"]),
    ],
)
def test_one_list_is_spelled_in_all_its_scripts(code: str, script: str, words: list[str]) -> None:
    assert words_of(code, script).issuperset(words)


def test_no_language_lists_a_word_with_a_letter_that_it_lacks() -> None:
    for script in ("Cyrl", "Latn", "Arab"):
        for profile in profiles_in(script):
            listed = profile.common | profile.words
            assert not {word for word in listed if not profile.missing.isdisjoint(word)}, (profile.code, script)


def test_a_script_without_languages_has_no_profiles() -> None:
    assert profiles_in("Zyyy") == ()


HEAD = 'international = ""\n'
ENTRY = '[[languages]]\ncode = "kk"\nscript = "Latn"\nmissing = ""\n'


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        (HEAD + ENTRY + "[spellings]", None),
        (HEAD + ENTRY + "wrods = ''\n[spellings]", r"did you mean 'words'\?"),
        (HEAD + ENTRY + "spelled_from = 'Cyrl'\n[spellings]", "spelled from Cyrl, which has no entry"),
        (HEAD + ENTRY + "spellings = ['runes']\n[spellings]", "no spelling 'runes'"),
        (HEAD + ENTRY + "spellings = ['a']\n[spellings.a]\nletters = 'б-b'", "'б-b' is no letter=letters"),
    ],
)
def test_a_mistake_in_the_file_is_named(
    written: str, complaint: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "languages.toml"
    file.write_text(written, encoding="utf-8")
    monkeypatch.setattr(language_profiles, "_FILE", file)
    language_profiles._file.cache_clear()
    try:
        if complaint is None:
            assert len(profiles_in.__wrapped__("Latn")) == 1
        else:
            with pytest.raises(VocabularyError, match=complaint):
                profiles_in.__wrapped__("Latn")
    finally:
        monkeypatch.undo()
        language_profiles._file.cache_clear()
