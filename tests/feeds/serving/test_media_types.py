"""Tests of `feeds.serving.media_types`."""

from __future__ import annotations

import pytest

from feeds.feed_format import FeedFormat
from feeds.publish import FORMATS
from feeds.serving.media_types import media_type_of


@pytest.mark.parametrize(
    ("name", "content_type", "seconds", "is_text"),
    [
        ("kk/all/all.rss", "application/rss+xml; charset=utf-8", 300, True),
        ("kk/all/all.atom", "application/atom+xml; charset=utf-8", 300, True),
        # RFC 8259, section 11: JSON has no charset parameter, it is UTF-8.
        ("kk/all/all.json", "application/feed+json", 300, True),
        ("feeds.opml", "text/x-opml; charset=utf-8", 300, True),
        ("index.html", "text/html; charset=utf-8", 300, True),
        ("style.css", "text/css; charset=utf-8", 300, True),
        ("script.js", "text/javascript; charset=utf-8", 300, True),
        ("robots.txt", "text/plain; charset=utf-8", 300, True),
        ("sitemap.xml", "application/xml", 300, True),
        ("app.webmanifest", "application/manifest+json", 300, True),
        ("icon.svg", "image/svg+xml; charset=utf-8", 86400, True),
        ("icon.png", "image/png", 86400, False),
        ("ICON.PNG", "image/png", 86400, False),
        ("favicon.ico", "image/vnd.microsoft.icon", 86400, False),
        ("photo.jpg", "image/jpeg", 86400, False),
        ("photo.webp", "image/webp", 86400, False),
        ("notes.unknown", "application/octet-stream", 300, False),
        ("CNAME", "application/octet-stream", 300, False),
    ],
)
def test_media_type_of(name: str, content_type: str, seconds: int, is_text: bool) -> None:
    found = media_type_of(name)
    assert (found.content_type, found.is_text) == (content_type, is_text)
    assert found.cache_control.startswith(f"public, max-age={seconds}")


def test_only_what_a_browser_runs_needs_a_policy() -> None:
    assert {name for name in ("a.html", "a.svg", "a.rss", "a.png", "a.json") if media_type_of(name).is_active} == {
        "a.html",
        "a.svg",
    }


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_feeds_have_the_media_type_that_they_are_linked_with(one: FeedFormat) -> None:
    assert media_type_of(f"a.{one.name}").content_type.partition(";")[0] == one.media_type
