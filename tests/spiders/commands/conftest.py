"""Articles to save."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def article() -> Callable[[str, str], bytes]:
    """Makes a page of an article with a headline and a date, in windows-1251 that only the header names."""

    def made(headline: str, date: str) -> bytes:
        text = "<p>Мектепте тоғыз жүз оқушы оқиды, оны қала әкімі ашты.</p>".replace("ғ", "г").replace("қ", "к")
        html = f"<html><body><article><h1>{headline}</h1><time>{date}</time>{text * 6}</article></body></html>"
        return html.replace("ү", "у").replace("ә", "а").encode("cp1251", "replace")

    return made
