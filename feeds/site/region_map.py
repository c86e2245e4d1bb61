"""Region map: the regions as the front page draws and lists them, coloured by how much news they have."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from feeds.facet import FacetNames
from feeds.site.levels import Levels
from feeds.site.map_places import load_map
from newscrawler.facets import ANY
from newscrawler.vocabulary import Vocabulary


@dataclass(slots=True, kw_only=True, frozen=True)
class Place:
    """A region with the way to its page, None where it never had an article; `level` is that of its `count`."""

    name: str
    href: str | None
    count: int
    level: int
    short: str = ""
    outline: str | None = None
    centre: tuple[int, int] | None = None
    label: tuple[int, int] = (0, 0)
    anchor: str = "middle"


@dataclass(slots=True, kw_only=True, frozen=True)
class LegendStep:
    """What a colour of the map stands for."""

    level: int
    text: str


@dataclass(slots=True, kw_only=True, frozen=True)
class RegionMap:
    """The map in its own units: the places as they are drawn, all regions as they are listed, and what colours mean."""

    width: int
    height: int
    drawn: Sequence[Place]
    listed: Sequence[Place]
    legend: Sequence[LegendStep]


def region_map(
    language: str,
    *,
    names: FacetNames,
    vocabulary: Vocabulary,
    facets: Collection[str],
    counts: Mapping[str, int],
    root: str,
) -> RegionMap:
    """The map for a feed language; `facets` are the paths that have pages, `counts` says how many articles a facet has,
    `root` is the way to the output folder."""
    paths = {region.code: f"{language}/{region.slug}/{ANY}" for region in vocabulary.regions}
    levels = Levels(counts.get(path, 0) for path in paths.values())

    def place(code: str, name: str) -> Place:
        path = paths.get(code)
        count = counts.get(path, 0) if path is not None else 0
        return Place(
            name=name, href=f"{root}{path}.html" if path in facets else None, count=count, level=levels.of(count)
        )

    long_names = {region.code: names.region(region.slug, language) for region in vocabulary.regions}
    drawing = load_map()
    return RegionMap(
        width=drawing.width,
        height=drawing.height,
        drawn=[
            replace(
                place(shape.code, long_names.get(shape.code, shape.names.of(language))),
                short=shape.names.of(language),
                outline=shape.outline,
                centre=shape.centre,
                label=shape.label,
                anchor=shape.anchor,
            )
            for shape in drawing.places
        ],
        listed=[place(code, name) for code, name in long_names.items()],
        legend=_legend(levels),
    )


def _legend(levels: Levels) -> list[LegendStep]:
    steps = [
        LegendStep(level=level, text=str(most) if least == most else f"{least}–{most}")
        for level, least, most in levels.ranges()
    ]
    return [LegendStep(level=0, text="0"), *steps] if steps else []
