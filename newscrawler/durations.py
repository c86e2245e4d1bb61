"""Durations as people write them: 90s, 8m, 1h30m, 14d."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_DURATION = re.compile("".join(rf"(?:([0-9]{{1,9}})\s*{unit}\s*)?" for unit in _UNITS), re.IGNORECASE)


def parse_duration(text: str) -> timedelta:
    """The duration that `text` states: whole numbers with their units d, h, m and s, the greatest unit first.

    Raises ValueError, saying what is wanted, for anything else, for nothing and for more than timedelta holds.
    """
    found = _DURATION.fullmatch(text.strip())
    numbers = [int(number or 0) for number in found.groups()] if found is not None else []
    seconds = sum(number * unit for number, unit in zip(numbers, _UNITS.values(), strict=False))
    if not 0 < seconds < timedelta.max.total_seconds():
        raise ValueError(f"{text!r} is no duration such as 90s, 8m or 1h30m")
    return timedelta(seconds=seconds)


def shown_duration(duration: timedelta) -> str:
    """The duration in whole seconds as `parse_duration` reads it; a negative one counts as none: 0s."""
    left = max(round(duration.total_seconds()), 0)
    parts = []
    for unit, seconds in _UNITS.items():
        number, left = divmod(left, seconds)
        parts.append(f"{number}{unit}" if number else "")
    return "".join(parts) or "0s"
