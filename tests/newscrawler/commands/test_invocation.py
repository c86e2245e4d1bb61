"""What every verb accepts, as its help tells it."""

from __future__ import annotations

import re

import pytest
from typer.main import get_command

from newscrawler.cli import NEWSROOM_VERBS, STORE_VERBS, VERBS, app, load_verb

EVERY_VERB = {**VERBS, **NEWSROOM_VERBS, **STORE_VERBS}


@pytest.fixture
def helps(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The help of newscrawler, under an empty name, and of every verb and group."""
    shown = {}
    for name in ("", *EVERY_VERB):
        command = load_verb(name, EVERY_VERB) if name else get_command(app)
        with command.make_context(name or "newscrawler", [], resilient_parsing=True) as context:
            text = command.get_help(context)
        shown[name] = text + capsys.readouterr().out
    return shown


def test_help_names_no_python_types(helps: dict[str, str]) -> None:
    assert all("--help" in text for text in helps.values())
    assert not [name for name, text in helps.items() if re.search(r"<(list|bool|int)|default: 0", text)]


def test_json_is_an_option_only_where_it_says_something(helps: dict[str, str]) -> None:
    assert {name for name in EVERY_VERB if "--json" not in helps[name]} == {"newsroom", "store", "tag", "extract"}
    assert "{written, articles}" in helps["export"]


@pytest.mark.parametrize(("group", "verbs"), [("newsroom", NEWSROOM_VERBS), ("store", STORE_VERBS)])
def test_every_verb_of_a_group_shows_examples_of_itself(
    group: str, verbs: dict[str, tuple[str, str]], helps: dict[str, str]
) -> None:
    for name in verbs:
        assert "Examples" in helps[name]
        assert f"newscrawler {group} {name}" in helps[name]
