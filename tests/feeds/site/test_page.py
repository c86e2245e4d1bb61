"""Tests of `feeds.site.page`: what every page has around its content."""

from __future__ import annotations

import pytest

from feeds.site.page import PAGE_LANGUAGES, front_page, language_code, page_of
from feeds.site.templating import asset, policy
from newscrawler.config import Config


def test_each_language_has_a_front_page_and_a_code() -> None:
    assert [front_page(language, "../") for language in PAGE_LANGUAGES] == [
        "../kk/index.html",
        "../ru/index.html",
        "../index.html",
    ]
    assert [language_code(language) for language in PAGE_LANGUAGES] == ["kk", "ru", "en"]


@pytest.mark.parametrize("with_script", [True, False])
def test_the_policy_is_that_of_what_stands_in_the_page(with_script: bool) -> None:
    page = page_of("А", "kk", Config(), root="", languages=[], style="front.css", with_script=with_script)
    assert page.style == asset("page.css") + asset("front.css")
    assert (page.script is not None) == with_script
    assert page.policy == policy(style=page.style, script=page.script)
    assert page.home == "kk/index.html"
