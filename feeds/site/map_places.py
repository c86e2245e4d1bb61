"""Map places: the outlines of the regions and the marks of the cities, from map.toml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import model_validator

from newscrawler.errors import VocabularyError
from newscrawler.toml_files import StrictModel, check, matching, read_toml

_SHIPPED = Path(__file__).with_name("map.toml")
# The letters and numbers of an SVG path (https://www.w3.org/TR/SVG2/paths.html#PathDataBNF).
_OUTLINE = matching(r"[MmLlHhVvZz\d\s,.-]*", "an SVG path of straight lines")


class ShortNames(StrictModel):
    """What a place is called on the map, where there is little room."""

    kk: str
    ru: str
    en: str

    def of(self, language: str) -> str:
        """The name in a feed's language; English where there is none in that language."""
        return {"kk": self.kk, "ru": self.ru}.get(language, self.en)


class MapPlace(StrictModel):
    """A region as an outline, or a city as a mark at its `centre`; `code` is of ISO 3166-2, points are in the map's own
    units, `label` is the middle of the name's line, or its beginning."""

    code: str
    label: tuple[int, int]
    names: ShortNames
    anchor: Literal["middle", "start"] = "middle"
    outline: Annotated[str, _OUTLINE] | None = None
    centre: tuple[int, int] | None = None

    @model_validator(mode="after")
    def _drawn_somehow(self) -> MapPlace:
        if (self.outline is None) == (self.centre is None):
            raise ValueError("a place has either an outline or a centre")
        return self


class MapPlaces(StrictModel):
    """map.toml: the size of the map, and its places in the order in which they are drawn."""

    width: int
    height: int
    places: tuple[MapPlace, ...]


@cache
def load_map(path: Path = _SHIPPED) -> MapPlaces:
    """The map in the TOML file at `path`. Raises VocabularyError that names the file and the mistake."""
    return check(MapPlaces, read_toml(path, VocabularyError), str(path), VocabularyError)
