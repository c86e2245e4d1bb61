import gzip
import pickle
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request, Spider
from scrapy.extensions.httpcache import FilesystemCacheStorage
from scrapy.http import HtmlResponse, Response
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from newscrawler.errors import ArchiveError
from spiders.fetching.saved_page import Opening, SavedPage
from spiders.fetching.saved_scrapy_cache import ScrapyCacheForm

URL = "https://newsroom.test/kk/news/1"
BODY = "<html><p>Қазақстан жаңалықтары</p></html>".encode()
FIELDS = {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip", "Set-Cookie": ["a=1", "b=2"]}


def cache(folder: Path, *answers: tuple[Request, Response], zipped: bool = False) -> list[Path]:
    """The folders that Scrapy's own storage makes of the answers."""
    storage = FilesystemCacheStorage(Settings({"HTTPCACHE_DIR": str(folder), "HTTPCACHE_GZIP": zipped}))
    spider = Spider.from_crawler(get_crawler(), name="news")
    storage.open_spider(spider)
    for request, response in answers:
        storage.store_response(spider, request, response)
    return sorted(meta.parent for meta in folder.rglob("meta"))


def read(folder: Path) -> tuple[list[SavedPage], list[Path]]:
    """The pages of the cache in a folder, and the files that its form takes."""
    form = ScrapyCacheForm(Opening(path=folder))
    taken = [file for file in sorted(folder.rglob("*")) if file.is_file() and form.takes(file, b"")]
    return [page for file in taken for _, page in form.read(file)], taken


def answer(url: str = URL, body: bytes = gzip.compress(BODY, mtime=0), status: int = 200) -> tuple[Request, Response]:
    return Request(url), HtmlResponse(url, status=status, headers=FIELDS, body=body)


@pytest.mark.parametrize("zipped", [False, True], ids=["plain", "HTTPCACHE_GZIP"])
def test_answers_are_read_as_they_came(zipped: bool, tmp_path: Path) -> None:
    cache(tmp_path, answer(), answer(URL + "2", b"", 410), zipped=zipped)
    pages, taken = read(tmp_path)
    assert len(taken) == 14
    page, gone = sorted(pages, key=lambda page: page.url)
    assert (page.url, page.status, page.body()) == (URL, 200, BODY)
    assert (gone.url, gone.status, gone.body()) == (URL + "2", 410, b"")
    kept = [("Content-Type", "text/html; charset=utf-8"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]
    assert sorted(page.headers()) == kept
    assert page.fetched_at.utcoffset() is not None


def test_the_time_is_that_of_the_answer(tmp_path: Path) -> None:
    (folder,) = cache(tmp_path, answer())
    meta = f"{{'url': '{URL}', 'method': 'GET', 'status': 200, 'timestamp': 1715691600.0}}"
    (folder / "meta").write_text(meta)
    (page,), _ = read(tmp_path)
    assert page.fetched_at == datetime(2024, 5, 14, 13, 0, tzinfo=UTC)


class Intruder:
    """Makes a file where it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.file,)


def test_nothing_is_unpickled(tmp_path: Path) -> None:
    (folder,) = cache(tmp_path, answer())
    for name in ("pickled_meta", "response_data"):
        (folder / name).write_bytes(pickle.dumps(Intruder(tmp_path / "intruded")))
    pages, _ = read(tmp_path)
    assert [page.body() for page in pages] == [BODY]
    assert not (tmp_path / "intruded").exists()


def test_pictures_posts_and_answers_not_modified_are_no_pages(tmp_path: Path) -> None:
    picture = Request(URL + ".png"), Response(URL + ".png", headers={"Content-Type": "image/png"})
    post = Request(URL, method="POST"), HtmlResponse(URL, body=BODY)
    cache(tmp_path, picture, post, answer(status=304))
    assert read(tmp_path)[0] == []


@pytest.mark.parametrize(
    "meta",
    [
        "",
        "{}",
        "[1]",
        "__import__('os')",
        "{'url': 1, 'status': 200, 'timestamp': 1.0}",
        f"{{'url': '{URL}', 'status': 'OK', 'timestamp': 1.0}}",
        f"{{'url': '{URL}', 'status': 200, 'timestamp': 1e300}}",
        "(" * 5000,
        "-" * 5000 + "1",
        "\x00",
    ],
)
def test_a_meta_that_is_none_is_an_error(meta: str, tmp_path: Path) -> None:
    (folder,) = cache(tmp_path, answer())
    (folder / "meta").write_text(meta)
    with pytest.raises(ArchiveError, match="no answer of Scrapy's HTTP cache"):
        read(tmp_path)


def test_an_answer_without_its_body_is_an_error(tmp_path: Path) -> None:
    (folder,) = cache(tmp_path, answer())
    (folder / "response_body").unlink()
    with pytest.raises(ArchiveError, match="without its response_body"):
        read(tmp_path)


def test_a_body_that_lies_elsewhere_is_not_read(tmp_path: Path) -> None:
    (folder,) = cache(tmp_path / "cache", answer())
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (folder / "response_body").unlink()
    (folder / "response_body").symlink_to(secret)
    with pytest.raises(ArchiveError, match="without its response_body"):
        read(tmp_path / "cache")


@pytest.mark.parametrize("zipped", [False, True])
def test_a_damaged_body_is_an_error_when_it_is_read(zipped: bool, tmp_path: Path) -> None:
    (folder,) = cache(tmp_path, answer(), zipped=zipped)
    file = folder / "response_body"
    file.write_bytes(file.read_bytes()[:-9])
    (page,), _ = read(tmp_path)
    with pytest.raises(ArchiveError, match="a damaged answer"):
        page.body()


def test_files_of_these_names_without_a_meta_are_other_files(tmp_path: Path) -> None:
    (tmp_path / "response_body").write_text("<html>")
    assert read(tmp_path)[1] == []


@given(st.text(alphabet="{}[]()'\":,1e.-url\\ \n", max_size=60))
def test_any_meta_is_an_answer_or_an_archive_error(tmp_path_factory: pytest.TempPathFactory, meta: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "wild"
    folder.mkdir(exist_ok=True)
    for name in ("response_body", "response_headers"):
        (folder / name).touch()
    (folder / "meta").write_text(meta)
    with suppress(ArchiveError):
        pages, _ = read(folder)
        assert all(page.url and page.fetched_at.tzinfo is not None for page in pages)
