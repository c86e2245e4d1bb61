"""What a crawl's counts come to, in the words that its summary and `status` share."""

from __future__ import annotations

from collections.abc import Mapping

FINISHED = "finished"
"""Why a crawl ended that did all there was to do."""

NOTHING_NEW, CONTAINER_GONE, COULD_NOT_REACH = "nothing new", "container gone", "could not reach"


def outcome_words(counts: Mapping[str, int], reason: str) -> list[str]:
    """What a person should know of a crawl that counted so and ended for `reason`, besides these; most have nothing.

    Of one that FINISHED without articles it says which of three it was: its sources brought nothing new; they answered,
    but a list held no entry any more; or none of them could be reached.
    """
    found = [f"{name.replace('_', ' ')} {counts[name]}" for name in ("held", "held_back") if counts.get(name)]
    found += [said for name, said in _MARKS.items() if counts.get(name)]
    if reason != FINISHED:
        return found
    if counts.get("sources_failed") and not counts.get("sources"):
        found.append(COULD_NOT_REACH)
    if counts.get("sources") and not any(counts.get(name) for name in _NEWS):
        found.append(NOTHING_NEW)
    return found


NO_ENTRIES = ("the list has no entries", "no entry leads to an article")
"""How a source is told of that answered, but not with a list of articles."""

_MARKS = {"silent": "silent for too long", "works_again": "works again", "containers_gone": CONTAINER_GONE}
# What makes a crawl one of which "nothing new" would not be true.
_NEWS = ("new", "changed", "held", "held_back", "silent", "rejected", "failed", "sources_failed", "owed")
