from contextlib import suppress
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from newscrawler.config import CONFIG_NAME, Config, config_of, load_config
from newscrawler.date_words import load_date_words
from newscrawler.errors import ConfigError, NewsroomError, VocabularyError
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
    written(folder, 'contact = "a@file.kz"\ntitle = "file"\nentries = 10')
    config = load_config(None, {"NEWSCRAWLER_TITLE": "variable", "NEWSCRAWLER_ENTRIES": "20"}, {"entries": 30})
    assert (config.contact, config.title, config.entries) == ("a@file.kz", "variable", 30)


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
        (
            "NEWSCRAWLER_CONTCT",
            "a",
            "unknown environment variable NEWSCRAWLER_CONTCT (did you mean 'NEWSCRAWLER_CONTACT'?)",
        ),
        (
            "NEWSCRAWLER_FOO",
            "a",
            "unknown environment variable NEWSCRAWLER_FOO (known: NEWSCRAWLER_ALLOW_ADDRESSES, NEWSCRAWLER_BASE_URL,",
        ),
        ("NEWSCRAWLER_FOLDER", "/srv", "unknown environment variable NEWSCRAWLER_FOLDER (known: "),
        ("NEWSCRAWLER_ENTRIES", "many", "NEWSCRAWLER_ENTRIES: 'many' is not a whole number"),
        ("NEWSCRAWLER_ENTRIES", "1.5", "NEWSCRAWLER_ENTRIES: '1.5' is not a whole number"),
        ("NEWSCRAWLER_PAGE_SECONDS", "", "NEWSCRAWLER_PAGE_SECONDS: '' is not a number"),
        ("NEWSCRAWLER_RESOLVE", "newsroom.test", "NEWSCRAWLER_RESOLVE: 'newsroom.test' is not HOST=ADDRESS:PORT"),
        ("NEWSCRAWLER_ENTRIES", "0", "NEWSCRAWLER_ENTRIES: Input should be greater than or equal to 1"),
        ("NEWSCRAWLER_DELAY_SCALE", "nan", "NEWSCRAWLER_DELAY_SCALE: Input should be"),
        ("NEWSCRAWLER_DELAY_SCALE", "0", "NEWSCRAWLER_DELAY_SCALE: needs allow_addresses"),
        ("NEWSCRAWLER_BASE_URL", "x", "NEWSCRAWLER_BASE_URL: 'x' is not an absolute http or https address"),
        ("NEWSCRAWLER_NOW", "today", "NEWSCRAWLER_NOW: Input should be a valid datetime"),
        ("NEWSCRAWLER_NOW", "2024-05-14T18:00:00", "NEWSCRAWLER_NOW: needs an offset"),
        ("NEWSCRAWLER_RESOLVE", "a.kz=127.0.0.1:80", "NEWSCRAWLER_RESOLVE: sends requests to 127.0.0.1:80, which"),
        ("NEWSCRAWLER_STORE", "", "NEWSCRAWLER_STORE: is empty"),
        ("NEWSCRAWLER_PUBLIC", "", "NEWSCRAWLER_PUBLIC: is empty"),
        ("NEWSCRAWLER_TITLE", " ", "NEWSCRAWLER_TITLE: is empty"),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(variable: str, text: str, said: str, folder: Path) -> None:
    written(folder, 'contact = "news@a.kz"')
    assert refused(environment={variable: text}).problem.startswith(said)


def test_a_mistake_on_the_command_line_names_the_option(folder: Path) -> None:
    assert refused(store="").problem == "--store: is empty"
    assert refused(public=" ").problem == "--public: is empty"
    assert refused(environment={"NEWSCRAWLER_STORE": "a.db"}, store="").problem == "--store: is empty"


def test_mistakes_from_several_places_are_each_named_at_their_place(folder: Path) -> None:
    path = written(folder, 'contact = "me"\nentries = 0\nmax_tries = 0\npublic = ""')
    problem = refused(path, {"NEWSCRAWLER_ENTRIES": "-1"}, store="").problem
    assert problem.split("; ") == [
        f"{path}: contact: 'me' is neither a mail nor a web address",
        "public: is empty",
        "max_tries: Input should be greater than or equal to 1",
        "--store: is empty",
        "NEWSCRAWLER_ENTRIES: Input should be greater than or equal to 1",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('contct = "a"', "unknown key 'contct' (did you mean 'contact'?)"),
        ('folder = "/srv"', "unknown key 'folder' (known: allow_addresses, base_url, "),
        ('_folder = "/srv"', "unknown key '_folder' (known: "),
        ('newsrooms = "my_news"', 'newsrooms: needs a list, such as ["my_news"]'),
        ('store = ""', "store: is empty"),
        ('store = " "', "store: is empty"),
        ('store = "postgresql:/x"', "store: is no file and no whole URL: that begins with sqlite:/// or postgresql://"),
        ('public = ""', "public: is empty"),
        ("public = 5", "public: Input is not a valid path"),
        ('title = ""', "title: is empty"),
        ('base_url = "a.kz"', "base_url: 'a.kz' is not an absolute http or https address"),
        ('base_url = "ftp://a.kz/"', "base_url: 'ftp://a.kz/' is not an absolute http or https address"),
        ('base_url = "https://a.kz/a b"', "base_url: 'https://a.kz/a b' holds ' ', which the address of a folder"),
        ('base_url = "https://a.kz/?x=1"', "base_url: 'https://a.kz/?x=1' holds '?', which the address"),
        ('base_url = "https://a.kz:99999/"', "base_url: 'https://a.kz:99999/' is not an absolute http or https"),
        ('feed_authority = "a.kz"', "feed_authority: needs a domain or mail address you hold, a comma, and a year"),
        ('feed_authority = "жаңалық.қаз,2024"', "feed_authority: needs a domain or mail address you hold, a comma"),
        ('entries = "50"', "entries: needs a whole number without quotes, not '50'"),
        ("max_page_bytes = 10", "max_page_bytes: Input should be greater than or equal to 10000"),
        ("page_seconds = 0", "page_seconds: Input should be greater than 0"),
        ("max_tries = 51", "max_tries: Input should be less than or equal to 50"),
        ("now = 2024-05-14T18:00:00", "now: needs an offset, such as 2024-05-14T18:00:00+05:00"),
        ("delay_scale = 0.1", "delay_scale: needs allow_addresses"),
        (
            'resolve = {"a.kz" = "127.0.0.1:80"}\nallow_addresses = ["127.0.0.1:8080"]',
            "resolve: sends requests to 127.0.0.1:80, which allow_addresses does not name",
        ),
    ],
)
def test_a_mistake_in_the_file_names_file_and_key(content: str, said: str, folder: Path) -> None:
    path = written(folder, content)
    assert refused(path).problem.startswith(f"{path}: {said}")


@pytest.mark.parametrize(
    "contact",
    ["", "me@example.org", "news+kz@редакция.қаз", "https://example.org/about", "http://жаңалық.қаз/байланыс"],
)
def test_a_contact_is_a_mail_or_web_address(contact: str, folder: Path) -> None:
    written(folder, f'contact = "{contact}"')
    assert load_config(environment={}).contact == contact


@pytest.mark.parametrize(
    "contact", ["me", "a\\q", "me@localhost", "a b@c.kz", "a@b@c.kz", "mailto:me@a.kz", "8 727 1234567"]
)
def test_another_contact_is_refused(contact: str) -> None:
    with pytest.raises(ValueError, match="is neither a mail nor a web address"):
        Config(contact=contact)


@given(st.text(max_size=30) | st.text("a@.:/ \r\n()<>http", max_size=30))
def test_no_contact_breaks_out_of_the_line_and_the_parentheses_it_is_sent_in(text: str) -> None:
    with suppress(ValidationError):
        assert not set(Config(contact=f"https://a.kz/{text}").contact) & set("\r\n()<> ")
    with suppress(ValidationError):
        assert not set(Config(contact=f"a@b.{text}").contact) & set("\r\n()<> ")


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
    with pytest.raises(NewsroomError, match=r"'newsroom_tset' \(did you mean 'newsroom_test'\?\)"):
        config.newsroom("newsroom_tset")
    with pytest.raises(NewsroomError, match="cannot read"):
        config.newsroom("drafts/b_kz.toml")


def test_all_newsrooms_are_read_and_the_broken_ones_are_named(folder: Path) -> None:
    least = 'title = "A"\nsite = "https://a.kz/"\nhosts = "a.kz"\nlanguages = "kk"\n'
    written(folder / "newsrooms", least, "a_kz.toml")
    broken = written(folder / "newsrooms", "title = ", "b_kz.toml")
    newsrooms, (error,) = load_config(environment={}).all_newsrooms()
    assert newsrooms["a_kz"].title == "A"
    assert {"a_kz", "newsroom_kz", "newsroom_test"} <= newsrooms.keys()
    assert "b_kz" not in newsrooms
    assert f"{broken} is not valid TOML" in str(error)


def test_values_make_a_configuration_in_a_folder(folder: Path, tmp_path: Path) -> None:
    config = config_of({"store": "a.db"}, tmp_path, "newscrawler.toml")
    assert (config.folder, config.store_url()) == (tmp_path, f"sqlite:///{tmp_path / 'a.db'}")
    assert config.newsroom_folders()[1] == tmp_path / "newsrooms"
    assert config.model_copy(update={"title": "B"}).folder == tmp_path
    with pytest.raises(ConfigError) as raised:
        config_of({"store": "", "title": ""}, tmp_path, "newscrawler.toml", {"title": "--title"})
    assert raised.value.problem == "--title: is empty; newscrawler.toml: store: is empty"


def test_the_operators_words_for_dates_hold_for_every_newsroom(tmp_path: Path) -> None:
    (tmp_path / "newscrawler.toml").touch()
    before = load_config(tmp_path / "newscrawler.toml").newsroom("newsroom_kz")
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "dates.toml").write_text('[days]\nyesterday = ["өткен түні"]\n', encoding="utf-8")
    config = load_config(tmp_path / "newscrawler.toml")
    newsrooms, errors = config.all_newsrooms()
    assert not errors
    now = datetime(2024, 5, 14, 12, tzinfo=UTC)
    for newsroom in (config.newsroom("newsroom_kz"), newsrooms["newsroom_kz"]):
        assert str(newsroom.read_date("өткен түні, 21:30", now)) == "2024-05-13 21:30:00+05:00"
    assert before.read_date("өткен түні, 21:30", now) is None
    (tmp_path / "vocabulary" / "dates.toml").write_text('[days]\nyesterday = ["бүгін"]\n', encoding="utf-8")
    load_date_words.cache_clear()
    with pytest.raises(VocabularyError, match="бүгін"):
        config.newsroom("newsroom_kz")
