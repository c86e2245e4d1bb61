import pytest

from newscrawler import errors
from newscrawler.errors import ExitStatus, NewscrawlerError, NotAnArticle, PageError, Rejected, StoreError, StoreTooNew

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
        "VocabularyError": 2,
        "ProjectError": 2,
        "StoreError": 4,
        "StoreTooNew": 4,
        "Locked": 75,
        "AddressRefused": 4,
        "ArchiveError": 2,
        "NotSaved": 4,
        "PageError": 4,
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
