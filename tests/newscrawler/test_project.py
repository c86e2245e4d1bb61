import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

import newscrawler.project
from newscrawler.errors import ProjectError
from newscrawler.project import ROOMS, project_folder, use_project


def installed(folder: Path) -> ModuleType:
    """The module as it stands in a package elsewhere."""
    copy = folder / "newscrawler" / "project.py"
    copy.parent.mkdir()
    copy.write_bytes(Path(newscrawler.project.__file__).read_bytes())
    spec = importlib.util.spec_from_file_location("installed_project", copy)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def a_package(path: Path | None) -> ModuleType:
    module = ModuleType("spiders")
    if path is not None:
        module.__path__ = [str(path)]
    return module


def test_the_folder_holds_the_rooms() -> None:
    assert all((project_folder() / room / "__init__.py").is_file() for room in ROOMS)


def test_a_wheel_has_its_rooms_beside_it_and_a_checkout_above(tmp_path: Path) -> None:
    module = installed(tmp_path)
    assert module.project_folder() == tmp_path
    (tmp_path / "newscrawler" / "_project").mkdir()
    assert module.project_folder() == tmp_path / "newscrawler" / "_project"


@pytest.mark.parametrize("position", [0, 1, None])
def test_the_folder_comes_first_on_the_path_and_once(position: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = str(project_folder())
    others = [place for place in sys.path if place != folder]
    before = list(others)
    if position is not None:
        before.insert(position, folder)
    monkeypatch.setattr(sys, "path", before)
    use_project()
    use_project()
    assert sys.path == [folder, *others]


@pytest.mark.parametrize("room", ROOMS)
def test_a_foreign_package_of_the_same_name_is_an_error_that_says_where_from(
    room: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, room, a_package(tmp_path / "foreign"))
    monkeypatch.setattr(sys, "path", ["/usr/lib/foreign"])
    with pytest.raises(ProjectError, match=f"another package named '{room}' is loaded from") as raised:
        use_project()
    assert str(tmp_path / "foreign") in raised.value.problem
    assert raised.value.remedy == "Install newscrawler in an environment of its own"
    assert sys.path == ["/usr/lib/foreign"]


def test_a_foreign_module_that_is_no_package_is_one_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spiders", a_package(None))
    with pytest.raises(ProjectError, match="'spiders' is loaded from an unknown place"):
        use_project()


def test_our_own_rooms_may_be_loaded_already(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setitem(sys.modules, "spiders", a_package(project_folder() / "spiders"))
    use_project()
    assert sys.path[0] == str(project_folder())
