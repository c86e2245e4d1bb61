"""CSS selectors for an element that hold for its like on other pages: short ones, by names that mean something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

# Names that a build makes (`css-1x2y3z`, `sc-bdVaJa`, `jss42`, `_3fK2s`), and ids of one element or one article alone.
_MADE = re.compile(
    r"\d{3,}|^(?:css|sc|jss|jsx|svelte|emotion|styles?)[-_\d]|__[A-Za-z0-9]{5,}$|^_|^[a-z]{1,2}\d+$", re.ASCII
)
_MIXED = re.compile(r"(?=[^-_]*[a-z])(?=[^-_]*[A-Z])(?=[^-_]*\d)[A-Za-z0-9]{5,}")
_NAME = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_LONGEST = 100
# Names of places in a layout and of looks, which say nothing of what stands there.
_LOOKS = re.compile(
    r"^(?:col|row|container|wrapper|wrap|inner|outer|left|right|center|clearfix|grid|flex|block|box|active|first|last|"
    r"odd|even|mt|mb|ml|mr|pt|pb|px|py|p|m|d|w|h|text|font|bg|is|has|js)(?:-[\w-]+)?$"
)


def stable_names(element: _Element) -> list[str]:
    """The classes of an element that are neither made by a build nor mere looks, in their order."""
    names = (element.get("class") or "").split()
    return [name for name in names if is_stable(name) and not _LOOKS.match(name)]


def is_stable(name: str) -> bool:
    """Whether an id or class may be the same on the next page, and after the next build of the site."""
    if len(name) > _LONGEST:
        return False
    return bool(_NAME.fullmatch(name)) and not _MADE.search(name) and not _MIXED.search(name)


def own_selectors(element: _Element) -> Iterator[str]:
    """Selectors that an element's own names make, the most stable first: id, itemprop, class, two classes."""
    if not isinstance(element.tag, str):
        return
    identity = element.get("id") or ""
    if is_stable(identity):
        yield f"#{identity}"
    itemprop = element.get("itemprop") or ""
    if _NAME.fullmatch(itemprop):
        yield f'[itemprop="{itemprop}"]'
    names = stable_names(element)
    for name in names:
        yield f".{name}"
    for name in names:
        yield f"{element.tag}.{name}"
    if len(names) > 1:
        yield f".{names[0]}.{names[1]}"
    if element.tag in ("time", "h1", "article", "main"):
        yield element.tag


def selectors_for(element: _Element) -> Iterator[str]:
    """Selectors for an element: by its own names, else by those of an element close around it."""
    yield from own_selectors(element)
    inner = str(element.tag)
    for around, _ in zip(element.iterancestors(), range(3), strict=False):
        if around.tag in ("body", "html"):
            return
        for selector in own_selectors(around):
            yield f"{selector} {inner}"
        inner = f"{around.tag} > {inner}" if ">" not in inner else inner
