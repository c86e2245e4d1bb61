"""HostileSite: the site over loopback HTTP, with the faults that it was given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import TracebackType
from typing import Final, Self

from tests.answering_site import HTML, XML, Answer, AnsweringSite
from tests.hostile_newsroom.articles import Written, all_written
from tests.hostile_newsroom.fault import Fault
from tests.hostile_newsroom.pages import article_page, feed, front_page, list_page, sitemap
from tests.security.loopback_site import LoopbackSite, Page

NOW: Final = datetime.fromisoformat("2024-05-14T18:00:00+05:00")
A_PAGE: Final = 10
SITEMAP: Final = "/sitemap.xml"
FEED: Final = "/rss.xml"
LANGUAGES: Final = ("kk", "ru")
IN_FEED: Final = 20


class HostileSite(AnsweringSite):
    """A context manager: the newsroom on 127.0.0.1 with `faults`, each of which takes articles and addresses that no
    other has. `articles` is the truth, whatever the faults: what a crawl has to end with; `lists` are where lists
    begin, `sources` the others with their kind.

    `canary` is a server beside it that must never be touched; `owners` says which fault has a path, `impolite` what was
    asked against the rules of robots.txt. `gate` gives what is
    answered in place of anything else.
    """

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        super().__init__(NOW)
        self.canary = LoopbackSite()
        self.articles = all_written()
        self.entries: dict[str, list[tuple[str, str]]] = {
            language: [(article.path, article.headline) for article in self.articles if article.language == language]
            for language in LANGUAGES
        }
        self.in_sitemap: list[tuple[str, datetime | None]] = [
            (article.path, article.published) for article in self.articles
        ]
        self.faults = list(faults)
        self.lists = [list_address(language, 1) for language in LANGUAGES]
        self.sources = [("sitemap", SITEMAP), ("feed", FEED)]
        self.owners: dict[str, str] = {}
        self.impolite: list[str] = []
        self.disallowed: tuple[str, ...] = ()
        self.gate: Callable[[str], Answer | None] | None = None
        self._turns: dict[str, list[Answer]] = {}
        self._made: dict[str, Answer | Callable[[str], Answer]] = {}
        self._taken = 0
        self._owner = ""
        self.answers = {article.path: Answer(article_page(article, self.url)) for article in self.articles}
        self.answers["/"] = self.answers["/kk/"] = Answer(front_page(self.articles))
        for fault in self.faults:
            self._owner = fault.name
            fault.arm(self)
        self._publish_lists()

    def __enter__(self) -> Self:
        self.canary.__enter__()
        return super().__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        self.canary.__exit__(kind, error, trace)

    @property
    def url(self) -> str:
        """The site's address, without a slash at its end."""
        return f"http://{self.address}"

    def take(self, number: int, language: str | None = None, apart: int = 1) -> list[Written]:
        """The next articles, in both languages or one, that no fault has taken yet; of those that are free, each so far
        `apart` from the one before."""
        free = [
            article
            for article in self.articles
            if article.path not in self.owners and language in (None, article.language)
        ][: number * apart : apart]
        if len(free) < number:
            raise ValueError(f"{self._owner}: the newsroom has no {number} articles left")
        self.owners |= dict.fromkeys((article.path for article in free), self._owner)
        return free

    def first_answers(self, path: str, *answers: Answer) -> None:
        """Gives these answers to the first requests for `path`, in turn; then what it answers else."""
        self._turns[path] = list(answers)

    def make_answer(self, path: str, made: Answer | Callable[[str], Answer]) -> None:
        """Answers every request for a target that begins with `path` and has no answer of its own: so, or by what is
        made for it."""
        self.owners.setdefault(path, self._owner)
        self._made[path] = made

    def trap(self, path: str, answer: Answer | None = None, headline: str = "Толығырақ") -> None:
        """Names an address that is no article's in the lists and the sitemap, among the articles; gives its answer."""
        self.owners[path] = self._owner
        if answer is not None:
            self.answers[path] = answer
        places = self.entries["ru" if path.startswith("/ru/") else "kk"]
        # Spread over the pages: many traps in a row would look like a site that is down.
        self._taken += 7
        places.insert(self._taken % len(places), (path, headline))
        self.in_sitemap.insert(self._taken % len(self.in_sitemap), (path, None))

    def break_source(self, path: str, answer: Answer) -> None:
        """Puts an answer in the place of the sitemap or the feed at `path`; beside it, as one more source, where the
        site has other faults too."""
        if len(self.faults) > 1:
            kind = next(kind for kind, known in self.sources if known == path)
            path = f"/{len(self.sources)}{path}"
            self.sources.append((kind, path))
        self.owners[path] = self._owner
        self.answers[path] = answer

    def lists_as(self, links: Mapping[str, str]) -> None:
        """Links articles in the lists by these addresses, by their paths."""
        for language, entries in self.entries.items():
            self.entries[language] = [(links.get(path, path), headline) for path, headline in entries]

    def lure(self) -> Page:
        """An article as the canary would show it; to be called once for each that it may show."""
        return Page(article_page(self.articles[0], self.url))

    def answer_to(self, target: str) -> Answer:
        if target.startswith(self.disallowed or ("\0",)):
            self.impolite.append(target)
        refusal = self.gate(target) if self.gate is not None else None
        if refusal is not None:
            return refusal
        turns = self._turns.get(target)
        if turns:
            return turns.pop(0)
        if target not in self.answers:
            for path, made in self._made.items():
                if target.startswith(path):
                    return made if isinstance(made, Answer) else made(target)
        return super().answer_to(target)

    def _publish_lists(self) -> None:
        documents: dict[str, Answer] = {
            SITEMAP: Answer(sitemap([(f"{self.url}{path}", moment) for path, moment in self.in_sitemap]), headers=XML),
            FEED: Answer(feed(self.url, self.articles[:IN_FEED]), headers=XML),
        }
        for language, entries in self.entries.items():
            starts = range(0, len(entries), A_PAGE)
            for number, start in enumerate(starts, 1):
                more = f"{list_address(language, number + 1)}" if number < len(starts) else None
                page = list_page(language, entries[start : start + A_PAGE], more)
                documents[list_address(language, number)] = Answer(page, headers=HTML)
        # What a fault has put in the place of a document stays.
        made = tuple(self._made)
        self.answers = {path: page for path, page in documents.items() if not path.startswith(made)} | self.answers


def list_address(language: str, number: int) -> str:
    """The address of a page of a language's list."""
    return f"/{language}/news" if number == 1 else f"/{language}/news?page={number}"
