"""The shortest newsroom file, and what is said of one with a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawler.errors import NewsroomError
from newscrawler.newsroom_files import read_newsroom

LEAST = """
title = "A"
site = "https://a.kz/"
hosts = "a.kz"
languages = "kk"
"""


def written(folder: Path, content: str, name: str = "a") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(content, encoding="utf-8")
    return path


def mistake(folder: Path, content: str) -> str:
    path = written(folder, content)
    with pytest.raises(NewsroomError) as raised:
        read_newsroom(path)
    assert raised.value.problem.startswith(f"{path}: ")
    return raised.value.problem.removeprefix(f"{path}: ")
