import gzip
import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.errors import ArchiveError
from spiders.fetching.saved_html import SavedHtml, may_be_page, read_html_file

URL = "https://newsroom.test/kk/news/1-maqala"
MODIFIED = datetime(2024, 5, 13, 9, 30, tzinfo=UTC)
# SingleFile leaves a space at the end of each line.
SINGLE_FILE = (
    '<!DOCTYPE html> <html lang="kk"><!--\n Page saved with SingleFile \n url: {url} \n saved date: {date}\n-->'
    '<head><link rel="canonical" href="https://newsroom.test/other"></head></html>'
)
ALMATY = "Tue May 14 2024 18:00:00 GMT+0500 (Kazakhstan Time)"


def saved(folder: Path, content: str | bytes, name: str = "page.html") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    os.utime(path, (MODIFIED.timestamp(), MODIFIED.timestamp()))
    return path


def test_single_file_says_address_and_time_in_a_comment(tmp_path: Path) -> None:
    path = saved(tmp_path, SINGLE_FILE.format(url=URL, date=ALMATY))
    form, page = read_html_file(path)
    assert form == "SingleFile"
    assert page == SavedHtml(URL, datetime(2024, 5, 14, 18, 0, tzinfo=timezone(timedelta(hours=5))), path)
    assert (page.status, page.headers()) == (200, [("Content-Type", "text/html")])
    assert page.body() == path.read_bytes()


@pytest.mark.parametrize(
    "date",
    [
        "Fri Feb 31 2024 18:00:00 GMT+0500",
        "Вт мая 14 2024 18:00:00 GMT+0500",
        "Tue May 14 2024 99:00:00 GMT+0500",
        "Tue May 14 2024 18:00:00 GMT+9999",
        "yesterday",
        "2024-99-14",
        "Tue, 14 May 2024 18:00:00 +99999999999999999999",
    ],
)
def test_a_time_that_cannot_be_is_taken_from_the_file(date: str, tmp_path: Path) -> None:
    _, page = read_html_file(saved(tmp_path, SINGLE_FILE.format(url=URL, date=date)))
    assert (page.url, page.fetched_at) == (URL, MODIFIED)


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2024-05-14T18:00:00+05:00", datetime(2024, 5, 14, 13, 0, tzinfo=UTC)),
        ("2024-05-14T13:00:00.000Z", datetime(2024, 5, 14, 13, 0, tzinfo=UTC)),
        ("2024-05-14 13:00", datetime(2024, 5, 14, 13, 0, tzinfo=UTC)),
        ("Tue, 14 May 2024 13:00:00 GMT", datetime(2024, 5, 14, 13, 0, tzinfo=UTC)),
        ("Tue May 14 2024 13:00:00 GMT+0000 (Coordinated Universal Time)", datetime(2024, 5, 14, 13, 0, tzinfo=UTC)),
    ],
)
def test_other_ways_to_write_the_time(date: str, moment: datetime, tmp_path: Path) -> None:
    _, page = read_html_file(saved(tmp_path, SINGLE_FILE.format(url=URL, date=date)))
    assert page.fetched_at == moment


def test_a_browser_says_the_address_and_the_file_the_time(tmp_path: Path) -> None:
    path = saved(tmp_path, f"<!DOCTYPE html>\r\n<!-- saved from url=(0038){URL} -->\r\n<html></html>")
    assert read_html_file(path) == ("browser", SavedHtml(URL, MODIFIED, path))


def test_httrack_says_the_address_without_a_scheme(tmp_path: Path) -> None:
    comment = "<!-- Mirrored from newsroom.test/kk/news/1-maqala by HTTrack Website Copier/3.x [XR&CO'2014], "
    path = saved(tmp_path, f"<html>\n{comment}Tue, 14 May 2024 13:00:00 GMT -->\n</html>")
    page = SavedHtml("http://newsroom.test/kk/news/1-maqala", datetime(2024, 5, 14, 13, 0, tzinfo=UTC), path)
    assert read_html_file(path) == ("HTTrack", page)


@pytest.mark.parametrize(
    "head",
    [
        f'<link rel="canonical" href="{URL}">',
        f"<LINK HREF='{URL}' REL='canonical' />",
        f"<link rel=canonical href={URL}>",
        f'<link rel="stylesheet" href="https://newsroom.test/a.css">\n<link\n rel="canonical"\n href="{URL}"\n>',
        f'<meta property="og:url" content="{URL}">',
        f'<link rel="canonical" href="/kk/news/2"><meta content="{URL}" property="og:url"/>',
        f'<!-- saved from url=(0014)about:internet --><link rel="canonical" href="{URL}">',
    ],
)
def test_without_a_tools_comment_the_page_says_its_own_absolute_address(head: str, tmp_path: Path) -> None:
    path = saved(tmp_path, f"<html><head>{head}</head></html>")
    assert read_html_file(path) == ("HTML", SavedHtml(URL, MODIFIED, path))


def test_entities_in_an_address_are_read(tmp_path: Path) -> None:
    path = saved(tmp_path, '<link rel="canonical" href="https://newsroom.test/?p=1&amp;q=2">')
    assert read_html_file(path)[1].url == "https://newsroom.test/?p=1&q=2"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "no HTML"),
        ("plain text", "no HTML"),
        (b"\x89PNG\r\n\x1a\n", "no HTML"),
        ("<html></html>", "carries no address of its own"),
        ('<link rel="canonical" href="1-maqala">', "carries no address of its own"),
        ('<link rel="canonical" href="//newsroom.test/1">', "carries no address of its own"),
        ('<link rel="alternate" href="https://newsroom.test/1">', "carries no address of its own"),
        (SINGLE_FILE.format(url="file:///home/a.html", date=ALMATY).replace("canonical", ""), "carries no address"),
        (gzip.compress(b"<html>" * 1000, mtime=0)[:-12], "damaged gzip"),
        (b"\x1f\x8b", "damaged gzip"),
        (b"\x1f\x8bnot gzip at all", "damaged gzip"),
    ],
)
def test_what_is_no_page_or_has_no_address_is_an_error(content: str | bytes, problem: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as raised:
        read_html_file(saved(tmp_path, content))
    assert raised.value.problem.startswith(problem)


def test_gzip_under_an_html_name_is_unpacked(tmp_path: Path) -> None:
    content = SINGLE_FILE.format(url=URL, date=ALMATY).encode()
    form, page = read_html_file(saved(tmp_path, gzip.compress(content, mtime=0)))
    assert (form, page.url, page.body()) == ("SingleFile", URL, content)


def test_gzip_that_is_damaged_behind_the_head_is_an_error_when_the_body_is_read(tmp_path: Path) -> None:
    content = SINGLE_FILE.format(url=URL, date=ALMATY).encode() + b" " * 300_000
    packed = bytearray(gzip.compress(content, mtime=0))
    packed[-6] ^= 0xFF
    _, page = read_html_file(saved(tmp_path, bytes(packed)))
    with pytest.raises(ArchiveError, match="damaged gzip"):
        page.body()


def test_hostile_repetition_costs_no_more_than_reading(tmp_path: Path) -> None:
    size = 256 * 1024
    for piece in (
        b"<link",
        b'<link rel="canonical" ',
        b"<meta property=og:url",
        b"<!-- ",
        b"<!-- Mirrored from a by HTTrack",
    ):
        with pytest.raises(ArchiveError, match="carries no address"):
            read_html_file(saved(tmp_path, piece * (size // len(piece))))
    endings = b"<!-- Page saved with SingleFile url: a saved date: a", b"<!-- Mirrored from a by HTTrack, "
    for start in endings:
        with pytest.raises(ArchiveError, match="carries no address"):
            read_html_file(saved(tmp_path, start + b", " * (size // 2)))


PIECES = st.one_of(
    st.binary(max_size=30),
    st.sampled_from(
        [
            b"<!-- Page saved with SingleFile url: https://newsroom.test/1 saved date: ",
            b"<!-- saved from url=(0014)",
            b"<!-- Mirrored from newsroom.test/1 by HTTrack Website Copier/3.x [XR&CO'2014], ",
            b"Tue May 14 2024 18:00:00 GMT+0500",
            b"Tue, 14 May 2024 18:00:00 +0500",
            b"2024-05-14",
            b"-->",
            b'<link rel="canonical" href="',
            b"https://newsroom.test/",
            b"http://[",
            b"\x1f\x8b\x08",
            b"\n",
        ]
    ),
    st.from_regex(rb"\w{3} \w{3} \d{1,2} \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4}\n-->", fullmatch=True),
    st.from_regex(rb"\d{1,5}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d\n-->", fullmatch=True),
)


@given(st.lists(PIECES, max_size=8).map(b"".join), st.booleans())
def test_any_bytes_are_a_page_with_an_address_and_a_zone_or_an_archive_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, packed: bool
) -> None:
    path = saved(tmp_path_factory.getbasetemp(), gzip.compress(content, mtime=0) if packed else content, "wild.html")
    try:
        _, page = read_html_file(path)
        assert page.body() is not None
    except ArchiveError:
        return
    assert page.url.startswith("http")
    assert page.fetched_at.utcoffset() is not None


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Basty bet (14.05.2024 18_00_00).html", True),
        ("page.HTM", True),
        ("1-maqala", True),
        ("feed.xml", True),
        ("index.html?page=2", True),
        ("index.html@page=2", True),
        ("news?id=5&f=a.jpg", True),
        ("index.html.1", True),
        ("crawl.warc.gz", True),
        ("pages.har", True),
        ("Page.MHTML", True),
        ("pages.wacz", True),
        ("style.css", False),
        ("style.css?v=2.html", False),
        ("photo.jpg", False),
        ("photo.jpg.1", False),
        ("photo@2x.jpg", False),
        ("page.html.orig", False),
        ("index.html?page=2.orig", False),
        (".page.html", False),
    ],
)
def test_pages_are_told_by_their_names(name: str, is_one: bool) -> None:
    assert may_be_page(Path("folder") / name) is is_one
