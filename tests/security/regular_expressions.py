"""Every regular expression of the program, and how it is asked."""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from newscrawler.project import project_folder

ROOMS = ("newscrawler", "spiders", "pipelines", "feeds")
_ASKED = ("match", "fullmatch", "search", "split", "sub", "subn", "findall", "finditer")
_FROM_THE_BEGINNING = ("match", "fullmatch")
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled pattern, where it stands, and the methods that are called with it; without any known one, `search`,
    which costs most."""

    place: str
    pattern: re.Pattern[Any]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadePattern:
    """A function that calls `re` with what is no literal."""

    module: str
    function: str


@cache
def expressions() -> tuple[Expression, ...]:
    """Those that modules and classes hold, those that models check texts with, and the literals inside functions."""
    trees, asked = _trees(), _asked()
    found: dict[tuple[Any, int], Expression] = {}

    def add(place: str, pattern: re.Pattern[Any], methods: set[str]) -> None:
        key = pattern.pattern, pattern.flags
        before = found.get(key)
        methods = methods | set(before.asked if before is not None else ())
        found[key] = Expression(before.place if before is not None else place, pattern, _shortest(methods))

    for module in _modules():
        for name, value in list(vars(module).items()):
            for pattern in _patterns_in(value):
                add(f"{module.__name__}.{name}", pattern, asked.get(name, set()))
    for checked in gc.get_objects():
        if isinstance(checked, FunctionType) and checked.__qualname__ == "matching.<locals>.matched":
            for cell in checked.__closure__ or ():
                if isinstance(cell.cell_contents, re.Pattern):
                    add("newscrawler.toml_files.matching", cell.cell_contents, {"fullmatch"})
    for name, tree in trees.items():
        for function, call in _calls(tree):
            if function is not None and isinstance(call.args[0], ast.Constant):
                method = call.func.attr if isinstance(call.func, ast.Attribute) else "search"
                add(f"{name}.{function}", re.compile(call.args[0].value), {method} & set(_ASKED))
    return tuple(found.values())


def made_patterns() -> set[MadePattern]:
    """The functions that call `re` with what is no literal: what they make is to be looked at by calling them."""
    return {
        MadePattern(name, function)
        for name, tree in _trees().items()
        for function, call in _calls(tree)
        if function is not None and not isinstance(call.args[0], ast.Constant)
    }


def _shortest(methods: set[str]) -> tuple[str, ...]:
    if not methods:
        return ("search",)
    searching = methods - set(_FROM_THE_BEGINNING)
    # All that search cost the same; from the beginning a whole match costs most.
    return ("search",) if searching else ("fullmatch",) if "fullmatch" in methods else ("match",)


def _patterns_in(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < _DEEPEST:
        if isinstance(value, dict):
            inner = list(value.values())
        elif isinstance(value, tuple | list | set | frozenset):
            inner = list(value)
        elif isinstance(value, type) and value.__module__.partition(".")[0] in ROOMS:
            inner = list(vars(value).values())
        else:
            return
        for one in inner:
            yield from _patterns_in(one, depth + 1)


@cache
def _modules() -> tuple[ModuleType, ...]:
    names = [
        module.name
        for room in ROOMS
        for module in pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}.")
        # One is the command itself, the others are run by Alembic alone; what they hold is read as text.
        if not module.name.endswith("__main__") and ".migrations." not in module.name
    ]
    return tuple(importlib.import_module(name) for name in [*ROOMS, *names])


@cache
def _trees() -> dict[str, ast.Module]:
    top = project_folder()
    files = [file for room in ROOMS for file in sorted((top / room).rglob("*.py"))]
    return {_dotted(file.relative_to(top)): ast.parse(file.read_text(encoding="utf-8")) for file in files}


def _dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def _calls(tree: ast.Module) -> Iterator[tuple[str | None, ast.Call]]:
    """The calls of `re` that take a pattern, each with the function around it."""

    def walk(node: ast.AST, function: str | None) -> Iterator[tuple[str | None, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call) and _is_of_re(child.func):
                yield function, child
            inside = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else function
            yield from walk(child, inside)

    return walk(tree, None)


def _is_of_re(called: ast.expr) -> bool:
    of_re = isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re"
    return of_re and isinstance(called, ast.Attribute) and called.attr in ("compile", *_ASKED)


@cache
def _asked() -> dict[str, set[str]]:
    """The methods that are called with the pattern of each name, in whatever module."""
    found: dict[str, set[str]] = defaultdict(set)
    for tree in _trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in _ASKED:
                found[node.value.id].add(node.attr)
    return found
