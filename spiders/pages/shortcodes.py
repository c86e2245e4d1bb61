"""WordPress shortcodes that nothing turns into anything any more: `[caption id="x"]..[/caption]`, `[ads group="7"]`."""

from __future__ import annotations

import re
from functools import lru_cache

from spiders.pages.body_blocks import Run

# No further than to the next caption: a page may open a hundred thousand and close none.
_CAPTION = re.compile(r"\[caption[^\[\]]*\]((?:[^\[]|\[(?!/?caption\b)){0,2000})\[/caption\]")


@lru_cache(maxsize=16)
def shortcode_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """A whole caption, any code with attributes, and the codes called one of `names`; `[sic]` and `[…]` are text."""
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    # A bare value ends before the next code: else codes that are never closed would be read on from each of them.
    attribute = r"""[\w-]+\s*=\s*(?:"[^"\]]*"|'[^'\]]*'|[”″“][^”″“\]]*[”″“]|[^\s\[\]"']+)"""
    return re.compile(
        rf"{_CAPTION.pattern}|\[/?(?:{known})(?:\s[^\[\]]*)?\]|\[/?[A-Za-z][\w-]*(?:\s+{attribute})+\s*/?\]", re.DOTALL
    )


def without_shortcodes(runs: list[Run], names: tuple[str, ...]) -> list[Run]:
    """`runs` with the shortcodes in their text removed, those too that reach over several runs."""
    text = "".join(run.text for run in runs)
    spans = [match.span() for match in shortcode_pattern(names).finditer(text)]
    if not spans:
        return runs
    kept: list[Run] = []
    place = 0
    for run in runs:
        end = place + len(run.text)
        parts: list[str] = []
        for start, stop in spans:
            if stop <= place:
                continue
            parts.append(text[place : min(max(start, place), end)])
            place = min(max(stop, place), end)
        parts.append(text[place:end])
        kept.append(Run("".join(parts), run.marks, run.href))
        place = end
    return kept


def caption_texts(text: str) -> list[str]:
    """What the caption shortcodes in `text` hold."""
    return [match.group(1).strip() for match in _CAPTION.finditer(text)]
