import tomllib
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, field_validator

from newscrawler.errors import ConfigError, NewsroomError
from newscrawler.toml_files import StrictModel, check, matching, nearest, read_toml, toml_text


class Shelf(StrictModel):
    width: float = 1.0
    books: tuple[str, ...] = ()


class House(StrictModel):
    name: str
    floors: int = Field(default=1, ge=1)
    sold: bool = False
    rent: float | None = None
    built: datetime | None = None
    code: Annotated[str, matching(r"[a-z]{2}", "two small letters, such as ab")] = "ab"
    shelves: tuple[Shelf, ...] = ()
    rooms: dict[str, Shelf] = Field(default_factory=dict)
    guests: list[str] = Field(default_factory=list)

    @field_validator("name")
    @classmethod
    def _no_digit(cls, name: str) -> str:
        if any(letter.isdigit() for letter in name):
            raise ValueError(f"{name!r} holds a digit")
        return name


def problem(values: dict[str, Any]) -> str:
    with pytest.raises(NewsroomError) as raised:
        check(House, values, "house.toml", NewsroomError)
    assert raised.value.remedy == "Mend what is named"
    return raised.value.problem.removeprefix("house.toml: ")


def test_a_file_is_read_as_utf8_with_or_without_a_mark(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    for mark in (b"", b"\xef\xbb\xbf"):
        file.write_bytes(mark + 'name = "Үй"\n'.encode())
        assert read_toml(file, ConfigError) == {"name": "Үй"}


def test_a_missing_file_is_the_callers_error_and_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(NewsroomError, match="cannot read") as raised:
        read_toml(tmp_path / "none.toml", NewsroomError)
    assert str(tmp_path / "none.toml") in raised.value.problem
    assert isinstance(raised.value.cause, FileNotFoundError)
    assert raised.value.remedy == "Check the path and its permissions"


@pytest.mark.parametrize(
    "content",
    [
        b"name = ",
        b"name = 'a'\nname = 'b'",
        b"when = 2024-13-45",
        b"\x00",
        b"n = " + b"9" * 5000,
        b"n = " + b"[" * 5000,
    ],
)
def test_what_is_no_toml_is_an_error_that_names_the_file_and_the_place(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match="is not valid TOML") as raised:
        read_toml(file, ConfigError)
    assert str(file) in str(raised.value)
    assert raised.value.cause is not None


def test_a_mistake_of_toml_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("name = 'a'\nfloors = \n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"at line 2, column 10.*Mend the place that is named"):
        read_toml(file, ConfigError)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16"])
def test_another_encoding_is_told_with_its_line(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "foreign.toml"
    text = "# Новости\ntitle = 'Жаңа'\n" if encoding == "utf-16" else "a = 1\ntitle = 'Новости'\n"
    file.write_bytes(text.encode(encoding))
    line = 1 if encoding == "utf-16" else 2
    with pytest.raises(ConfigError) as raised:
        read_toml(file, ConfigError)
    assert str(raised.value) == f"{file}, line {line}: is not UTF-8. Save the file as UTF-8"


@given(st.text())
def test_any_text_is_the_same_after_it_was_quoted_and_read(text: str) -> None:
    assert tomllib.loads(f"a = {toml_text(text)}\nb = [{toml_text(text)}]") == {"a": text, "b": [text]}


@given(content=st.one_of(st.binary(max_size=60), st.text("=[]{}\"'\n.-0123 abT:", max_size=40).map(str.encode)))
def test_any_bytes_are_tables_or_an_error_of_ours(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "wild.toml"
    file.write_bytes(content)
    with suppress(ConfigError):
        assert isinstance(read_toml(file, ConfigError), dict)


def test_good_values_make_a_model_and_space_around_texts_goes() -> None:
    built = datetime.fromisoformat("2024-05-14T18:00:00+05:00")
    values = {"name": " Үй ", "floors": 2, "rent": 3, "built": built, "shelves": [{"books": ["a", "b"]}]}
    house = check(House, values, "house.toml", NewsroomError)
    assert (house.name, house.floors, house.sold, house.rent, house.built) == ("Үй", 2, False, 3.0, built)
    assert house.shelves == (Shelf(books=("a", "b")),)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"floors": "2"}, "floors: needs a whole number without quotes, not '2'"),
        ({"floors": True}, "floors: needs a whole number without quotes, not True"),
        ({"floors": 2.0}, "floors: needs a whole number without quotes, not 2.0"),
        ({"sold": "yes"}, "sold: needs true or false without quotes, not 'yes'"),
        ({"sold": 1}, "sold: needs true or false without quotes, not 1"),
        ({"rent": "3.5"}, "rent: needs a number without quotes, not '3.5'"),
        ({"built": 1715677200}, "built: needs a date and time, not 1715677200"),
        ({"shelves": [{"width": "wide"}]}, "shelves.0.width: needs a number without quotes, not 'wide'"),
    ],
)
def test_no_value_is_converted_to_another_kind(values: dict[str, Any], said: str) -> None:
    assert problem({"name": "a", **values}) == said


def test_texts_are_not_made_of_numbers() -> None:
    assert problem({"name": 5}) == "name: needs a text in quotes, not 5"
    shelves = [{"books": [1]}]
    assert problem({"name": "a", "shelves": shelves}) == "shelves.0.books.0: needs a text in quotes, not 1"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"shelves": [{"books": "Абай жолы"}]}, 'shelves.0.books: needs a list, such as ["Абай жолы"]'),
        ({"shelves": [{"books": 5}]}, "shelves.0.books: needs a list in [ ], not 5"),
        ({"shelves": {"width": 2}}, "shelves: needs double brackets: [[shelves]]"),
        ({"guests": "Абай"}, 'guests: needs a list, such as ["Абай"]'),
        ({"shelves": ["a"]}, "shelves.0: needs a table of keys, not 'a'"),
        ({"rooms": "hall"}, "rooms: needs a table of keys, not 'hall'"),
        ({"rooms": {"hall": [{}]}}, "rooms.hall: needs a table of keys, not [{}]"),
        ({"code": "abc"}, "code: needs two small letters, such as ab, not 'abc'"),
        ({"code": "ab\nc"}, "code: needs two small letters, such as ab, not 'ab\\nc'"),
    ],
)
def test_the_wanted_shape_is_told_in_words_of_toml(values: dict[str, Any], said: str) -> None:
    assert problem({"name": "a", **values}) == said


def test_every_key_is_blamed_on_the_place_it_came_from() -> None:
    values = {"name": "a1", "florrs": 2, "floors": 0, "shelves": "a"}
    origins = {"floors": "HOUSE_FLOORS", "shelves": "--shelves"}
    with pytest.raises(ConfigError) as raised:
        check(House, values, "house.toml", ConfigError, origins)
    assert raised.value.problem.split("; ") == [
        "house.toml: name: 'a1' holds a digit",
        "unknown key 'florrs' (did you mean 'floors'?)",
        "HOUSE_FLOORS: Input should be greater than or equal to 1",
        '--shelves: needs a list, such as ["a"]',
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"florrs": 2}, "unknown key 'florrs' (did you mean 'floors'?)"),
        ({"shelves": [{}, {"widht": 2}]}, "unknown key 'shelves.1.widht' (did you mean 'width'?)"),
        ({"rooms": {"ас үй": {"boks": []}}}, "unknown key 'rooms.ас үй.boks' (did you mean 'books'?)"),
        ({"rooms": {"name": {"zzz": 1}}}, "unknown key 'rooms.name.zzz' (known: books, width)"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_known_one_at_that_place(values: dict[str, Any], said: str) -> None:
    assert problem({"name": "a", **values}) == said


def test_every_mistake_is_named_at_once() -> None:
    said = problem({"florrs": 2, "floors": 0, "sold": "no"})
    assert said.split("; ") == [
        "key 'name' is missing",
        "floors: Input should be greater than or equal to 1",
        "sold: needs true or false without quotes, not 'no'",
        "unknown key 'florrs' (did you mean 'floors'?)",
    ]
    assert problem({"name": "a1"}) == "name: 'a1' holds a digit"


def test_a_model_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        House(name="a").floors = 3  # type: ignore[misc]


def test_the_nearest_name_or_all_of_them() -> None:
    assert nearest("contct", ["contact", "store"]) == " (did you mean 'contact'?)"
    assert nearest("xyz", ["store", "contact"]) == " (known: contact, store)"
    assert nearest("STOR", ["STORE", "NOW"], "NEWS_") == " (did you mean 'NEWS_STORE'?)"
    assert nearest("XYZ", ["STORE", "NOW"], "NEWS_") == " (known: NEWS_NOW, NEWS_STORE)"
