import pytest

from newscrawler.commands.output import Output

COLUMNS = ("newsroom", "new", "gone", "note")
ROWS = [("newsroom_test", 69, None, "read from saved pages"), ("newsroom_kz", 0, None, None)]


def table(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int) -> str:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(width))
    Output().table(COLUMNS, ROWS, title="Crawl")
    return capsys.readouterr().out


def test_a_terminal_shows_a_table_without_empty_columns(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = table(monkeypatch, capsys, 100)
    assert "Crawl" in shown
    assert "read from saved pages" in shown
    assert "gone" not in shown


def test_control_characters_are_written_out(capsys: pytest.CaptureFixture[str]) -> None:
    output = Output()
    output.line("a\x1b[31mb")
    output.message("d\x07\x9be\nf")
    shown = capsys.readouterr()
    assert shown.out == "a\\x1b[31mb\n"
    assert shown.err == "d\\x07\\x9be\nf\n"


def test_a_table_wider_than_the_terminal_becomes_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert table(monkeypatch, capsys, 40).splitlines() == [
        "newsroom_test: new 69, note read from saved pages",
        "newsroom_kz: new 0",
    ]
