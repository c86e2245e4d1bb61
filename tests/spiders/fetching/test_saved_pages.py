import gzip
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import Response

from newscrawler.errors import ArchiveError, NotSaved
from newscrawler.newsroom import Newsroom
from newscrawler.newsroom_files import read_newsroom
from newscrawler.project import project_folder
from spiders.fetching.saved_html import SavedHtml
from spiders.fetching.saved_pages import SavedPages, open_saved_pages
from spiders.fetching.saved_warc import WarcRecorder
from tests.conftest import NOW

SITE = "https://newsroom.test/kk/news/"


def page(folder: Path, name: str, url: str, text: str = "", moment: datetime = NOW) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'<html><link rel="canonical" href="{url}"><p>{text}</p></html>', encoding="utf-8")
    os.utime(path, (moment.timestamp(), moment.timestamp()))
    return path


def warc(file: Path, *answers: tuple[str, bytes, datetime]) -> Path:
    recorder = WarcRecorder(file)
    for url, body, moment in answers:
        recorder.write(Request(url), Response(url, body=body), moment)
    recorder.close()
    return file


def test_pages_of_every_form_and_in_subfolders(tmp_path: Path, newsroom: Newsroom) -> None:
    single_file = "<!-- Page saved with SingleFile url: {} saved date: Tue May 14 2024 18:00:00 GMT+0500 -->"
    (tmp_path / "1.html").write_text(single_file.format(SITE + "1"))
    (tmp_path / "2.htm").write_text(f"<!-- saved from url=(0031){SITE}2 -->")
    page(tmp_path, "deep/er/3", SITE + "3")
    (tmp_path / "4.html").write_bytes(gzip.compress(f'<meta property="og:url" content="{SITE}4">'.encode(), mtime=0))
    warc(tmp_path / "a.warc", (SITE + "5", b"<p>5", NOW))
    warc(tmp_path / "b.warc.gz", (SITE + "6", b"<p>6", NOW))
    (tmp_path / "style.css").write_text("p {}")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    saved = open_saved_pages(tmp_path, newsroom)
    assert saved.addresses() == [f"{SITE}{number}" for number in range(1, 7)]
    assert len(saved) == 6
    assert saved.formats == {"SingleFile": 1, "browser": 1, "HTML": 2, "WARC": 2}
    assert saved.unplaced == []
    assert saved.page(SITE + "6").body() == b"<p>6"


def test_a_page_is_found_under_any_form_of_its_address(tmp_path: Path, newsroom: Newsroom) -> None:
    page(tmp_path, "1.html", "http://www.newsroom.test/kk/news/1?utm_source=tg#top")
    saved = open_saved_pages(tmp_path, newsroom)
    assert SITE + "1" in saved
    assert saved.page("http://www.newsroom.test:80/kk/news/1?fbclid=x").status == 200


@pytest.mark.parametrize("url", [SITE + "2", "https://other.test/", "no address", "http://[", ""])
def test_a_page_that_is_not_there_is_an_error_that_says_where_to_save_it(
    url: str, tmp_path: Path, newsroom: Newsroom
) -> None:
    page(tmp_path, "1.html", SITE + "1")
    with pytest.raises(NotSaved, match="this page is not in the archive") as raised:
        open_saved_pages(tmp_path, newsroom).page(url)
    error = raised.value
    assert (error.url, error.newsroom, error.remedy) == (url, "newsroom_test", f"Save it to {tmp_path}")


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_the_newest_capture_counts_whatever_its_name_and_form(
    names: tuple[str, str], tmp_path: Path, newsroom: Newsroom
) -> None:
    old, new = names
    page(tmp_path, f"{old}.html", SITE + "1", "old", NOW - timedelta(hours=1))
    warc(tmp_path / f"{new}.warc", (SITE + "1", b"<p>new", NOW))
    saved = open_saved_pages(tmp_path, newsroom)
    assert saved.page(SITE + "1").body() == b"<p>new"
    assert saved.page(SITE + "1").fetched_at == NOW
    assert (len(saved), saved.formats) == (1, {"WARC": 1})


@given(st.permutations(range(5)))
def test_the_newest_capture_counts_in_any_order(newsroom: Newsroom, order: list[int]) -> None:
    saved = SavedPages(path=Path("archive"), newsroom=newsroom)
    for hours in order:
        saved.add(f"form {hours}", SavedHtml(SITE + "1", NOW + timedelta(hours=hours), Path(f"{hours}.html")))
    assert saved.page(SITE + "1").fetched_at == NOW + timedelta(hours=4)
    assert saved.formats == {"form 4": 1}


def test_a_newest_answer_that_the_page_is_gone_is_kept_as_one(tmp_path: Path, newsroom: Newsroom) -> None:
    recorder = WarcRecorder(tmp_path / "a.warc")
    for status, hours in ((200, 0), (410, 1)):
        recorder.write(Request(SITE + "1"), Response(SITE + "1", status=status), NOW + timedelta(hours=hours))
    recorder.close()
    assert open_saved_pages(tmp_path, newsroom).page(SITE + "1").status == 410


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<html>no address</html>", "carries no address of its own"),
        ('<link rel="canonical" href="/kk/news/2">', "carries no address of its own"),
        ("", "no HTML"),
        ("text", "no HTML"),
    ],
)
def test_a_file_without_an_address_is_named_and_the_others_are_read(
    content: str, reason: str, tmp_path: Path, newsroom: Newsroom
) -> None:
    page(tmp_path, "1.html", SITE + "1")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "2.html").write_text(content)
    saved = open_saved_pages(tmp_path, newsroom)
    assert saved.addresses() == [SITE + "1"]
    assert saved.unplaced == [("folder/2.html", reason)]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://other.test/kk/news/2", "not on a host of newsroom_test"),
        ("https://newsroom.test.evil.test/", "not on a host of newsroom_test"),
        ("https://newsroom.test:99999/kk/news/2", "no web address"),
    ],
)
def test_an_address_that_cannot_be_the_newsrooms_is_named(
    url: str, reason: str, tmp_path: Path, newsroom: Newsroom
) -> None:
    page(tmp_path, "1.html", SITE + "1")
    page(tmp_path, "2.html", url)
    saved = open_saved_pages(tmp_path, newsroom)
    unused = [*saved.unplaced, *saved.elsewhere]
    assert (saved.addresses(), unused) == ([SITE + "1"], [(url, reason)])


@pytest.mark.parametrize("url", ["http://[::1", "dns:newsroom.test", "https://newsroom.test:99999/"])
def test_a_record_with_an_address_that_is_none_harms_no_other(url: str, tmp_path: Path, newsroom: Newsroom) -> None:
    file = warc(tmp_path / "a.warc", ("https://newsroom.test/PLACEHOLDER", b"<p>", NOW), (SITE + "1", b"<p>", NOW))
    file.write_bytes(file.read_bytes().replace(b"https://newsroom.test/PLACEHOLDER", url.encode()))
    assert open_saved_pages(tmp_path, newsroom).addresses() == [SITE + "1"]


def test_a_cut_off_and_a_damaged_warc_are_named_and_the_others_read(tmp_path: Path, newsroom: Newsroom) -> None:
    page(tmp_path, "1.html", SITE + "1")
    file = warc(tmp_path / "2.warc", (SITE + "2", b"a" * 1000, NOW))
    file.write_bytes(file.read_bytes()[:-500])
    (tmp_path / "3.warc.gz").write_bytes(b"no archive")
    saved = open_saved_pages(tmp_path, newsroom)
    assert saved.addresses() == [SITE + "1"]
    assert saved.unplaced == [(SITE + "2", "cut off in 2.warc"), ("3.warc.gz", "no WARC")]


def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    page(tmp_path, "1.html", SITE + "1")
    page(tmp_path, "2.html", SITE + "2")
    opened = Path.open

    def refuse(path: Path, *args: object, **kwargs: object) -> object:
        if path.name == "2.html":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)  # type: ignore[call-overload]

    # The rights of a file do not hold for root, who may run the tests.
    monkeypatch.setattr(Path, "open", refuse)
    saved = open_saved_pages(tmp_path, newsroom)
    assert (saved.addresses(), saved.unreadable) == ([SITE + "1"], [("2.html", "Permission denied")])


def test_links_that_lead_out_of_the_folder_are_not_followed(tmp_path: Path, newsroom: Newsroom) -> None:
    outside = page(tmp_path / "outside", "2.html", SITE + "2")
    inside = page(tmp_path / "inside", "1.html", SITE + "1")
    folder = inside.parent
    (folder / "2.html").symlink_to(outside)
    (folder / "relative.html").symlink_to(Path("..") / "outside" / "2.html")
    (folder / "folder").symlink_to(outside.parent, target_is_directory=True)
    (folder / "dangling.html").symlink_to(folder / "none.html")
    (folder / "circle.html").symlink_to(folder / "circle.html")
    (folder / "up").symlink_to(folder, target_is_directory=True)
    saved = open_saved_pages(folder, newsroom)
    assert (saved.addresses(), saved.unplaced) == ([SITE + "1"], [])


def test_links_within_the_folder_and_to_the_folder_are(tmp_path: Path, newsroom: Newsroom) -> None:
    target = page(tmp_path / "pages", "deep/1.html", SITE + "1")
    (tmp_path / "pages" / "link.html").symlink_to(target)
    (tmp_path / "link").symlink_to(tmp_path / "pages", target_is_directory=True)
    assert open_saved_pages(tmp_path / "link", newsroom).addresses() == [SITE + "1"]


def test_what_is_no_file_is_passed_over(tmp_path: Path, newsroom: Newsroom) -> None:
    page(tmp_path, "1.html", SITE + "1")
    os.mkfifo(tmp_path / "pipe.html")
    assert open_saved_pages(tmp_path, newsroom).addresses() == [SITE + "1"]


@pytest.mark.parametrize("name", ["1.html", "1", "page.orig"])
def test_a_single_file_may_be_given_whatever_its_name(name: str, tmp_path: Path, newsroom: Newsroom) -> None:
    page(tmp_path, "2.html", SITE + "2")
    assert open_saved_pages(page(tmp_path, name, SITE + "1"), newsroom).addresses() == [SITE + "1"]


def test_a_single_warc_may_be_given(tmp_path: Path, newsroom: Newsroom) -> None:
    file = warc(tmp_path / "A.WARC", (SITE + "1", b"<p>", NOW), (SITE + "2", b"<p>", NOW))
    assert open_saved_pages(file, newsroom).addresses() == [SITE + "1", SITE + "2"]


def test_a_missing_path_is_an_error(tmp_path: Path, newsroom: Newsroom) -> None:
    with pytest.raises(ArchiveError, match="there is no folder or file") as raised:
        open_saved_pages(tmp_path / "none", newsroom)
    assert str(tmp_path / "none") in raised.value.problem
    assert raised.value.remedy == "Check the path"


def test_a_folder_without_a_page_of_the_newsroom_is_an_error_that_says_why(tmp_path: Path, newsroom: Newsroom) -> None:
    with pytest.raises(ArchiveError, match=r"holds no page of newsroom_test \(files not used: 0\)") as raised:
        open_saved_pages(tmp_path, newsroom)
    assert raised.value.remedy == "Give a folder with saved pages of newsroom.test, www.newsroom.test"
    page(tmp_path, "1.html", "https://other.test/1")
    (tmp_path / "2.html").write_text("text")
    problem = r"\(files not used: 2, the first is 2\.html: no HTML\)"
    with pytest.raises(ArchiveError, match=problem):
        open_saved_pages(tmp_path, newsroom)


def test_the_examples_are_the_pages_of_the_fixture_newsroom() -> None:
    newsroom = read_newsroom(project_folder() / "spiders" / "newsrooms" / "newsroom_test.toml")
    folder = project_folder() / "examples" / "newsroom.test"
    saved = open_saved_pages(folder, newsroom)
    files = list(folder.glob("*.html"))
    assert saved.formats == {"SingleFile": len(saved)}
    assert saved.unplaced == []
    # Two addresses with tracking parameters are second captures of pages that are there without.
    assert len(saved) == len(files) - 2
    one = saved.page("https://newsroom.test/kk/news/59998-bos-maqala")
    assert one.fetched_at == datetime(2024, 5, 14, 13, 0, tzinfo=UTC)
    assert "жаңалықтары".encode() in one.body()
    articles = [url for url in saved.addresses() if newsroom.is_article_address(url)]
    assert len(articles) > len(saved) * 0.8


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_a_fault_of_the_site_never_replaces_an_answer(status: int, tmp_path: Path, newsroom: Newsroom) -> None:
    recorder = WarcRecorder(tmp_path / "a.warc")
    for number, (hours, code) in enumerate(((0, 200), (1, status), (2, status))):
        answer = Response(SITE + "1", status=code, body=str(number).encode())
        recorder.write(Request(SITE + "1"), answer, NOW + timedelta(hours=hours))
    recorder.write(Request(SITE + "2"), Response(SITE + "2", status=status), NOW)
    recorder.close()
    saved = open_saved_pages(tmp_path, newsroom)
    assert saved.page(SITE + "1").body() == b"0"
    assert saved.page(SITE + "2").status == status


def captures(file: Path, *answers: Response) -> Path:
    """A WARC with one answer an hour."""
    recorder = WarcRecorder(file)
    for hours, answer in enumerate(answers):
        recorder.write(Request(answer.url), answer, NOW + timedelta(hours=hours))
    recorder.close()
    return file


def redirect(url: str, target: str | None, status: int = 302) -> Response:
    return Response(url, status=status, headers={} if target is None else {"Location": target})


HOLLOW = [
    Response(SITE + "1", body=b""),
    Response(SITE + "1", body=b" \r\n"),
    Response(SITE + "1", status=204),
    Response(SITE + "1", headers={"Content-Encoding": "gzip"}, body=b"\x1f\x8bdamaged"),
    redirect(SITE + "1", None),
    redirect(SITE + "1", "/login"),
    redirect(SITE + "1", "https://elsewhere.test/", 301),
    redirect(SITE + "1", "http://newsroom.test/kk/news/1", 308),
    redirect(SITE + "1", "http://[", 303),
]


@pytest.mark.parametrize("hollow", HOLLOW, ids=lambda answer: f"{answer.status}-{HOLLOW.index(answer)}")
def test_a_capture_that_shows_nothing_hides_no_older_one(hollow: Response, tmp_path: Path, newsroom: Newsroom) -> None:
    whole = Response(SITE + "1", body=b"<p>whole")
    fault = Response(SITE + "1", status=503, body=b"<p>fault")
    saved = open_saved_pages(captures(tmp_path / "a.warc", whole, hollow, fault), newsroom)
    assert saved.page(SITE + "1").body() == b"<p>whole"
    # Alone it is what there is, and it says more than a fault of the site.
    saved = open_saved_pages(captures(tmp_path / "b.warc", hollow, fault), newsroom)
    assert saved.page(SITE + "1").status == hollow.status


@pytest.mark.parametrize("is_first", [True, False])
def test_a_redirect_to_a_saved_page_counts_wherever_that_stands(
    is_first: bool, tmp_path: Path, newsroom: Newsroom
) -> None:
    old = Response(SITE + "1", body=b"<p>old")
    moved = [redirect(SITE + "1", "3?utm_source=x"), redirect(SITE + "3", "/kk/news/2", 301)]
    target = Response(SITE + "2", body=b"<p>new")
    order = [target, old, *moved] if is_first else [old, *moved, target]
    saved = open_saved_pages(captures(tmp_path / "a.warc", *order), newsroom)
    assert saved.page(SITE + "1").status == 302


def test_redirects_in_a_circle_lead_nowhere(tmp_path: Path, newsroom: Newsroom) -> None:
    old = Response(SITE + "1", body=b"<p>old")
    circle = [redirect(SITE + "1", "2"), redirect(SITE + "2", "3"), redirect(SITE + "3", "2")]
    saved = open_saved_pages(captures(tmp_path / "a.warc", old, *circle), newsroom)
    assert saved.page(SITE + "1").body() == b"<p>old"
    assert saved.page(SITE + "2").status == 302


def test_which_capture_counts_is_decided_anew_when_another_is_added(tmp_path: Path, newsroom: Newsroom) -> None:
    file = captures(tmp_path / "a.warc", Response(SITE + "1", body=b"<p>old"), redirect(SITE + "1", "2"))
    saved = open_saved_pages(file, newsroom)
    assert saved.page(SITE + "1").status == 200
    saved.add("HTML", SavedHtml(SITE + "2", NOW, tmp_path / "2.html"))
    assert saved.page(SITE + "1").status == 302
    assert saved.formats == {"WARC": 1, "HTML": 1}


def test_pictures_and_robots_are_no_pages(tmp_path: Path, newsroom: Newsroom) -> None:
    recorder = WarcRecorder(tmp_path / "a.warc")
    for url, kind in ((SITE + "1", "text/html"), (SITE + "1.png", "image/png"), ("robots.txt", "text/plain")):
        address = urljoin(SITE, "/robots.txt") if url == "robots.txt" else url
        recorder.write(Request(address), Response(address, headers={"Content-Type": kind}), NOW)
    recorder.close()
    saved = open_saved_pages(tmp_path, newsroom)
    assert (saved.addresses(), saved.unplaced) == ([SITE + "1"], [])


def test_the_summary_says_what_there_is_and_what_could_not_be_used(tmp_path: Path, newsroom: Newsroom) -> None:
    page(tmp_path, "1.html", SITE + "1")
    page(tmp_path, "2.html", "https://other.test/")
    (tmp_path / "3.html").write_text("text")
    warc(tmp_path / "4.warc", (SITE + "4", b"<p>", NOW), (SITE + "5", b"<p>", NOW))
    assert open_saved_pages(tmp_path, newsroom).summary() == {
        "pages": 3,
        "forms": {"WARC": 2, "HTML": 1},
        "unplaced": 1,
        "unreadable": 0,
        "elsewhere": 1,
    }
