"""The errors of the whole project: what went wrong, with which page or newsroom, and what to do next."""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar

from newscrawler.hidden_passwords import hide_passwords


class ExitStatus(IntEnum):
    """Exit statuses of every command, as the README documents them.

    LOCKED is EX_TEMPFAIL of sysexits.h; INTERRUPTED and TERMINATED are 128 + the signal's number, as shells report
    them.
    """

    DONE = 0
    BUG = 1
    USAGE = 2
    OWED = 3
    NOTHING_DONE = 4
    LOCKED = 75
    INTERRUPTED = 130
    TERMINATED = 143


class NewscrawlerError(Exception):
    """What every error of newscrawler derives from.

    `problem` says what is wrong, `remedy` what the reader of the message can do about it. `url`, `newsroom` and `cause`
    say where it happened, so that a line in a log is enough to find it. `exit_status` is what a command ends with
    when this error ends it. As a text it is one line that holds no password.
    """

    exit_status: ClassVar[ExitStatus] = ExitStatus.NOTHING_DONE

    def __init__(
        self,
        problem: str,
        *,
        remedy: str = "",
        url: str | None = None,
        newsroom: str | None = None,
        cause: BaseException | None = None,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
        self.url = url
        self.newsroom = newsroom
        self.cause = cause

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.newsroom, self.url) if part)
        text = f"{where}: {self.problem}" if where else self.problem
        if self.cause is not None:
            text += f" ({type(self.cause).__name__}: {self.cause})"
        if self.remedy:
            text += f"{'' if text.endswith(('.', '?', '!')) else '.'} {self.remedy}"
        return hide_passwords(" ".join(text.split()))


class UsageError(NewscrawlerError):
    """The command was called in a way that cannot be meant."""

    exit_status = ExitStatus.USAGE


class ConfigError(NewscrawlerError):
    """newscrawler.toml, the environment or a command line option holds something unusable."""

    exit_status = ExitStatus.USAGE


class NewsroomError(NewscrawlerError):
    """A newsroom file is missing, broken or contradicts itself; the other newsrooms are not touched by it."""

    exit_status = ExitStatus.USAGE


class NewsroomNotFound(NewsroomError, KeyError):
    """No newsroom has this name. It is a KeyError too: that is what Scrapy expects of a spider loader."""


class VocabularyError(NewscrawlerError):
    """regions.toml, topics.toml or another word list is broken."""

    exit_status = ExitStatus.USAGE


class ProjectError(NewscrawlerError):
    """The installation is not whole, or another package stands where one of ours should."""

    exit_status = ExitStatus.USAGE


class StoreError(NewscrawlerError):
    """The store cannot be opened, read or written."""


class StoreTooNew(StoreError):
    """The store was written by a newer version of newscrawler."""


class Locked(NewscrawlerError):
    """Another run holds the lock."""

    exit_status = ExitStatus.LOCKED


class AddressRefused(NewscrawlerError):
    """A request would have gone to a loopback, private or otherwise special address that the operator did not name."""


class ArchiveError(NewscrawlerError):
    """A folder or file of saved pages cannot be read."""

    exit_status = ExitStatus.USAGE


class NotSaved(NewscrawlerError):
    """The archive of saved pages has no page under this address; this says nothing about the live page."""


class PageError(NewscrawlerError):
    """A page could not be read as an article or a list; it is tried again on a later run where that makes sense."""


class NoEntries(PageError):
    """The document of a source was read and holds no entry, or none that leads to an article: it is another one now."""


class NotAnArticle(PageError):
    """The page was read and holds no article: a list, an error page under status 200, an empty article."""


class Rejected(NewscrawlerError):
    """A pipeline step refuses an article; `reason` is a short stable phrase that is counted and shown in `status`."""

    def __init__(self, reason: str, *, url: str | None = None, newsroom: str | None = None) -> None:
        super().__init__(reason, url=url, newsroom=newsroom)
        self.reason = reason


class PublishError(NewscrawlerError):
    """Feeds could not be written; what was published before still stands."""

    exit_status = ExitStatus.OWED
