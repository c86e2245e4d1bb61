from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.newsroom import Meaning, Newsroom, SourceKind
from newscrawler.newsroom_files import read_newsroom
from tests.newscrawler.least_newsroom import LEAST, mistake, written


def a_newsroom(**values: Any) -> Newsroom:
    least: dict[str, Any] = {
        "name": "a",
        "title": "A",
        "site": "https://www.a.kz/",
        "hosts": ("www.a.kz", "a.kz"),
        "languages": ("kk",),
    }
    return Newsroom(**{**least, **values})


def test_the_digest_is_another_one_when_the_file_says_something_else(tmp_path: Path) -> None:
    digests = [read_newsroom(written(tmp_path, LEAST)).digest for _ in range(2)]
    assert digests[0] == digests[1]
    assert read_newsroom(written(tmp_path, LEAST + '[selectors]\nbody = ".text"')).digest != digests[0]


def test_the_shortest_file_takes_its_name_from_the_file(tmp_path: Path) -> None:
    newsroom = read_newsroom(written(tmp_path, LEAST))
    assert (newsroom.name, newsroom.hosts, newsroom.languages) == ("a", ("a.kz",), ("kk",))
    assert newsroom.zone == ZoneInfo("Asia/Almaty")
    assert (newsroom.content, newsroom.delay, newsroom.verified) == ("excerpt", 1.0, False)
    assert newsroom.is_article_address("https://a.kz/anything")


def test_a_whole_file(tmp_path: Path) -> None:
    content = """
    delay = 2
    [[sources]]
    kind = "listing"
    url = "https://a.kz/kk/"
    item = "li"
    day_heading = "h2"
    page_url = "https://a.kz/kk/?page={page}"
    first_page = 0
    [[sources]]
    kind = "sitemap"
    url = "https://a.kz/sitemap.xml"
    [selectors]
    headline = ["h1.title", "h1"]
    body = ".text"
    [sections]
    "Спорт" = {topic = "sport"}
    [addresses]
    "/kk/almaty/" = {region = "KZ-75", scope = "regional"}
    """
    newsroom = read_newsroom(written(tmp_path, LEAST + content))
    assert [source.kind for source in newsroom.sources] == [SourceKind.LISTING, SourceKind.SITEMAP]
    assert (newsroom.sources[0].first_page, newsroom.sources[0].max_pages) == (0, 20)
    assert (newsroom.selectors.headline, newsroom.selectors.body) == (("h1.title", "h1"), (".text",))
    assert newsroom.sections == {"Спорт": Meaning(topic="sport")}
    assert newsroom.addresses["/kk/almaty/"].region == "KZ-75"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (LEAST + 'tilte = "B"', "unknown key 'tilte' (did you mean 'title'?)"),
        (LEAST.replace("title", "#"), "key 'title' is missing"),
        (LEAST.replace('"https://a.kz/"', '"a.kz"'), "site: 'a.kz' is not an absolute http or https address"),
        (LEAST.replace('"a.kz"', '"A.kz"'), "hosts: needs at least one bare host name in lower case"),
        (LEAST.replace('"a.kz"', '"a.kz/"'), "hosts: needs at least one bare host name in lower case"),
        (LEAST.replace('"a.kz"', '"a.kz:443"'), "hosts: needs at least one bare host name in lower case"),
        (LEAST.replace('"a.kz"', "[]"), "hosts: needs at least one bare host name in lower case"),
        (LEAST.replace('"kk"', "[]"), "languages: needs at least one language code"),
        (LEAST.replace('"a.kz"', '"b.kz"'), "https://a.kz/ is on none of the newsroom's hosts (b.kz)"),
        (
            LEAST + 'time_zone = "Almaty"',
            "time_zone: 'Almaty' is not the name of a time zone (such as Asia/Almaty)",
        ),
        (LEAST + 'delay = "2"', "delay: needs a number without quotes, not '2'"),
        (LEAST + 'verified = "no"', "verified: needs true or false without quotes, not 'no'"),
        (LEAST + '[selectors]\nheadline = "h1["', "selectors.headline: 'h1[' is no CSS selector"),
        (LEAST + '[articles]\nexclude = "("', "articles.exclude: '(' is no regular expression"),
        (LEAST + '[sections."Спорт"]\ntopik = "sport"', "unknown key 'sections.Спорт.topik' (did you mean 'topic'?)"),
    ],
)
def test_a_mistake_is_named_with_its_key(content: str, said: str, tmp_path: Path) -> None:
    assert mistake(tmp_path, content).startswith(said)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('kind = "listing"\nurl = "/kk/"', "sources.0.url: '/kk/' is not an absolute http or https address"),
        ('kind = "listing"\nurl = "http://["', "sources.0.url: 'http://[' is not an absolute http or https address"),
        ('kind = "feed"\nurl = "https://b.kz/rss"', "https://b.kz/rss is on none of the newsroom's hosts (a.kz)"),
        ('kind = "page"\nurl = "https://a.kz/"', "sources.0.kind: "),
        (
            'kind = "listing"\nurl = "https://a.kz/"\nitme = "li"',
            "unknown key 'sources.0.itme' (did you mean 'item'?)",
        ),
        (
            'kind = "listing"\nurl = "https://a.kz/"\npage_url = "https://a.kz/?page="',
            "sources.0: page_url must hold {page}",
        ),
        (
            'kind = "listing"\nurl = "https://a.kz/"\nnext_page = "a.next"\npage_url = "https://a.kz/{page}"',
            "sources.0: give next_page or page_url, not both",
        ),
        (
            'kind = "listing"\nurl = "https://a.kz/"\nday_heading = "h2"',
            "sources.0: day_heading needs item",
        ),
        ('kind = "listing"\nurl = "https://a.kz/"\nmax_pages = 0', "sources.0.max_pages: "),
    ],
)
def test_a_mistake_in_a_source_is_named_with_its_number(source: str, said: str, tmp_path: Path) -> None:
    assert mistake(tmp_path, f"{LEAST}[[sources]]\n{source}").startswith(said)


def test_every_mistake_of_a_file_is_named_at_once(tmp_path: Path) -> None:
    said = mistake(tmp_path, LEAST.replace('"kk"', "[]") + 'dealy = 1\ncontent = "half"')
    assert len(said.split("; ")) == 3
    assert "did you mean 'delay'?" in said
    assert "content: Input should be 'full', 'excerpt' or 'headline'" in said


def test_a_list_written_as_a_table_is_told_in_words(tmp_path: Path) -> None:
    one = '[sources]\nkind = "feed"\nurl = "https://a.kz/rss"'
    assert mistake(tmp_path, LEAST + one) == "sources: needs double brackets: [[sources]]"
    assert mistake(tmp_path, LEAST.replace('"kk"', "5")) == "languages: needs a list in [ ], not 5"


def test_own_addresses(tmp_path: Path) -> None:
    newsroom = a_newsroom()
    assert newsroom.is_own("http://a.kz:8080/x")
    assert newsroom.is_own("https://WWW.A.kz./x")
    assert not newsroom.is_own("https://m.a.kz/x")
    assert not newsroom.is_own("https://a.kz.evil.test/")
    assert not newsroom.is_own("https://evil.test/https://a.kz/")
    assert not newsroom.is_own("http://[::1")
    assert not newsroom.is_own("/x")


@given(st.text() | st.text("htps:/[]@.akz%#?", max_size=30))
def test_any_text_is_own_or_not_and_an_articles_address_only_when_own(text: str) -> None:
    newsroom = a_newsroom()
    assert newsroom.is_own(text) or not newsroom.is_article_address(text)


def test_canonical_addresses_are_on_the_first_host_in_the_sites_scheme() -> None:
    assert a_newsroom().canonical("http://a.kz/1?utm_source=x#y") == "https://www.a.kz/1"
    plain = a_newsroom(site="http://a.kz/", hosts=("a.kz", "www.a.kz"))
    assert plain.canonical("https://www.a.kz/1") == "http://a.kz/1"
    with pytest.raises(ValueError, match="is not an absolute"):
        plain.canonical("/1")


def test_a_site_with_a_name_in_cyrillic_letters() -> None:
    newsroom = a_newsroom(site="https://жаңалық.қаз/", hosts=("жаңалық.қаз", "www.жаңалық.қаз"))
    canonical = newsroom.canonical("http://www.жаңалық.қаз/1")
    assert canonical == "https://xn--80aaqw4fuxvb.xn--80ao21a/1"
    assert newsroom.canonical(canonical) == canonical
    assert newsroom.is_own("https://жаңалық.қаз/1")
    assert newsroom.is_article_address(canonical)


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://a.kz/kk/news/12", True),
        ("https://a.kz/?p=12", True),
        ("https://a.kz/kk/news/", False),
        ("https://a.kz/kk/news/12?print=1", False),
        ("https://b.kz/kk/news/12", False),
        ("https://a.kz/kk/#/news/12", False),
    ],
)
def test_patterns_look_at_path_and_query_alone(url: str, is_one: bool) -> None:
    newsroom = a_newsroom(articles={"include": [r"/news/\d", r"^/\?p=\d+$"], "exclude": r"[?&]print="})
    assert newsroom.is_article_address(url) is is_one
