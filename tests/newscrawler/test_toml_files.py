from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, field_validator

from newscrawler.errors import ConfigError, NewsroomError
from newscrawler.toml_files import StrictModel, check, nearest, read_toml


class Shelf(StrictModel):
    width: float = 1.0
    books: tuple[str, ...] = ()


class House(StrictModel):
    name: str
    floors: int = Field(default=1, ge=1)
    sold: bool = False
    rent: float | None = None
    built: datetime | None = None
    shelves: tuple[Shelf, ...] = ()
    rooms: dict[str, Shelf] = Field(default_factory=dict)

    @field_validator("name")
    @classmethod
    def _no_digit(cls, name: str) -> str:
        if any(letter.isdigit() for letter in name):
            raise ValueError(f"{name!r} holds a digit")
        return name


def problem(values: dict[str, Any]) -> str:
    with pytest.raises(NewsroomError) as raised:
        check(House, values, "house.toml", NewsroomError)
    assert raised.value.remedy == "Mend these keys"
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
        "name = 'Үй'".encode("cp1251", errors="replace") + b"\xcc",
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
    assert problem({"name": 5}).startswith("name: ")
    assert problem({"name": "a", "shelves": [{"books": [1]}]}).startswith("shelves.0.books.0: ")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"florrs": 2}, "unknown key 'florrs', did you mean 'floors'?"),
        ({"shelves": [{}, {"widht": 2}]}, "unknown key 'shelves.1.widht', did you mean 'width'?"),
        ({"rooms": {"ас үй": {"boks": []}}}, "unknown key 'rooms.ас үй.boks', did you mean 'books'?"),
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
        "unknown key 'florrs', did you mean 'floors'?",
    ]
    assert problem({"name": "a1"}) == "name: 'a1' holds a digit"


def test_a_model_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        House(name="a").floors = 3  # type: ignore[misc]


def test_the_nearest_name_or_all_of_them() -> None:
    assert nearest("contct", ["contact", "store"]) == ", did you mean 'contact'?"
    assert nearest("xyz", ["store", "contact"]) == " (known: contact, store)"
