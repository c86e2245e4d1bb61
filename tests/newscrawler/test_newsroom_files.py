from pathlib import Path

import pytest

from newscrawler.errors import NewsroomError, NewsroomNotFound
from newscrawler.newsroom_files import find_newsrooms, newsroom_path, read_newsroom, read_newsrooms
from newscrawler.project import project_folder
from tests.newscrawler.least_newsroom import LEAST, mistake, written


def test_the_name_must_be_the_files(tmp_path: Path) -> None:
    assert mistake(tmp_path, 'name = "b"' + LEAST) == "name is 'b', the file's is 'a'"
    said = "name: needs small Latin letters, digits and _, a letter first, not 'my-site'"
    assert mistake(tmp_path, 'name = "my-site"' + LEAST) == said


@pytest.mark.parametrize("name", ["my-site", "MySite", "1_kz", "жаңалық", "a.kz"])
def test_a_file_name_that_is_no_newsrooms_name_is_told_in_words(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, LEAST, name)
    with pytest.raises(NewsroomError) as raised:
        read_newsroom(path)
    said = "a newsroom's file name is small Latin letters, digits and _, a letter first"
    assert raised.value.problem == f"{path}: {said}"
    assert raised.value.remedy == "Rename the file"


def test_later_folders_replace_newsrooms_and_missing_folders_hold_none(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    for folder in (shipped, own):
        folder.mkdir()
    files = {name: written(shipped, LEAST, name) for name in ("b", "a")}
    replaced = written(own, "broken", "b")
    (own / "notes.txt").write_text("no newsroom")
    found = find_newsrooms([shipped, own, tmp_path / "none"])
    assert list(found.items()) == [("a", files["a"]), ("b", replaced)]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "newsrooms").write_text("")
    with pytest.raises(NewsroomError, match=r"newsrooms is a file\. Make it a folder"):
        find_newsrooms([tmp_path / "newsrooms"])


def test_broken_files_are_errors_beside_the_newsrooms_that_can_be_read(tmp_path: Path) -> None:
    contents = {"a": LEAST, "b": "broken", "c": LEAST, "d": LEAST + "delya = 1"}
    newsrooms, errors = read_newsrooms({name: written(tmp_path, content, name) for name, content in contents.items()})
    assert {name: newsroom.name for name, newsroom in newsrooms.items()} == {"a": "a", "c": "c"}
    assert [str(tmp_path / name) in str(error) for name, error in zip(("b.toml", "d.toml"), errors, strict=True)] == [
        True,
        True,
    ]
    assert read_newsrooms({}) == ({}, [])


def test_a_newsroom_is_found_by_name_or_path(tmp_path: Path) -> None:
    known = {"newsroom_kz": tmp_path / "newsroom_kz.toml"}
    assert newsroom_path("newsroom_kz", known) == tmp_path / "newsroom_kz.toml"
    assert newsroom_path("drafts/a.toml", known) == Path("drafts/a.toml")
    with pytest.raises(NewsroomNotFound) as raised:
        newsroom_path("newsrom_kz", known)
    assert str(raised.value) == (
        "no newsroom is called 'newsrom_kz' (did you mean 'newsroom_kz'?). "
        "Give a newsroom's name, or the path of its .toml file"
    )
    with pytest.raises(NewsroomNotFound, match=r"\(known: newsroom_kz\)"):
        newsroom_path("x", known)


@pytest.mark.parametrize(
    "path", sorted((project_folder() / "spiders" / "newsrooms").glob("*.toml")), ids=lambda path: path.stem
)
def test_every_shipped_newsroom_can_be_read_and_says_what_it_rests_on(path: Path) -> None:
    newsroom = read_newsroom(path)
    assert newsroom.sources
    assert newsroom.evidence
