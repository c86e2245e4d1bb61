"""Source schedule: when a source is asked next, and what makes everything that is known of sources worth nothing."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from newscrawler.newsroom import Newsroom
from newscrawler.pace import Pace
from newscrawler.store.sources import SourceState


def may_ask(state: SourceState, pace: Pace, now: datetime) -> bool:
    """Whether the source is to be asked at the moment `now`, as it is still owed or its time has come."""
    # What lies further ahead than any plan was written by a clock that was wrong.
    longest = max(pace.max_interval, pace.min_interval)
    return state.due or state.next_check is None or not now < state.next_check <= now + longest


def next_check(state: SourceState, pace: Pace, now: datetime, *, news: bool) -> dict[str, Any]:
    """The columns of a source that was read to its end at the moment `now`, after `state`; `news` says whether it gave
    an address that was new or had changed."""
    before = state.brought_news
    brought = now if news or before is None or before > now else before
    return {"completed": now, "brought_news": brought, "next_check": now + pace.interval(now - brought)}


def digest_of(newsroom: Newsroom) -> str:
    """Says which sources a newsroom has and what an article's address is."""
    values = newsroom.model_dump(mode="json", include={"sources", "articles", "hosts"})
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
