import json

import pytest

from newscrawler import errors
from newscrawler.errors import (
    ExitStatus,
    NewscrawlerError,
    NewsroomError,
    NewsroomNotFound,
    NotAnArticle,
    PageError,
    Rejected,
    StoreError,
    StoreTooNew,
)

EVERY = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, NewscrawlerError)]


def test_the_message_says_where_what_why_and_what_to_do() -> None:
    cause = OSError("disk full")
    error = NewscrawlerError(
        "cannot be read", remedy="Try again", url="https://newsroom.test/1", newsroom="newsroom_test", cause=cause
    )
    assert str(error) == "newsroom_test, https://newsroom.test/1: cannot be read (OSError: disk full). Try again"
    assert (error.problem, error.remedy, error.url, error.newsroom, error.cause) == (
        "cannot be read",
        "Try again",
        "https://newsroom.test/1",
        "newsroom_test",
        cause,
    )


def test_what_is_not_known_leaves_no_gap_in_the_message() -> None:
    assert str(NewscrawlerError("gone")) == "gone"
    assert str(NewscrawlerError("gone", newsroom="a")) == "a: gone"
    assert str(NewscrawlerError("gone", url="https://a.kz/")) == "https://a.kz/: gone"


@pytest.mark.parametrize(
    ("problem", "shown"),
    [
        ("gone", "gone. Try again"),
        ("gone (did you mean 'here'?)", "gone (did you mean 'here'?). Try again"),
        ("is it gone?", "is it gone? Try again"),
        ("It is gone.", "It is gone. Try again"),
    ],
)
def test_no_sentence_ends_twice(problem: str, shown: str) -> None:
    assert str(NewscrawlerError(problem, remedy="Try again")) == shown


def test_a_cause_of_several_lines_still_makes_one_line() -> None:
    cause = OSError("connection refused\n\tIs the server running?")
    shown = "gone (OSError: connection refused Is the server running?). Try again"
    assert str(NewscrawlerError("gone", cause=cause, remedy="Try again")) == shown


def test_the_statuses_are_numbers_wherever_they_are_shown() -> None:
    assert (str(ExitStatus.LOCKED), f"{ExitStatus.LOCKED}", json.dumps([ExitStatus.LOCKED])) == ("75", "75", "[75]")
    assert ExitStatus(143) is ExitStatus.TERMINATED


def test_an_unknown_newsroom_is_a_key_error_with_a_sentence_of_ours() -> None:
    with pytest.raises(KeyError) as raised:
        raise NewsroomNotFound("no newsroom is called 'a'", remedy="Give a name")
    assert str(raised.value) == "no newsroom is called 'a'. Give a name"
    assert isinstance(raised.value, NewsroomError)


def test_a_rejection_carries_its_reason() -> None:
    rejected = Rejected("no body", url="https://a.kz/1", newsroom="a")
    assert (rejected.reason, rejected.problem, str(rejected)) == ("no body", "no body", "a, https://a.kz/1: no body")


def test_every_error_ends_a_command_with_a_status_of_its_own_and_never_with_success_or_a_bug() -> None:
    statuses = {kind.__name__: kind.exit_status for kind in EVERY}
    assert statuses == {
        "NewscrawlerError": 4,
        "UsageError": 2,
        "ConfigError": 2,
        "NewsroomError": 2,
        "NewsroomNotFound": 2,
        "VocabularyError": 2,
        "ProjectError": 2,
        "StoreError": 4,
        "StoreTooNew": 4,
        "Locked": 75,
        "AddressRefused": 4,
        "ArchiveError": 2,
        "NotSaved": 4,
        "PageError": 4,
        "NoEntries": 4,
        "NotAnArticle": 4,
        "Rejected": 4,
        "PublishError": 3,
    }
    assert not {ExitStatus.DONE, ExitStatus.BUG} & set(statuses.values())


@pytest.mark.parametrize(("kind", "parent"), [(NotAnArticle, PageError), (StoreTooNew, StoreError)])
def test_who_catches_the_wider_error_catches_the_narrower(
    kind: type[NewscrawlerError], parent: type[NewscrawlerError]
) -> None:
    assert issubclass(kind, parent)
