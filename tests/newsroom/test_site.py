"""The server answers as the site promises, and the truth agrees with the pages."""

import re
from typing import Any
from urllib.parse import urljoin

import pytest

from .article import SITE
from .client import Client, ajax_pages, pages_of, path_of, text_of
from .edition import edition
from .furniture import BOILERPLATE, FURNITURE, boilerplate
from .site import build_site
from .transliterate import SCRIPTS
from .truth import aliases, not_articles, truth

DAYS = (1, 2)
# These stand in some templates only.
SOME_PAGES_ONLY = {"advert", "read_also"}


@pytest.mark.parametrize("day", DAYS)
def test_every_article_of_the_truth_can_be_read(client: Client, day: int) -> None:
    client.server.switch_to(day)
    for record in truth(day):
        reply = client.get(path_of(record["url"]))
        assert reply.status == 200, record["url"]
        page = text_of(reply.body)
        for text in [record["headline"], *record["paragraphs"], *record["authors"], record["lead"] or ""]:
            assert text in page, f"{record['url']}: {text}"
        assert (record["photo_credit"] or "") in page
        assert (record["section"] or "") in page


@pytest.mark.parametrize("day", DAYS)
def test_what_must_not_be_in_a_body_is_not_in_the_truth(day: int) -> None:
    for record in truth(day):
        body = "\n".join(record["paragraphs"])
        assert not [text for text in record["must_not_contain"] if text in body], record["url"]
        assert body.startswith(record["body_first_sentence"])
        assert body.endswith(record["body_last_sentence"])


def test_boilerplate_stands_on_every_page() -> None:
    for record in truth(1):
        page = text_of(build_site(1).answers[path_of(record["url"])].body)
        fixed = boilerplate(record["language"], record["script"])
        anywhere = boilerplate_of_some(record["language"], record["script"])
        assert not [text for text in fixed if text not in page and text not in anywhere], record["url"]
        assert set(fixed) <= set(record["must_not_contain"])
    everything = "\n".join(text_of(build_site(1).answers[path_of(record["url"])].body) for record in truth(1))
    assert all(text in everything for texts in BOILERPLATE.values() for text in texts)


def boilerplate_of_some(language: str, script: str) -> tuple[str, ...]:
    """The fixed texts that only some templates print."""
    return tuple(SCRIPTS[script](getattr(FURNITURE[language], name)) for name in SOME_PAGES_ONLY)


def test_read_also_box_stands_inside_the_body_and_names_other_regions() -> None:
    for version in edition(1).articles:
        page = edition(1).page(version)
        assert len(page.read_also) == 3
        if version.template == "A" and len(version.body) > 1:
            markup = build_site(1).answers[version.path].body.decode()
            body = markup.split('<div class="article__body">')[1]
            assert (
                body.index("</p>") < body.index("read-also") < body.rindex("<p>", 0, body.index('<div class="share">'))
            )


def test_templates_have_their_marks() -> None:
    answers = build_site(1).answers
    for record in truth(1):
        body = answers[path_of(record["url"])].body
        if record["template"] == "A":
            assert record["headline"].encode() not in re.findall(rb"<title>.*</title>", body)[0]
            assert b'"@graph"' in body
        elif record["template"] == "B":
            assert b'<html lang="ru-RU"' in body
            assert b"[caption id=" in body
            assert re.search(rb'article:published_time" content="[^"]+\+06:00"', body)
        elif record["template"] == "C":
            assert b"application/ld+json" not in body
            assert b"<time" not in body
            assert b"article:published_time" not in body
            with pytest.raises(UnicodeDecodeError):
                body.decode()
        else:
            inside = body.split(b'<div class="article__block">', 1)[1].split(b'<div class="share">')[0]
            assert b"<p" not in inside
            assert b"<time datetime=" in body
    assert "&#1171;" in answers[path_of(record_of("yuko-flood", "kk")["url"])].body.decode("cp1251")


def record_of(story: str, language: str, script: str = "Cyrl", day: int = 1) -> dict[str, Any]:
    """The truth about one article."""
    wanted = (story, language, script)
    return next(record for record in truth(day) if (record["story"], record["language"], record["script"]) == wanted)


@pytest.mark.parametrize("day", DAYS)
def test_other_addresses_lead_to_the_article(client: Client, day: int) -> None:
    client.server.switch_to(day)
    for alias, url in aliases(day).items():
        statuses, target = client.follow(path_of(alias))
        assert statuses[-1] == 200, alias
        page = client.get(target)
        canonical = re.search(rb'rel="canonical" href="([^"]+)"', page.body)
        assert canonical
        assert urljoin(SITE, canonical.group(1).decode()) == url
        if "/old/" in alias:
            assert statuses == [301, 301, 200]
            assert SITE + target == url


def test_pages_say_odd_things_about_their_address() -> None:
    def head(story: str, language: str) -> str:
        return text_of(build_site(1).answers[path_of(record_of(story, language)["url"])].body)

    assert 'rel="canonical" href="/ru/news/' in head("shymkent-school", "ru")
    assert '"og:url" content="https://newsroom.test/kk/article/51002"' in head("turkistan-museum", "kk")
    vaccination = head("vaccination", "kk")
    for mark in ("kk", "ru", "x-default", "lt", "tt"):
        assert f'hreflang="{mark}"' in vaccination


def test_pictures_are_there(client: Client) -> None:
    for record in truth(1):
        urls: list[str] = record["image_urls"]
        assert len(urls) == record["images"]
        for url in urls:
            statuses, target = client.follow(path_of(url))
            assert statuses == ([301, 200] if "/wp-content/" in url else [200])
            assert "/uploads/resized-images/" in target
    assert client.get(target).body.startswith(b"\x89PNG")
    assert record_of("mangystau-gallery", "kk")["images"] == 15


def test_what_is_no_article(client: Client) -> None:
    assert client.get("/kk/news/gone").status == 410
    assert client.get("/missing").status == 404
    assert client.get("/slow-never-built").status == 404
    assert client.get("/kk/news/59999-zhok-maqala").body == client.get("/").body
    empty = client.get("/kk/news/59998-bos-maqala")
    assert empty.status == 200
    assert re.search(rb'<div class="article__body">\s*</div>', empty.body)
    assert client.follow("/redirect-loop")[0] == [301] * 6
    assert client.get("/redirect-away").headers["Location"] == "http://other.test/"
    every_list = "".join(markup for path in ("/kk/news/", "/ru/news/") for markup in pages_of(1, path).values())
    every_list += "".join(ajax_pages(1).values())
    for entry in not_articles(1):
        last = entry["url"].rsplit("/", 1)[1]
        assert last in every_list or last in ("search?q=", "2024-04.xml"), entry
    assert not {entry["url"] for entry in not_articles(1)} & {record["url"] for record in truth(1)}


def test_the_gone_article_is_gone_on_day_two(client: Client) -> None:
    target = path_of(record_of("aktau-desalination", "kk")["url"])
    assert client.get(target).status == 200
    client.server.switch_to(2)
    assert client.get(target).status == client.get(f"{target}?utm_source=tg").status == 410
    assert SITE + target not in {record["url"] for record in truth(2)}
    assert SITE + target in {entry["url"] for entry in not_articles(2)}
    entry = f"<loc>{SITE}{target}</loc><lastmod>2024-05-15T08:15:00+05:00</lastmod>"
    assert entry in client.get("/sitemaps/2024-05.xml").body.decode()
    assert target not in "".join(pages_of(2, "/kk/news/").values())


def test_only_what_should_changes_between_the_days() -> None:
    first, second = truth(1), truth(2)
    before = {record["url"]: record for record in first}
    changed = [record for record in second if record["url"] in before and record != before[record["url"]]]
    assert {(record["story"], record["language"]) for record in changed} == {
        ("turkistan-greenhouses", "kk"),
        ("aktobe-stadium", "kk"),
        ("kokshetau-teacher", "ru"),
    }
    for record in second:
        if record["url"] in before and record not in changed:
            target = path_of(record["url"])
            assert build_site(1).answers[target].body == build_site(2).answers[target].body
    for target in ("/rss/old.xml", "/sitemaps/archive-2018-2021.xml.gz", "/sitemaps/qazaq-scripts.xml", "/robots.txt"):
        assert build_site(1).answers[target] == build_site(2).answers[target]
    for target in ("/rss/kk.xml", "/rss/ru.xml", "/sitemap.xml", "/sitemaps/2024-05.xml", "/kk/region/turkistan/"):
        assert build_site(1).answers[target].headers["ETag"] != build_site(2).answers[target].headers["ETag"]


def test_dates_on_the_pages_are_those_of_the_truth() -> None:
    answers = build_site(1).answers

    def page(story: str, language: str, script: str = "Cyrl") -> str:
        return text_of(answers[path_of(record_of(story, language, script)["url"])].body)

    late = page("kyzylorda-aral", "kk")
    assert '"datePublished": "2024-05-14T20:00:00+05:00"' in late
    assert record_of("kyzylorda-aral", "kk")["published"] == "2024-05-14T17:20:00+05:00"
    early = record_of("kyzylorda-aral", "ru")
    assert early["modified"] < early["published"]
    assert f'"dateModified": "{early["modified"]}"' in page("kyzylorda-aral", "ru")
    assert re.search(r"2018 жылғы \d+ сәуір, \d\d:\d\d", page("yuko-flood", "kk"))
    assert re.search(r"\d+ апреля 2018, \d\d:\d\d", page("yuko-flood", "ru"))
    assert "Jariialandy: 13 Mamyr 2024<" in page("vaccination", "kk", "Latn")
    assert record_of("vaccination", "kk", "Latn")["date_precision"] == "day"
    assert re.search(r"Jariialandy: \d\d:\d\d, 14 Mamyr 2024<", page("abai-hospital", "kk", "Latn"))
    assert "datePublished" in page("abai-hospital", "kk", "Arab")
    for record in truth(1):
        assert record["published"][-6:] == ("+05:00" if record["published"] > "2024-03" else "+06:00")
