import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawler.errors import ArchiveError
from spiders.fetching.saved_forms import read_archive
from spiders.fetching.saved_mirror import places_of
from spiders.fetching.saved_page import Opening, SavedPage
from tests.conftest import NOW

HOSTS = ("newsroom.test", "www.newsroom.test")
SITE = "https://newsroom.test"


def page(file: Path, body: str = "<p>", *, canonical: str = "", og: str = "", mirrored: str = "") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    comment = f"<!-- Mirrored from {mirrored} by HTTrack Website Copier/3.x [XR&CO'2014], " if mirrored else ""
    comment += "Tue, 14 May 2024 13:00:00 GMT -->" if mirrored else ""
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    meta = f'<meta property="og:url" content="{og}">' if og else ""
    file.write_text(f"<html>{comment}<head>{link}{meta}</head>{body}</html>", encoding="utf-8")
    os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    return file


def read(folder: Path) -> tuple[dict[str, SavedPage], Opening]:
    """The pages by canonical address."""
    opening = Opening(path=folder, hosts=HOSTS)
    pages = [page for _, page in read_archive(opening)]
    by_address = {opening.canonical(page.url) or "": page for page in pages}
    assert len(by_address) == len(pages)
    return by_address, opening


@pytest.mark.parametrize(
    ("path", "places"),
    [
        ("newsroom.test/kk/1-maqala", ["http://newsroom.test/kk/1-maqala"]),
        ("newsroom.test/a.html", ["http://newsroom.test/a.html", "http://newsroom.test/a"]),
        ("newsroom.test/index.html?page=2", ["http://newsroom.test/index.html?page=2"]),
        ("newsroom.test/index.html?page=2.html", ["http://newsroom.test/index.html?page=2"]),
        ("newsroom.test/index.html@page=2", ["http://newsroom.test/index.html?page=2"]),
        ("newsroom.test/@author", ["http://newsroom.test/@author"]),
        ("newsroom.test/қала?q=ж&p=%2F", ["http://newsroom.test/%D2%9B%D0%B0%D0%BB%D0%B0?q=%D0%B6&p=%2F"]),
        ("WWW.Newsroom.test/1", ["http://www.newsroom.test/1"]),
        ("newsroom.test+8080/1", ["http://newsroom.test:8080/1"]),
        ("newsroom.test:8080/1", ["http://newsroom.test:8080/1"]),
        ("backup/newsroom.test/old/newsroom.test/1", ["http://newsroom.test/1"]),
        ("other.test/1", []),
        ("newsroom.test", []),
    ],
)
def test_the_addresses_that_a_place_may_stand_for(path: str, places: list[str], tmp_path: Path) -> None:
    assert list(places_of(tmp_path / path, HOSTS, "http")) == places


def test_a_number_behind_a_name_is_wgets_where_the_name_is_there_too(tmp_path: Path) -> None:
    page(tmp_path / "newsroom.test" / "1-maqala")
    assert list(places_of(tmp_path / "newsroom.test" / "1-maqala.1", HOSTS, "http")) == [
        "http://newsroom.test/1-maqala"
    ]
    assert list(places_of(tmp_path / "newsroom.test" / "v2.1", HOSTS, "http")) == ["http://newsroom.test/v2.1"]


@pytest.mark.parametrize("given", ["", "newsroom.test", "newsroom.test/kk"])
def test_pages_without_an_address_are_placed_by_their_folder_wherever_the_archive_begins(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page(tmp_path / "newsroom.test" / "kk" / "1-maqala")
    assert list(read(tmp_path / given)[0]) == [f"{SITE}/kk/1-maqala"]
    monkeypatch.chdir(tmp_path / given)
    assert list(read(Path())[0]) == [f"{SITE}/kk/1-maqala"]


def test_in_a_mirror_the_place_counts_and_not_what_a_page_claims(tmp_path: Path) -> None:
    kk = tmp_path / "newsroom.test" / "kk"
    page(kk / "1", canonical=f"{SITE}/kk/1")
    page(kk / "index.html?page=2", canonical=f"{SITE}/kk/")
    page(kk / "index.html", canonical=f"{SITE}/kk/")
    page(kk / "amp" / "1", canonical=f"{SITE}/kk/1")
    page(kk / "2")
    found, opening = read(tmp_path)
    assert sorted(found) == [f"{SITE}/kk/{name}" for name in ("", "1", "2", "?page=2", "amp/1")]
    assert opening.unplaced == []


def test_a_folder_that_is_only_called_like_the_host_tells_nothing(tmp_path: Path) -> None:
    page(tmp_path / "newsroom.test" / "My favourite.html", canonical=f"{SITE}/kk/1")
    page(tmp_path / "newsroom.test" / "Another.html", og=f"{SITE}/kk/2")
    assert sorted(read(tmp_path)[0]) == [f"{SITE}/kk/1", f"{SITE}/kk/2"]


@pytest.mark.parametrize("drops", [True, False])
def test_whether_html_was_appended_is_told_by_the_pages_that_say_their_address(drops: bool, tmp_path: Path) -> None:
    folder, end = tmp_path / "newsroom.test", "" if drops else ".html"
    page(folder / "1.html", og=f"{SITE}/1{end}")
    page(folder / "2.html")
    page(folder / "3.html", canonical="3.html")
    page(folder / "4", canonical=f"{SITE}/4")
    assert sorted(read(tmp_path)[0]) == [f"{SITE}/1{end}", f"{SITE}/2{end}", f"{SITE}/3{end}", f"{SITE}/4"]


def test_the_original_beside_a_converted_page_is_read_and_tells_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "newsroom.test"
    page(folder / "1.html", "converted")
    page(folder / "1.orig", "original")
    page(folder / "2.html", "converted")
    page(folder / "2.html.orig", "original")
    page(folder / "index.html?page=1.html", "converted")
    page(folder / "index.html?page=1.orig", "original")
    found, _ = read(tmp_path)
    assert sorted(found) == [f"{SITE}/1", f"{SITE}/2.html", f"{SITE}/?page=1"]
    assert all(b"original" in each.body() for each in found.values())


def test_hosts_that_nobody_names_are_those_that_pages_say_of_themselves(tmp_path: Path) -> None:
    page(tmp_path / "newsroom.test" / "kk" / "1", canonical="http://newsroom.test/kk/1")
    page(tmp_path / "newsroom.test" / "kk" / "index.html?page=2", canonical="http://newsroom.test/kk/")
    page(tmp_path / "newsroom.test" / "kk" / "2")
    page(tmp_path / "other.test" / "3")
    opening = Opening(path=tmp_path)
    assert sorted(page.url for _, page in read_archive(opening)) == [
        f"http://newsroom.test/kk/{name}" for name in ("1", "2", "index.html?page=2")
    ]
    assert opening.unplaced == [("other.test/3", "carries no address of its own")]


def test_an_original_that_lies_elsewhere_is_not_read(tmp_path: Path) -> None:
    page(tmp_path / "mirror" / "newsroom.test" / "1.html", "converted")
    (tmp_path / "mirror" / "newsroom.test" / "1.html.orig").symlink_to(page(tmp_path / "secret", "secret"))
    ((_, kept),) = read(tmp_path / "mirror")[0].items()
    assert b"converted" in kept.body()


@pytest.mark.parametrize(
    ("link", "restored"),
    [
        ('href="1.html"', 'href="https://newsroom.test/kk/1"'),
        ("href='1.html#a'", "href='https://newsroom.test/kk/1#a'"),
        ('href="../ru/index.html%3Fpage=2.html"', 'href="https://newsroom.test/ru/?page=2"'),
        ('href="../ru/index4658.html?page=3&amp;x=1"', 'href="https://newsroom.test/ru/?page=3&amp;x=1"'),
        ('content="1.html"', 'content="https://newsroom.test/kk/1"'),
        ('href="2.html"', 'href="2.html"'),
        ('href="https://newsroom.test/kk/3"', 'href="https://newsroom.test/kk/3"'),
        ('href="/kk/1.html"', 'href="/kk/1.html"'),
        ('href="#top"', 'href="#top"'),
        ('href="?page=2"', 'href="?page=2"'),
        ('href="../../../../../etc/passwd"', 'href="../../../../../etc/passwd"'),
        ('href="%zz&#x110000;.html"', 'href="%zz&#x110000;.html"'),
        ('title="1.html"', 'title="1.html"'),
    ],
)
def test_links_that_lead_from_file_to_file_lead_from_address_to_address(
    link: str, restored: str, tmp_path: Path
) -> None:
    folder = tmp_path / "newsroom.test"
    page(folder / "kk" / "1.html", og=f"{SITE}/kk/1")
    page(folder / "ru" / "index.html?page=2.html")
    page(folder / "ru" / "index4658.html", mirrored="newsroom.test/ru/?page=3")
    page(folder / "kk" / "index.html", f"<a {link}>Қала</a>")
    body = read(tmp_path)[0][f"{SITE}/kk/"].body().decode()
    assert f"<a {restored}>Қала</a>" in body


def test_bytes_that_are_no_link_stay_as_they_are(tmp_path: Path) -> None:
    page(tmp_path / "newsroom.test" / "1.html", og=f"{SITE}/1")
    odd = page(tmp_path / "newsroom.test" / "2.html", og=f"{SITE}/2")
    content = odd.read_bytes() + bytes(range(256)) + 'href="город"'.encode("cp1251")
    odd.write_bytes(content)
    assert read(tmp_path)[0][f"{SITE}/2"].body() == content


def test_httrack_says_the_address_and_its_own_pages_are_none(tmp_path: Path) -> None:
    page(tmp_path / "newsroom.test" / "kk" / "index4658.html", mirrored="newsroom.test/kk/?page=2")
    page(tmp_path / "index.html", "<!-- Mirror and index made by HTTrack Website Copier/3.49-4 -->")
    page(tmp_path / "hts-cache" / "1.html", canonical=f"{SITE}/kk/1")
    found, opening = read(tmp_path)
    assert list(found) == [f"{SITE}/kk/?page=2"]
    assert found[f"{SITE}/kk/?page=2"].fetched_at == datetime(2024, 5, 14, 13, 0, tzinfo=UTC)
    assert opening.unplaced == []


def test_feeds_sitemaps_and_json_have_their_media_type(tmp_path: Path) -> None:
    folder = tmp_path / "newsroom.test"
    folder.mkdir()
    (folder / "kk.xml").write_text('<?xml version="1.0"?><rss></rss>')
    (folder / "sitemap.xml").write_text("<urlset></urlset>")
    (folder / "more.json").write_text('{"html": "<li>"}')
    (folder / "x.html").write_text('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html>')
    found, _ = read(tmp_path)
    kinds = {name: each.headers()[0][1] for name, each in found.items()}
    xml, site = "application/xml", f"{SITE}/"
    assert kinds == {
        f"{site}kk.xml": xml,
        f"{site}sitemap.xml": xml,
        f"{site}more.json": "application/json",
        f"{site}x.html": "text/html",
    }


def test_the_time_is_the_files_where_no_comment_tells_it(tmp_path: Path) -> None:
    os.utime(page(tmp_path / "newsroom.test" / "1"), ((NOW + timedelta(hours=1)).timestamp(),) * 2)
    ((_, kept),) = read(tmp_path)[0].items()
    assert kept.fetched_at == NOW + timedelta(hours=1)


def test_outside_a_folder_of_the_host_a_page_must_say_its_address(tmp_path: Path) -> None:
    _, opening = read(page(tmp_path / "page.html"))
    assert opening.unplaced == [("page.html", "carries no address of its own")]
    with pytest.raises(ArchiveError, match="there is no folder or file"):
        read(tmp_path / "none")


def test_a_name_that_is_no_utf_8_is_an_address_of_its_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "newsroom.test" / "kk"
    page(folder / "1")
    (folder / os.fsdecode(b"\xd0%90-2")).write_text("<html><p>2</html>", encoding="utf-8")
    pages, opening = read(tmp_path)
    assert len(pages) == 2
    assert not opening.unplaced


def test_names_as_long_as_the_system_allows_are_read(tmp_path: Path) -> None:
    long = "n" * 248 + ".html"
    page(tmp_path / long, canonical=f"{SITE}/kk/1")
    page(tmp_path / "newsroom.test" / ("m" * 252))
    pages, opening = read(tmp_path)
    assert sorted(pages) == [f"{SITE}/kk/1", f"{SITE}/{'m' * 252}"]
    assert not opening.unreadable


def test_a_word_that_is_called_like_a_file_is_no_link(tmp_path: Path) -> None:
    folder = tmp_path / "newsroom.test"
    page(folder / "sport")
    section = '<meta property="article:section" content="sport">'
    page(folder / "1", section)
    pages, _ = read(tmp_path)
    assert section.encode() in pages[f"{SITE}/1"].body()


def test_a_page_whose_address_ends_like_a_part_of_scrapys_cache_is_read(tmp_path: Path) -> None:
    page(tmp_path / "newsroom.test" / "tag" / "meta")
    pages, opening = read(tmp_path)
    assert list(pages) == [f"{SITE}/tag/meta"]
    assert not opening.unplaced
