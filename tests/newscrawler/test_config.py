from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest

from newscrawler.config import CONFIG_NAME, Config, load_config
from newscrawler.errors import ConfigError, NewsroomError
from newscrawler.project import project_folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    working = tmp_path / "working"
    working.mkdir()
    monkeypatch.chdir(working)
    return working


def written(folder: Path, content: str, name: str = CONFIG_NAME) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def refused(path: Path | None = None, environment: dict[str, str] | None = None, **overrides: Any) -> ConfigError:
    with pytest.raises(ConfigError) as raised:
        load_config(path, environment or {}, overrides)
    return raised.value


def test_without_a_file_everything_has_a_default_in_the_working_directory(folder: Path) -> None:
    config = load_config(environment={})
    assert config.folder == folder
    assert config.store_url() == f"sqlite:///{folder / 'newscrawler.db'}"
    assert config.public == folder / "public"
    assert (config.contact, config.newsrooms, config.allow_addresses) == ("", (), ())
    assert (config.max_page_bytes, config.page_seconds, config.max_tries, config.entries) == (4_000_000, 30.0, 5, 50)


def test_the_file_of_the_working_directory_then_the_one_that_is_named(folder: Path, tmp_path: Path) -> None:
    written(folder, 'contact = "here@a.kz"')
    other = written(tmp_path, 'contact = "there@a.kz"', "other.toml")
    third = written(tmp_path, 'contact = "third@a.kz"', "third.toml")
    assert load_config(environment={}).contact == "here@a.kz"
    environment = {"NEWSCRAWLER_CONFIG": str(other)}
    assert load_config(environment=environment).contact == "there@a.kz"
    assert load_config(third, environment).contact == "third@a.kz"
    assert load_config(environment={"NEWSCRAWLER_CONFIG": ""}).contact == "here@a.kz"


def test_the_environment_is_read_over_the_file_and_overrides_over_both(folder: Path) -> None:
    written(folder, 'contact = "file"\ntitle = "file"\nentries = 10')
    config = load_config(None, {"NEWSCRAWLER_TITLE": "variable", "NEWSCRAWLER_ENTRIES": "20"}, {"entries": 30})
    assert (config.contact, config.title, config.entries) == ("file", "variable", 30)


def test_relative_paths_are_relative_to_the_file_or_to_the_working_directory(folder: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "etc", 'store = "data/news.db"\npublic = "feeds"')
    config = load_config(path, {})
    assert config.store_url() == f"sqlite:///{tmp_path / 'etc' / 'data' / 'news.db'}"
    assert config.public == tmp_path / "etc" / "feeds"
    config = load_config(path, {"NEWSCRAWLER_STORE": "news.db"}, {"public": "feeds"})
    assert config.store_url() == f"sqlite:///{folder / 'news.db'}"
    assert config.public == folder / "feeds"
    config = load_config(path, {}, {"store": "/srv/news.db", "public": "/srv/feeds"})
    assert (config.store_url(), config.public) == ("sqlite:////srv/news.db", Path("/srv/feeds"))


@pytest.mark.parametrize("named", ["etc/newscrawler.toml", "./etc/newscrawler.toml"])
def test_a_relative_file_still_gives_absolute_paths(named: str, folder: Path) -> None:
    written(folder / "etc", 'public = "feeds"')
    config = load_config(Path(named), {})
    assert (config.folder, config.public) == (folder / "etc", folder / "etc" / "feeds")


@pytest.mark.parametrize("url", ["postgresql://news@db/news", "sqlite:////srv/a.db"])
def test_a_store_address_is_taken_as_it_is(url: str, folder: Path) -> None:
    written(folder, f'store = "{url}"')
    assert load_config(environment={}).store_url() == url
    assert load_config(environment={"NEWSCRAWLER_STORE": url}).store_url() == url


def test_a_store_in_memory(folder: Path) -> None:
    assert load_config(None, {}, {"store": ":memory:"}).store_url() == "sqlite:///:memory:"


def test_every_setting_can_come_from_the_environment(folder: Path) -> None:
    environment = {
        "NEWSCRAWLER_NEWSROOMS": "newsroom_kz, newsroom_test,",
        "NEWSCRAWLER_ALLOW_ADDRESSES": "127.0.0.1:8080, [::1]:8080",
        "NEWSCRAWLER_RESOLVE": "newsroom.test=127.0.0.1:8080, www.newsroom.test = [::1]:8080",
        "NEWSCRAWLER_DELAY_SCALE": "0.5",
        "NEWSCRAWLER_MAX_TRIES": "7",
        "NEWSCRAWLER_NOW": "2024-05-14T18:00:00+05:00",
        "NEWSCRAWLER_REQUIRE_TOOLS": "1",
        "PATH": "/bin",
    }
    config = load_config(environment=environment)
    assert config.newsrooms == ("newsroom_kz", "newsroom_test")
    assert config.allow_addresses == ("127.0.0.1:8080", "[::1]:8080")
    assert config.resolve == {"newsroom.test": "127.0.0.1:8080", "www.newsroom.test": "[::1]:8080"}
    assert (config.delay_scale, config.max_tries) == (0.5, 7)
    assert config.clock() == datetime(2024, 5, 14, 13, 0, tzinfo=UTC)
    assert config.clock().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("variable", "text", "said"),
    [
        ("NEWSCRAWLER_CONTCT", "a", "unknown environment variable NEWSCRAWLER_CONTCT, did you mean"),
        ("NEWSCRAWLER_FOLDER", "/srv", "unknown environment variable NEWSCRAWLER_FOLDER"),
        ("NEWSCRAWLER_ENTRIES", "many", "NEWSCRAWLER_ENTRIES: 'many' is not a whole number"),
        ("NEWSCRAWLER_ENTRIES", "1.5", "NEWSCRAWLER_ENTRIES: '1.5' is not a whole number"),
        ("NEWSCRAWLER_PAGE_SECONDS", "", "NEWSCRAWLER_PAGE_SECONDS: '' is not a number"),
        ("NEWSCRAWLER_RESOLVE", "newsroom.test", "NEWSCRAWLER_RESOLVE: 'newsroom.test' is not HOST=ADDRESS:PORT"),
        ("NEWSCRAWLER_ENTRIES", "0", "configuration: entries: "),
        ("NEWSCRAWLER_DELAY_SCALE", "nan", "configuration: delay_scale: "),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(variable: str, text: str, said: str, folder: Path) -> None:
    assert refused(environment={variable: text}).problem.startswith(said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('contct = "a"', "unknown key 'contct', did you mean 'contact'?"),
        ('base_url = "a.kz"', "base_url: 'a.kz' is not an absolute http or https address"),
        ('base_url = "ftp://a.kz/"', "base_url: 'ftp://a.kz/' is not an absolute http or https address"),
        ('feed_authority = "a.kz"', "feed_authority: String should match pattern"),
        ('entries = "50"', "entries: needs a whole number without quotes, not '50'"),
        ("max_page_bytes = 10", "max_page_bytes: Input should be greater than or equal to 10000"),
        ("page_seconds = 0", "page_seconds: Input should be greater than 0"),
        ("max_tries = 51", "max_tries: Input should be less than or equal to 50"),
        ("now = 2024-05-14T18:00:00", "now: needs an offset, such as 2024-05-14T18:00:00+05:00"),
        ("delay_scale = 0.1", "delay_scale needs allow_addresses"),
        (
            'resolve = {"a.kz" = "127.0.0.1:80"}\nallow_addresses = ["127.0.0.1:8080"]',
            "resolve sends requests to 127.0.0.1:80, which allow_addresses does not name",
        ),
    ],
)
def test_a_mistake_in_the_file_names_file_and_key(content: str, said: str, folder: Path) -> None:
    path = written(folder, content)
    assert refused(path).problem.startswith(f"{path}: {said}")


def test_the_files_folder_is_its_own(folder: Path) -> None:
    error = refused(written(folder, 'folder = "/srv"'))
    assert error.problem.endswith("unknown key 'folder'")
    assert error.remedy == "Paths are relative to the file's own folder"


def test_missing_and_broken_files_are_errors_that_name_them(folder: Path) -> None:
    assert str(folder / "none.toml") in str(refused(folder / "none.toml"))
    assert "none.toml" in str(refused(environment={"NEWSCRAWLER_CONFIG": "none.toml"}))
    assert f"{written(folder, 'contact =')} is not valid TOML" in str(refused(folder / CONFIG_NAME))


def test_the_base_address_ends_in_a_slash(folder: Path) -> None:
    written(folder, 'base_url = "https://feeds.a.kz/news"')
    assert load_config(environment={}).base_url == "https://feeds.a.kz/news/"
    assert Config(base_url="https://feeds.a.kz/").base_url == "https://feeds.a.kz/"


def test_the_clock_is_the_machines_unless_it_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    class Machine(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Machine":
            return cls(2024, 5, 14, 13, 0, tzinfo=tz)

    monkeypatch.setattr("newscrawler.config.datetime", Machine)
    assert Config().clock() == datetime(2024, 5, 14, 13, 0, tzinfo=UTC)


def test_newsrooms_are_the_shipped_ones_and_the_operators_own(folder: Path) -> None:
    own = written(folder / "newsrooms", 'title = "A"', "a_kz.toml")
    replaced = written(folder / "newsrooms", "broken", "newsroom_kz.toml")
    config = load_config(environment={})
    files = config.newsroom_files()
    assert files["a_kz"] == own
    assert files["newsroom_kz"] == replaced
    assert files["newsroom_test"] == project_folder() / "spiders" / "newsrooms" / "newsroom_test.toml"
    assert config.newsroom("newsroom_test").title == "Newsroom.test"
    with pytest.raises(NewsroomError, match="key 'site' is missing"):
        config.newsroom("a_kz")
    with pytest.raises(NewsroomError, match="is not valid TOML"):
        config.newsroom("newsroom_kz")
    with pytest.raises(NewsroomError, match="no newsroom is called 'newsroom_tset', did you mean 'newsroom_test'"):
        config.newsroom("newsroom_tset")
    with pytest.raises(NewsroomError, match="cannot read"):
        config.newsroom("drafts/b_kz.toml")
