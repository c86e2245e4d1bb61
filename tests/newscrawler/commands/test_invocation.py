"""What every verb accepts, as its help tells it."""

from __future__ import annotations

import re
from pathlib import Path

from newscrawler.cli import VERBS
from tests.newscrawler.commands.processes import newscrawler


def test_help_names_no_python_types(tmp_path: Path) -> None:
    for line in ("--help", *(f"{name} --help" for name in VERBS)):
        shown = newscrawler(line, tmp_path).out
        assert not re.search(r"<(list|bool|int)|default: 0", shown), shown


def test_json_is_an_option_only_where_it_says_something(tmp_path: Path) -> None:
    without = {name for name in VERBS if "--json" not in newscrawler(f"{name} --help", tmp_path).out}
    assert without == {"tag", "extract"}
    assert "{written, articles}" in newscrawler("export --help", tmp_path).out
