"""JSON Feed 1.1 against a JSON schema of ours, and what a schema cannot say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from tests.feeds.validators.html_content import html_problems

_SCHEMA = Path(__file__).with_name("json_feed.schema.json")


def json_feed_problems(document: bytes, address: str) -> list[str]:
    """What is wrong with the feed that is served at `address`."""
    feed = json.loads(document)
    errors = [f"{error.json_path}: {error.message[:200]}" for error in _validator().iter_errors(feed)]
    return errors or list(_problems(feed, address))


def _problems(feed: dict[str, Any], address: str) -> Iterator[str]:
    if feed["feed_url"] != address:
        yield f"feed_url is {feed['feed_url']}, not {address}"
    ids = Counter(item["id"] for item in feed["items"])
    yield from (f"the id {name} is there {count} times" for name, count in ids.items() if count > 1)
    for item in feed["items"]:
        yield from html_problems(item.get("content_html", ""))


@cache
def _validator() -> Any:
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)
