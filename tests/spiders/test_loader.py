import logging
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from newscrawler.config import load_config
from newscrawler.errors import ConfigError, NewsroomError
from newscrawler.project import project_folder
from spiders.loader import NewsroomLoader, spider_class
from spiders.newsroom_spider import NewsroomSpider

FILE = 'title = "{0}"\nsite = "https://{0}/"\nhosts = ["{0}", "www.{0}"]\nlanguages = "kk"\n'


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Two newsroom files that can be read, and one between them that cannot."""
    contents = {"a_kz": FILE.format("a.kz"), "broken": "title = ", "c_kz": FILE.format("c.kz")}
    for name, content in contents.items():
        (tmp_path / f"{name}.toml").write_text(content)
    return {name: tmp_path / f"{name}.toml" for name in contents}


def test_a_broken_file_is_named_in_the_log_and_harms_no_other(
    files: dict[str, Path], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        assert NewsroomLoader(files).list() == ["a_kz", "c_kz"]
    (line,) = caplog.messages
    assert f"{files['broken']} is not valid TOML" in line


def test_a_spider_is_made_of_its_newsroom_file(files: dict[str, Path]) -> None:
    loader = NewsroomLoader(files)
    made = loader.load("a_kz")
    assert issubclass(made, NewsroomSpider)
    assert (made.name, made.newsroom.name, made.newsroom.hosts) == ("a_kz", "a_kz", ("a.kz", "www.a.kz"))
    assert loader.load("c_kz").newsroom.name == "c_kz"
    assert made.newsroom.name == "a_kz"


def test_unknown_and_broken_newsrooms_are_errors_of_their_own(files: dict[str, Path]) -> None:
    loader = NewsroomLoader(files)
    with pytest.raises(KeyError) as raised:
        loader.load("d_kz")
    assert str(raised.value).startswith("no newsroom is called 'd_kz' (did you mean ")
    with pytest.raises(NewsroomError, match=r"broken\.toml is not valid TOML"):
        loader.load("broken")
    with pytest.raises(NewsroomError, match="cannot read"):
        spider_class(files["a_kz"].with_name("none.toml"))


def test_a_newsroom_file_elsewhere_is_loaded_by_its_path(files: dict[str, Path], tmp_path: Path) -> None:
    draft = tmp_path / "drafts" / "e_kz.toml"
    draft.parent.mkdir()
    draft.write_text(FILE.format("e.kz"))
    assert NewsroomLoader(files).load(str(draft)).newsroom.hosts == ("e.kz", "www.e.kz")


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("https://www.a.kz/kk/news/1", ["a_kz"]),
        ("http://c.kz:8080/", ["c_kz"]),
        ("https://d.kz/", []),
        ("https://a.kz.evil.test/", []),
    ],
)
def test_newsrooms_are_found_by_the_host_of_a_request(url: str, names: list[str], files: dict[str, Path]) -> None:
    assert NewsroomLoader(files).find_by_request(Request(url)) == names


def test_a_file_is_read_when_it_is_asked_for(files: dict[str, Path]) -> None:
    loader = NewsroomLoader(files)
    files["broken"].write_text(FILE.format("b.kz"))
    assert loader.list() == ["a_kz", "broken", "c_kz"]


def test_the_configuration_leads_to_the_shipped_newsrooms_and_the_operators(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "newsrooms").mkdir()
    (tmp_path / "newsrooms" / "own_kz.toml").write_text(FILE.format("own.kz"))
    (tmp_path / "newscrawler.toml").write_text('contact = "news@a.kz"')
    shipped = [path.stem for path in (project_folder() / "spiders" / "newsrooms").glob("*.toml")]
    config = load_config(tmp_path / "newscrawler.toml", {})
    loader = "spiders.loader.NewsroomLoader"
    given = get_spider_loader(Settings({"NEWSCRAWLER": config, "SPIDER_LOADER_CLASS": loader}))
    assert given.list() == sorted([*shipped, "own_kz"])
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSCRAWLER_CONFIG", raising=False)
    assert NewsroomLoader.from_settings(Settings()).list() == given.list()


def test_a_broken_configuration_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "newscrawler.toml").write_text("contct = 'a'")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSCRAWLER_CONFIG", raising=False)
    with pytest.raises(ConfigError, match="did you mean 'contact'"):
        NewsroomLoader.from_settings(Settings())
