"""Which hosts belong to a newsroom of which one address is known."""

from __future__ import annotations

import pytest

from spiders.drafting.site import Site


@pytest.mark.parametrize(
    ("home", "url", "owned"),
    [
        ("https://tengri.test/", "https://kaz.tengri.test/x", True),
        ("https://tengri.test/", "https://www.kaz.tengri.test/x", True),
        ("https://kaz.tengri.test/", "https://tengri.test/x", True),
        ("https://www.tengri.test/", "http://tengri.test/", True),
        ("https://tengri.test/", "https://sport.tengri.test/", False),
        ("https://tengri.test/", "https://tengri.test.evil.test/", False),
        ("https://tengri.test/", "https://eviltengri.test/", False),
        ("https://ana.gazeta.test/", "https://gazeta.test/", False),
        ("https://kz.media.test/", "https://ru.media.test/", True),
        ("https://tengri.test/", "mailto:a@tengri.test", False),
    ],
)
def test_owns_the_hosts_of_its_languages_and_no_others(home: str, url: str, owned: bool) -> None:
    assert Site(home).owns(url) is owned


def test_hosts_are_those_that_were_met() -> None:
    site = Site("https://www.tengri.test/")
    assert site.hosts == ["www.tengri.test", "tengri.test"]
    site.meet("https://kaz.tengri.test/news/1")
    site.meet("https://other.test/")
    assert site.hosts == ["www.tengri.test", "tengri.test", "kaz.tengri.test", "www.kaz.tengri.test"]
    assert site.newsroom().is_own("https://kaz.tengri.test/a")


def test_addresses_are_canonical_and_own() -> None:
    site = Site("https://tengri.test/")
    assert site.canonical("https://tengri.test/a/", "b?utm_source=x#c") == "https://tengri.test/a/b"
    assert site.canonical("https://tengri.test/a/", "//other.test/b") is None
