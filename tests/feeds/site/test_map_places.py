"""Tests of `feeds.site.map_places`: the shipped map has every region, whole and in its place."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import feeds.site.map_places
from feeds.site.map_places import MapPlace, load_map
from newscrawler.errors import VocabularyError
from newscrawler.vocabulary import Vocabulary

SHIPPED = Path(feeds.site.map_places.__file__).with_name("map.toml")
CITIES = {"KZ-71", "KZ-75", "KZ-79"}


@cache
def rings(place: MapPlace) -> list[list[tuple[float, float]]]:
    """The corners of an outline of `M x y l dx dy ... z` rings."""
    found = []
    for ring in re.findall(r"M([^z]*)z", place.outline or ""):
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", ring)]
        corners = [(numbers[0], numbers[1])]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            corners.append((corners[-1][0] + dx, corners[-1][1] + dy))
        found.append(corners)
    return found


def holds(place: MapPlace, x: float, y: float) -> bool:
    crossings = 0
    for ring in rings(place):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossings += 1
    return crossings % 2 == 1


def place(code: str) -> MapPlace:
    return next(one for one in load_map().places if one.code == code)


def test_every_region_of_the_vocabulary_is_drawn_once(vocabulary: Vocabulary) -> None:
    codes = [one.code for one in load_map().places]
    assert sorted(codes) == sorted(region.code for region in vocabulary.regions)
    assert {one.code for one in load_map().places if one.centre is not None} == CITIES


def test_cities_are_drawn_last_so_that_they_can_be_touched() -> None:
    assert {one.code for one in load_map().places[-3:]} == CITIES


@pytest.mark.parametrize(("city", "region"), [("KZ-71", "KZ-11"), ("KZ-75", "KZ-19"), ("KZ-79", "KZ-61")])
def test_cities_lie_in_the_region_around_them(city: str, region: str) -> None:
    centre = place(city).centre
    assert centre is not None
    assert holds(place(region), *centre)


@pytest.mark.parametrize(
    ("west", "east"),
    [
        ("KZ-27", "KZ-15"),
        ("KZ-15", "KZ-39"),
        ("KZ-39", "KZ-11"),
        ("KZ-35", "KZ-10"),
        ("KZ-10", "KZ-63"),
        ("KZ-31", "KZ-33"),
    ],
)
def test_regions_lie_as_on_any_map(west: str, east: str) -> None:
    assert place(west).label[0] < place(east).label[0]


def test_no_ground_is_of_two_regions_and_names_stand_on_their_own() -> None:
    drawing = load_map()
    regions = [one for one in drawing.places if one.outline]
    for x in range(5, drawing.width, 30):
        for y in range(5, drawing.height, 30):
            assert len([one for one in regions if holds(one, x + 0.3, y + 0.3)]) <= 1
    for one in regions:
        assert [other.code for other in regions if holds(other, *one.label)] == [one.code]


def test_neighbours_share_their_borders_point_for_point() -> None:
    corners: dict[tuple[float, float], set[str]] = {}
    for one in load_map().places:
        for ring in rings(one):
            for corner in ring:
                corners.setdefault(corner, set()).add(one.code)
    shared = {frozenset(codes) for codes in corners.values() if len(codes) == 2}
    assert {frozenset({"KZ-10", "KZ-63"}), frozenset({"KZ-11", "KZ-59"}), frozenset({"KZ-23", "KZ-47"})} < shared
    assert len(shared) > 30


def test_the_map_is_small() -> None:
    assert sum(len(one.outline or "") for one in load_map().places) < 20_000


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('anchor = "start"\nnames', 'anchor = "left"\nnames', "anchor"),
        ("centre = [", "center = [", "did you mean 'centre'"),
        ('outline = "M', 'outline = "<script>M', "an SVG path"),
        ("\ncentre = [610, 164]", "", "either an outline or a centre"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, before: str, after: str, message: str) -> None:
    broken = tmp_path / "map.toml"
    text = SHIPPED.read_text(encoding="utf-8")
    assert before in text
    broken.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(VocabularyError, match=message) as raised:
        load_map(broken)
    assert str(broken) in str(raised.value)
