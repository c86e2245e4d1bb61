"""Wording: what feeds and pages say besides the articles, by language, from wording.toml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import field_validator

from newscrawler.errors import VocabularyError
from newscrawler.toml_files import StrictModel, check, read_toml

_SHIPPED = Path(__file__).parent / "wording.toml"
_PLACEHOLDERS = {"title": "", "name": "", "days": ""}


class Wording(StrictModel):
    """The phrases of one language; `{title}` is the title of the installation, `{name}` that of a newsroom or topic,
    `{days}` a number."""

    language: str
    everything: str
    national: str
    world: str
    in_language: str
    subtitle: str
    rights: str
    guide: str
    subscriptions: str
    regions: str
    every_region: str
    every_topic: str
    newsrooms: str
    nothing_yet: str
    skip: str
    languages: str
    front: str
    status: str
    map: str
    recent: str
    newest: str
    latest: str
    matrix: str
    topics: str
    topics_here: str
    regions_here: str
    subscribe: str
    copy_address: str
    copied: str
    archive: str
    empty: str

    @field_validator("*")
    @classmethod
    def _known_placeholders(cls, phrase: str) -> str:
        try:
            phrase.format(**_PLACEHOLDERS)
        except (KeyError, IndexError, ValueError) as cause:
            raise ValueError("braces may hold title, name or days only") from cause
        return phrase


class Wordings(StrictModel):
    """wording.toml: Kazakh, Russian, and English for the feeds in which both stand together."""

    kk: Wording
    ru: Wording
    en: Wording

    def of(self, language: str) -> Wording:
        """The phrases for a feed's language, `all` or a code; English where there are none in that language."""
        return {"kk": self.kk, "ru": self.ru}.get(language, self.en)


@cache
def load_wordings(path: Path = _SHIPPED) -> Wordings:
    """The phrases in the TOML file at `path`. Raises VocabularyError that names the file and the mistake."""
    return check(Wordings, read_toml(path, VocabularyError), str(path), VocabularyError)
