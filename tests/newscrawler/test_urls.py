import string
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawler.urls import _resolved, absolute, canonical_address, host_of, is_web_address

HOSTS = ("newsroom.test", "www.newsroom.test")
PAGE = "https://newsroom.test/kk/news/1?page=2"

_PIECES = st.one_of(
    st.sampled_from(
        [
            *("http://", "https://", "HTTPS://", "newsroom.test", "www.newsroom.test", "[::1]", "жаңалық.қаз", ":443"),
            *(":80", ":8080", "/", "//", "/..", "/./", "/index.html", "/index.php", "?", "&", "&&", "=", "#", "%", ";"),
            *("%41", "%7e", "%2F", "%d2%9a", "+", " ", "@", "utm_source=tg", "utm%5Fmedium=x", "fbclid=1", "қала", "."),
        ]
    ),
    st.text(alphabet=string.printable + "қүЖ\u200bİß\ud800", max_size=4),
)
WILD = st.lists(_PIECES, max_size=12).map("".join)
URL_LIKE = st.builds("{}{}{}".format, st.sampled_from(["http://", "https://"]), st.sampled_from([*HOSTS, "a.kz"]), WILD)


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://newsroom.test/", True),
        ("HTTP://NEWSROOM.TEST", True),
        ("http://[::1]/", True),
        ("//newsroom.test/a", False),
        ("/kk/news/1", False),
        ("ftp://newsroom.test/", False),
        ("https://", False),
        ("https:///a", False),
        ("http://[::1", False),
        ("mailto:a@newsroom.test", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_a_web_address_is_absolute_and_has_a_host(url: str, is_one: bool) -> None:
    assert is_web_address(url) is is_one


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Newsroom.TEST:8080/a", "newsroom.test"),
        ("https://newsroom.test./", "newsroom.test"),
        ("https://user:secret@newsroom.test/", "newsroom.test"),
        ("https://ЖАҢАЛЫҚ.қаз/x", "xn--80aaqw4fuxvb.xn--80ao21a"),
        ("https://xn--80aaqw4fuxvb.xn--80ao21a/x", "xn--80aaqw4fuxvb.xn--80ao21a"),
        ("http://[::1", ""),
        ("https://a..қаз/", ""),
        ("/kk/news/1", ""),
    ],
)
def test_the_host_is_written_as_in_dns(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/ru/news/2", "https://newsroom.test/ru/news/2"),
        ("2-maqala", "https://newsroom.test/kk/news/2-maqala"),
        ("?page=3", "https://newsroom.test/kk/news/1?page=3"),
        ("//other.test/a", "https://other.test/a"),
        ("http://other.test/a", "http://other.test/a"),
        ("https://other.test/a?b=1&c=%20", "https://other.test/a?b=1&c=%20"),
        ("../x", "https://newsroom.test/kk/x"),
        ("/a/../b", "https://newsroom.test/b"),
        ("/a b#c", "https://newsroom.test/a%20b"),
        ("/a#comments", "https://newsroom.test/a"),
        (" \n /a\t\n", "https://newsroom.test/a"),
        ("/a-very-\n\tlong-\rlink", "https://newsroom.test/a-very-long-link"),
        ("/uploads/Фото 1.jpg", "https://newsroom.test/uploads/Фото%201.jpg"),
        ("/a\x01b", "https://newsroom.test/a%01b"),
    ],
)
def test_links_are_made_absolute_as_browsers_do(link: str, url: str) -> None:
    assert absolute(PAGE, link) == url


@given(
    st.sampled_from([PAGE, "https://newsroom.test", "http://[::1]/", "https://a.test:8080/x/", "file:///x", ""]),
    st.text("htps:/.?#&=ab%1@[]; \n", max_size=25) | st.from_regex(r"\A(https?:/)?/[a.]{1,3}/?[a/.?&;:]{0,8}\Z"),
)
@example(PAGE, "http:///a")
@example(PAGE, "http://.../a")
@example("https://a.test/x", "/%2e%2e/a")
@example(PAGE, "https://other.test/a?b=1&c=%20")
def test_the_short_way_leads_where_the_long_one_does(base: str, link: str) -> None:
    assert absolute(base, link) == _resolved(base, link)


@pytest.mark.parametrize(
    "link", ["mailto:editor@newsroom.test", "javascript:void(0)", "tel:+77010000000", "data:,a", "http://[::1"]
)
def test_links_that_lead_to_no_web_page_are_none(link: str) -> None:
    assert absolute(PAGE, link) is None


@given(base=st.one_of(URL_LIKE, WILD), link=WILD)
def test_any_link_gives_a_web_address_without_fragment_and_space_or_nothing(base: str, link: str) -> None:
    url = absolute(PAGE, link)
    assert url is None or (is_web_address(url) and "#" not in url and not set(url) & set(" \t\r\n\x00"))
    assert absolute(base, link) is None or is_web_address(absolute(base, link) or "")


@pytest.mark.parametrize(
    "url",
    [
        "https://newsroom.test/kk/news/1",
        "http://newsroom.test/kk/news/1",
        "http://newsroom.test:80/kk/news/1",
        "https://www.newsroom.test:443/kk/news/1",
        "HTTPS://WWW.Newsroom.Test./kk/news/1",
        "https://user:secret@newsroom.test/kk/news/1",
        "https://newsroom.test/kk/news/1#comments",
        "https://newsroom.test/kk/news/1?utm_source=tg&utm_medium=social&fbclid=x",
        "https://newsroom.test/kk/news/1?UTM_SOURCE=tg",
        "https://newsroom.test/kk/news/1?utm%5Fsource=tg",
        "https://newsroom.test/kk/./ru/../news/1?",
        "https://newsroom.test/kk/%6Eews/1?&&",
        "https://newsroom.test/kk/news/1;jsessionid=0A1B.node2",
        "https://newsroom.test/kk/news;JSESSIONID=0A/1;phpsessid=7?PHPSESSID=7",
    ],
)
def test_one_page_has_one_address(url: str) -> None:
    assert canonical_address(url, HOSTS) == "https://newsroom.test/kk/news/1"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://newsroom.test", "https://newsroom.test/"),
        ("https://newsroom.test/index.html", "https://newsroom.test/"),
        ("https://newsroom.test/ru/index.php?p=7", "https://newsroom.test/ru/?p=7"),
        ("https://newsroom.test/index.html5", "https://newsroom.test/index.html5"),
        ("https://newsroom.test/?b=2&a=1&a=0", "https://newsroom.test/?a=0&a=1&b=2"),
        ("https://newsroom.test/?reference=1&p=", "https://newsroom.test/?p=&reference=1"),
        ("https://newsroom.test/қала", "https://newsroom.test/%D2%9B%D0%B0%D0%BB%D0%B0"),
        ("https://newsroom.test/%d2%9b%d0%b0%d0%bb%d0%b0", "https://newsroom.test/%D2%9B%D0%B0%D0%BB%D0%B0"),
        ("https://newsroom.test/%7Ea", "https://newsroom.test/~a"),
        ("https://newsroom.test/a%2Fb", "https://newsroom.test/a%2Fb"),
        ("https://newsroom.test/Kk/News", "https://newsroom.test/Kk/News"),
        ("https://newsroom.test/index.html;jsessionid=1", "https://newsroom.test/"),
        ("https://newsroom.test/a;v=1;session=2", "https://newsroom.test/a;v=1;session=2"),
    ],
)
def test_paths_and_parameters(url: str, canonical: str) -> None:
    assert canonical_address(url, HOSTS) == canonical


def test_another_site_and_another_port_stay_what_they_are() -> None:
    assert canonical_address("http://www.other.test:80/a", HOSTS) == "http://www.other.test/a"
    assert canonical_address("http://other.test:443/a", HOSTS) == "http://other.test:443/a"
    assert canonical_address("http://www.newsroom.test:8080/a", HOSTS) == "http://www.newsroom.test:8080/a"
    assert canonical_address("http://[::1]:8080/a") == "http://[::1]:8080/a"
    assert canonical_address("http://m.newsroom.test/a", HOSTS) == "http://m.newsroom.test/a"


def test_the_first_of_the_sites_names_and_its_scheme_are_written() -> None:
    names = ("www.newsroom.test", "newsroom.test")
    assert canonical_address("https://newsroom.test/a", names, "http") == "http://www.newsroom.test/a"


@pytest.mark.parametrize("url", ["", "/a", "ftp://newsroom.test/", "http://[::1", "https://newsroom.test:99999/"])
def test_what_is_no_web_address_is_an_error_that_quotes_it(url: str) -> None:
    with pytest.raises(ValueError, match="is not an absolute http or https address") as raised:
        canonical_address(url, HOSTS)
    assert repr(url) in str(raised.value)


@given(url=st.one_of(URL_LIKE, WILD, st.text()), hosts=st.sampled_from([(), HOSTS, HOSTS[::-1]]))
@example(url="https://newsroom.test/index.html/index.html", hosts=HOSTS)
@example(url="http://newsroom.test@\\", hosts=())
@example(url=f"http://{'a' * 70}қ.test/", hosts=())
@example(url="https://newsroom.test//index.html?a=%26b&%75tm_source=1", hosts=HOSTS)
def test_canonical_addresses_are_web_addresses_and_stay_as_they_are(url: str, hosts: tuple[str, ...]) -> None:
    try:
        canonical = canonical_address(url, hosts)
    except ValueError:
        return
    assert canonical_address(canonical, hosts) == canonical
    assert is_web_address(canonical)
    assert canonical.isascii()
    parts = urlsplit(canonical)
    assert (parts.fragment, parts.username) == ("", None)
    assert parts.path.startswith("/")


@pytest.mark.parametrize("user", ["user", "user:password", "us@er:pass", ":"])
def test_a_user_name_and_a_password_are_no_part_of_a_link(user: str) -> None:
    assert absolute("https://newsroom.test/", f"//{user}@newsroom.test:81/a@b") == "https://newsroom.test:81/a@b"
    assert absolute(f"https://{user}@newsroom.test/a", "/b?c=d@e") == "https://newsroom.test/b?c=d@e"
