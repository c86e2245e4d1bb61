"""Fault: one thing that a site does to a crawler, and what a crawl owes after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.hostile_newsroom.site import HostileSite


class Door(StrEnum):
    """Where a crawler of one source has to come in to meet the fault."""

    LISTS = "lists"
    SITEMAP = "sitemap"
    FEED = "feed"


@dataclass(slots=True, frozen=True)
class Fault:
    """A fault by its `name`; `arm` makes a site do it.

    `owed` has a value for each of the runs that it takes until nothing is missing: whether something is owed after it.
    With `alone` it changes what the whole site does, and stands beside no other.
    """

    name: str
    arm: Callable[[HostileSite], None]
    owed: tuple[bool, ...] = (False, False)
    door: Door = Door.LISTS
    alone: bool = False

    @property
    def what(self) -> str:
        """What the site does, in a sentence."""
        return " ".join((self.arm.__doc__ or "").split())
