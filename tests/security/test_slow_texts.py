"""Texts that would once have taken readers from seconds to longer than anybody waits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from newscrawler.config import Config
from spiders.drafting.selectors import is_stable
from spiders.fetching.saved_html import html_clues
from spiders.pages.person_name import is_person_name
from spiders.pages.shortcodes import shortcode_pattern
from tests.security.work_limit import work_limited
from tests.spiders.pages.page_samples import article, body, page_html

# In seconds of this process's own work; each takes some milliseconds.
LIMIT = 2


def is_a_name() -> bool:
    return is_person_name("Аʼ" + "ʼ" * 45 + "1", (), single=True)


def has_codes() -> bool:
    return shortcode_pattern(("ads",)).search("[a b=" * 60_000) is not None


def has_data() -> bool:
    data = f'<script type="application/ld+json">{{"@type":{" " * 200_000}x</script>'
    return article(page_html(body(), data)).headline == ""


def is_saved() -> bool:
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.html")
        file.write_text("<!--\n Page saved with SingleFile \n url: https://a.test/ \n saved date:" + " " * 250_000)
        return html_clues(file).url is not None


def is_an_article() -> bool:
    newsroom = Config().newsroom("newsroom_kz")
    paths = [f"/{'-' * 1900}/x/", f"/{'1' * 1900}/x/", f"/{'a-' * 950}/x/"]
    return any(newsroom.is_article_address(f"https://newsroom.kz{path}") for path in paths * 20)


def is_kept() -> bool:
    return is_stable("a" * 100_000)


@pytest.mark.parametrize(
    "read",
    [is_a_name, has_codes, has_data, is_saved, is_an_article, is_kept],
)
def test_texts_that_were_slow_once_are_not(read: Callable[[], bool]) -> None:
    with work_limited(LIMIT):
        assert not read()
