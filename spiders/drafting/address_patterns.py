"""The patterns of a newsroom file's table [articles], from addresses that are known, or thought, to be articles'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from spiders.drafting.address_shapes import AddressShape, shape_of
from spiders.drafting.signs import load_signs

# So many addresses of one kind, none with a number of its own, do not look alike by chance.
_LEAST_ALIKE = 3
# From so many sections on, more are to be expected than were seen.
_MANY_FOLDERS = 3
_MOST_FOLDERS = 12
# In words: what most articles' names have, and few sections'.
_MOST_WORDS_NEEDED = 3
_MOST_EXCLUDED = 30


@dataclass(slots=True, frozen=True)
class AddressPatterns:
    """`include` and `exclude` as a newsroom file has them; `explained` counts the article addresses that they accept,
    `seen` all of them."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]
    explained: int
    seen: int

    def accept(self, url: str) -> bool:
        """Whether the patterns take `url` for an article's; none do where there is none."""
        target = _target(url)
        return any(re.search(pattern, target) for pattern in self.include) and not any(
            re.search(pattern, target) for pattern in self.exclude
        )


def find_patterns(articles: Iterable[str], doubtful: Iterable[str], others: Iterable[str]) -> AddressPatterns:
    """Patterns that hold for `articles` (addresses that feeds, news sitemaps and pages name as articles') and for those
    of `doubtful` (links with a headline's text, entries of sitemaps) that have what an article's address has: a number,
    a day, or many of their like; where none has, for the
    `articles` there are. They keep out `others`, as far as that costs no article.

    Names of folders stay as they are until there are three different ones; those of languages always.
    """
    sure = dict.fromkeys(articles)
    unsure = [url for url in dict.fromkeys(doubtful) if url not in sure and not _is_named_other(url)]
    families: dict[tuple[object, ...], list[tuple[str, AddressShape, bool]]] = {}
    for url, is_sure in [*((url, True) for url in sure), *((url, False) for url in unsure)]:
        shape = shape_of(url)
        if shape is not None:
            families.setdefault(shape.family, []).append((url, shape, is_sure))
    strangers = [url for url in dict.fromkeys(others) if url not in sure]
    include = list(dict.fromkeys(pattern for members in families.values() for pattern in _family_patterns(members)))
    if not include:
        # One saved article is all that some know of a site.
        shapes = [[shape for _, shape, is_sure in members if is_sure] for members in families.values()]
        include = [_pattern(members, are_certain=False) for members in shapes if members]
    # Odd addresses (`//0`) have a shape that is not quite theirs.
    include = [pattern for pattern in include if any(re.search(pattern, _target(url)) for url in (*sure, *unsure))]
    include.sort(key=lambda pattern: -sum(bool(re.search(pattern, _target(url))) for url in sure))
    exclude = _exclude(include, list(sure), strangers)
    found = AddressPatterns(tuple(include), tuple(exclude), 0, len(sure))
    return AddressPatterns(found.include, found.exclude, sum(map(found.accept, sure)), len(sure))


def in_company(addresses: Iterable[str]) -> list[str]:
    """Those of the addresses of whose shape, in the same folders, there are several: sitemaps name single pages too."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for url in addresses:
        shape = shape_of(url)
        if shape is not None:
            groups.setdefault((shape.family, shape.names), []).append(url)
    return [url for group in groups.values() if len(group) >= _LEAST_ALIKE for url in group]


def _family_patterns(members: list[tuple[str, AddressShape, bool]]) -> Iterator[str]:
    shapes = [shape for _, shape, _ in members]
    certain = [shape for shape in shapes if shape.is_certain]
    if certain:
        yield _pattern(certain, are_certain=True)
        return
    if shapes[0].tail != "{words}":
        # Short numbers: articles of a young site, or pages and sections of any.
        sure = [shape for _, shape, is_sure in members if is_sure]
        if len(sure) >= _LEAST_ALIKE:
            yield _pattern(sure, are_certain=False)
        return
    by_folder: dict[tuple[str, ...], list[AddressShape]] = {}
    for shape in shapes:
        by_folder.setdefault(shape.names, []).append(shape)
    alike = [shape for group in by_folder.values() if len(group) >= _LEAST_ALIKE for shape in group]
    if alike:
        yield _pattern(alike, are_certain=False)


def _pattern(shapes: list[AddressShape], *, are_certain: bool) -> str:
    folders = _folder_expression(shapes, are_certain=are_certain)
    first = shapes[0]
    numbers = [shape.digits for shape in shapes if shape.digits]
    digits = "{3,}" if numbers and min(numbers) > 3 else "+"
    lengths = sorted(shape.words for shape in shapes)
    words = min(lengths[len(lengths) // 20], _MOST_WORDS_NEEDED)
    slug = rf"[^/_-]+(?:[_-][^/_-]+){{{words - 1},}}"
    tail = first.tail.replace("{digits}", digits).replace("{words}", slug)
    return f"^/{folders}{tail}{re.escape(first.ending)}{'$' if first.tail.count('?') and '=' in first.tail else '/?$'}"


def _folder_expression(shapes: list[AddressShape], *, are_certain: bool) -> str:
    folders = sorted({shape.folders for shape in shapes})
    columns = [list(dict.fromkeys(column)) for column in zip(*folders, strict=True)]
    opened = [_is_open_column(column, are_certain=are_certain) for column in columns]
    folders = sorted({tuple("[^/]+" if opened[at] else name for at, name in enumerate(row)) for row in folders})
    columns = [list(dict.fromkeys(column)) for column in zip(*folders, strict=True)]
    every = 1
    for column in columns:
        every *= len(column)
    if every == len(folders):
        return "".join(f"{_one_of(column)}/" for column in columns)
    return f"{_one_of(['/'.join(row) for row in folders])}/"


def _is_open_column(column: list[str], *, are_certain: bool) -> bool:
    signs = load_signs()
    sections = [name for name in column if signs.language_of_label(name) is None]
    return len(sections) >= _MANY_FOLDERS and (are_certain or len(sections) > _MOST_FOLDERS)


def _one_of(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"(?:{'|'.join(names)})"


def _exclude(include: list[str], articles: list[str], others: list[str]) -> list[str]:
    """Folders that hold other pages by their name; and single pages where articles' addresses are mere words."""
    kept_out = [url for url in others if any(re.search(pattern, _target(url)) for pattern in include)]
    used = {segment for url in articles for segment in _segments(url)[:-1]}
    named = [segment for url in kept_out for segment in _segments(url)[:-1] if _is_other(segment)]
    folders = sorted({re.escape(segment) for segment in named if segment not in used})
    patterns = [f"/{_one_of(folders)}/"] if folders else []
    for url in kept_out:
        shape = shape_of(url)
        is_left = not any(re.search(pattern, _target(url)) for pattern in patterns)
        if is_left and shape is not None and not shape.is_certain and len(patterns) < _MOST_EXCLUDED:
            patterns.append(f"^{re.escape(urlsplit(url).path.rstrip('/'))}/?$")
    return patterns


def _is_named_other(url: str) -> bool:
    segments = _segments(url)
    ending = segments[-1].rpartition(".")[2].lower() if segments and "." in segments[-1] else ""
    return ending in load_signs().addresses.files or any(_is_other(segment) for segment in segments[:-1])


def _is_other(segment: str) -> bool:
    return segment.lower() in load_signs().addresses.others


def _segments(url: str) -> list[str]:
    return [segment for segment in urlsplit(url).path.split("/") if segment]


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
