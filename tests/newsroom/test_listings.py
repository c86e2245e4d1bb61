"""Lists, homes and the AJAX list; and that no kind of discovery can be left out."""

import json
import re

from .article import SITE
from .client import Client, ajax_pages, links_in_xml, links_of, main_part, pages_of, path_of, text_of
from .edition import HIDDEN, ONLY_IN_AJAX, ONLY_IN_FEED, ONLY_IN_SITEMAP
from .rss import FEEDS
from .site import build_site
from .truth import aliases, truth

DAYS = (1, 2)


def test_each_kind_of_discovery_matters() -> None:
    for day in DAYS:
        urls: dict[str, set[str]] = {}
        for record in truth(day):
            urls.setdefault(record["story"], set()).add(path_of(record["url"]))
        answers = build_site(day).answers
        lists = pages_of(day, "/kk/news/") | pages_of(day, "/ru/news/")
        lists |= {target: answers[target].body.decode() for target in ("/", "/ru/", "/kk/region/turkistan/")}
        in_lists = {link for target, markup in lists.items() for link in links_of(target, markup)}
        in_ajax = {link for target, markup in ajax_pages(day).items() for link in links_of(target, markup)}
        in_feeds = {path_of(url) for feed in FEEDS.values() for url in links_in_xml(answers[feed].body)}
        in_monthly = {path_of(url) for url in links_in_xml(answers["/sitemaps/2024-05.xml"].body)}
        in_news = {path_of(url) for url in links_in_xml(answers["/news-sitemap.xml"].body)}
        in_pages = {
            link
            for record in truth(day)
            for link in links_of(record["url"], text_of(answers[path_of(record["url"])].body))
            if record["story"] not in HIDDEN
        }
        places = {"ajax": in_ajax, "feed": in_feeds, "sitemap": in_monthly, "other": in_lists | in_news | in_pages}
        for only, stories in (("ajax", ONLY_IN_AJAX), ("feed", ONLY_IN_FEED), ("sitemap", ONLY_IN_SITEMAP)):
            hidden = set().union(*(urls[story] for story in stories))
            assert len(hidden) >= 2
            assert hidden <= places[only]
            assert not [place for place, found in places.items() if place != only and hidden & found]
        main = {url for story, found in urls.items() if story not in HIDDEN for url in found}
        listed = in_lists | {path_of(aliases(day).get(SITE + link, SITE + link)) for link in in_lists}
        assert {url for url in main if not url.startswith(("/lat/", "/arab/"))} <= listed


def test_lists_write_addresses_in_many_ways() -> None:
    for day in DAYS:
        for path in ("/kk/news/", "/ru/news/"):
            markup = "\n".join(pages_of(day, path).values())
            for start in (
                "http://newsroom.test/",
                "http://www.newsroom.test/",
                "https://NEWSROOM.TEST/",
                "//newsroom.test/",
            ):
                assert len(re.findall(f'href="{start}', markup)) == 1, start
            assert markup.count("#comments") == 1
            assert "?utm_source=tg" in markup
            assert 'href="/post/' in markup
            assert re.search(r'href="\d', markup)
            assert f'href="{path}' in markup
            assert f'href="{SITE}{path}' in markup


def test_kk_list_pages_without_end(client: Client) -> None:
    first = main_part(client.get("/kk/news/?page=1").body)
    assert first == main_part(client.get("/kk/news/").body)
    assert first.count('class="item') == 7
    assert "қыркүйек 2021" in first.split("</li>")[0]
    assert "Бүгін, 1" in first
    pages = pages_of(1, "/kk/news/")
    assert all(markup.count('class="item"') == 6 for markup in list(pages.values())[:-1])
    assert "Кеше, " in "".join(pages.values())
    assert re.search(r">1[0-2] мамыр 2024, \d\d:\d\d<", "".join(pages.values()))
    last = len(pages)
    items = re.findall(r"<li.*</li>", pages[f"/kk/news/?page={last}"])
    for number in (last + 1, last + 2, 977):
        reply = client.get(f"/kk/news/?page={number}")
        assert reply.status == 200
        assert re.findall(r"<li.*</li>", main_part(reply.body)) == items
        assert f'href="?page={number + 1}"' in main_part(reply.body)


def test_region_list_holds_its_region_only(client: Client) -> None:
    links = links_of("/kk/region/turkistan/", main_part(client.get("/kk/region/turkistan/").body))
    stories = {record["url"]: record["regions"] for record in truth(1)}
    regions = [stories[SITE + link] for link in links if link.startswith("/kk/news/5")]
    assert len(regions) == 3
    assert all("KZ-61" in each for each in regions)
    assert client.get("/kk/region/turkistan/?page=6").status == 200


def test_ru_list_groups_by_day_and_ends(client: Client) -> None:
    pages = pages_of(1, "/ru/news/")
    headings = re.findall(r'date-heading">([^<]+)<', "".join(pages.values()))
    assert headings[0] == "Сегодня"
    assert {"Вчера", "12 мая", "17 октября 2019"} <= set(headings)
    after = client.get(f"/ru/news/?page={len(pages) + 1}")
    assert after.status == 200
    assert 'class="item"' not in main_part(after.body)
    assert 'class="next"' not in main_part(after.body)
    assert 'class="next"' not in list(pages.values())[-1]


def test_day_two_lists_the_new_first() -> None:
    new = {path_of(record["url"]) for record in truth(2)} - {path_of(record["url"]) for record in truth(1)}
    assert len(new) == 6
    for path, first in (("/kk/news/", 1), ("/ru/news/", 0)):
        target = f"{path}?page=1"
        links = links_of(target, pages_of(2, path)[target])
        assert set(links[first : first + 3]) <= new


def test_ajax_list_ends_in_an_empty_string(client: Client) -> None:
    reply = client.get("/ajax/more?p=1")
    assert reply.headers["Content-Type"].startswith("application/json")
    assert {"/kk/", "/ru/"} <= {link[:4] for link in links_of("/ajax/more?p=1", json.loads(reply.body)["html"])}
    assert json.loads(client.get(f"/ajax/more?p={len(ajax_pages(1)) + 1}").body) == {"html": ""}
    assert client.get("/ajax/more?p=x").status == 404


def test_homes_have_twelve_cards(client: Client) -> None:
    for home in ("/", "/ru/"):
        markup = main_part(client.get(home).body)
        assert markup.count('class="card"') == 12
        links = [link for link in links_of(home, markup) if link not in ("/kk/news/", "/ru/news/")]
        assert len([link for link in links if link.startswith("https://")]) == 3
        assert len(links) - len(set(links)) == 1
