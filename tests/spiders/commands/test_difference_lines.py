"""Differences as people read them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from spiders.commands.difference_lines import newsroom_lines
from spiders.recordings.checked import Checked, CheckedNewsroom, CheckedRecording
from spiders.recordings.differences import Difference, FieldDifference, Kind
from spiders.recordings.expectation import Expectation
from spiders.recordings.recording import Recording
from spiders.recordings.selector_matches import UnmatchedSelector

MOMENT = datetime.fromisoformat("2024-05-14T18:00:00+05:00")
URL = "https://small.test/a/1"


def lines(*differences: Difference, not_saved: tuple[str, ...] = (), doubts: tuple[str, ...] = ()) -> list[str]:
    expectation = Expectation(newsroom="small", recorded_at=MOMENT, articles=[{"url": URL, "headline": "Көпір"}])
    checked = CheckedRecording(
        recording=Recording("small", Path("recordings/small/2024-05-14")),
        differences=list(differences),
        not_saved=list(not_saved),
        doubts=list(doubts),
        expected=expectation,
        got=expectation,
    )
    return [line.plain for line in newsroom_lines(CheckedNewsroom(newsroom="small", recordings=[checked]))]


def test_a_selector_of_another_era_is_a_warning_and_one_without_any_match_fails() -> None:
    idle = UnmatchedSelector("selectors", "body", (".old",), URL, everywhere=True, is_error=False)
    checked = CheckedNewsroom(newsroom="small", unmatched=[idle])
    where = f"matches nothing on any recorded page, such as {URL}"
    assert [line.plain for line in newsroom_lines(checked)] == [
        f"small: warning: selectors: body '.old' {where}",
    ]
    assert Checked(newsrooms=[checked]).status == 0
    checked.unmatched.append(UnmatchedSelector("selectors", "lead", (".gone",), URL, everywhere=True))
    assert [line.plain for line in newsroom_lines(checked)][1] == f"small: selectors: lead '.gone' {where}"
    assert Checked(newsrooms=[checked]).status == 3


def changed(*fields: FieldDifference) -> list[str]:
    return lines(Difference(kind=Kind.CHANGED, url=URL, fields=list(fields)))[1:]


def test_a_recording_that_gives_what_is_expected_is_one_line() -> None:
    assert lines() == ["small 2024-05-14: 1 article, as expected"]
    assert lines(doubts=("it is 200 days old",))[1:] == ["  looks wrong: it is 200 days old"]


def test_a_field_shows_what_was_expected_above_what_came() -> None:
    assert changed(FieldDifference("headline", "Көпір", "Жол"), FieldDifference("section", None, "Қоғам")) == [
        f"  {URL}",
        "    headline",
        "      - Көпір",
        "      + Жол",
        "    section",
        "      - (nothing)",
        "      + Қоғам",
    ]


def test_of_a_list_only_what_differs_is_shown_with_its_place() -> None:
    before, after = ["Бір", "Екі", "Үш"], ["Бір", "Екі жарым", "Үш", "Төрт"]
    assert changed(FieldDifference("body", before, after))[1:] == [
        "    body 2",
        "      - Екі",
        "      + Екі жарым",
        "    body 4",
        "      + Төрт",
    ]
    images = [{"url": "https://small.test/a.jpg", "credit": "Айнұр"}]
    assert changed(FieldDifference("images", images, None))[2:] == [
        '      - {"url": "https://small.test/a.jpg", "credit": "Айнұр"}'
    ]


def test_of_long_texts_the_surroundings_of_the_difference_are_shown() -> None:
    before, after = "а" * 300 + " көпір " + "б" * 300, "а" * 300 + " жол " + "б" * 300
    shown = changed(FieldDifference("body", [before], [after]))[2:]
    assert shown == [f"      - …{'а' * 29} көпір {'б' * 29}…", f"      + …{'а' * 29} жол {'б' * 29}…"]


def test_what_is_missing_unexpected_and_not_saved_is_named() -> None:
    shown = lines(
        Difference(kind=Kind.MISSING, url=URL, note="rejected: the article is empty"),
        Difference(kind=Kind.UNEXPECTED, url="https://small.test/a/2", note="Жол"),
        Difference(kind=Kind.SOURCE, url="https://small.test/", fields=[FieldDifference("articles named", 3, 0)]),
        not_saved=("https://small.test/rss",),
    )
    assert shown == [
        "small 2024-05-14: 1 article expected, 1 found",
        f"  missing: {URL} (rejected: the article is empty)",
        "  unexpected: https://small.test/a/2 (Жол)",
        "  source https://small.test/",
        "    articles named",
        "      - 3",
        "      + 0",
        "  not in the recording: https://small.test/rss (record again: newscrawler newsroom record small)",
    ]


@example("", "\x08")
@given(st.text(max_size=200), st.text(max_size=200))
def test_two_texts_that_differ_are_never_shown_alike(expected: str, got: str) -> None:
    shown = changed(FieldDifference("headline", expected, got))[2:]
    assert (expected == got) == (not shown)
    if shown:
        before, after = (line.partition(sign)[2] for line, sign in zip(shown, ("- ", "+ "), strict=True))
        assert before != after
