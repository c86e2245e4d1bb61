"""Signals and the end of the time, while a host accepts connections and never answers."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import TracebackType

import pytest

from newscrawler.store import open_store
from newscrawler.store.addresses import NO_OUTCOME
from newscrawler.store.reports import last_reports
from newscrawler.store.tables import addresses
from spiders.scrapy_process import _LAST_RESORT_SECONDS
from tests.end_to_end.commands import Ended, command, environment
from tests.end_to_end.small_site import HOST, NAME, Answer, SmallNewsroom, SmallSite, article_page, listing, source

PATHS = ["/a/1", "/a/2", "/a/3"]
LIST = "/list"
# The promise is five seconds, which the last resort keeps on a machine with nothing to spare too. Ending cleanly needs
# one second of computing, which may take long where other tests run beside; not waiting for a page is far below the
# 30 seconds that a page may take.
PROMISED_SECONDS = 5.0
CLEARLY_NOT_WAITED_SECONDS = 20.0
WITHOUT_LAST_RESORT = """
from newscrawler.project import use_project
use_project()
import spiders.scrapy_process
spiders.scrapy_process._LAST_RESORT_SECONDS = 60
"""


class SilentSite(SmallSite):
    """A small site that takes requests for the paths in `silent` and answers them only when it goes; with `slow` it
    answers robots.txt, which wants two minutes between requests."""

    def __init__(self, *silent: str, slow: bool = False) -> None:
        super().__init__()
        self.silent = set(silent)
        self.slow = slow
        self.asked = threading.Event()
        self._goes = threading.Event()
        robots = Answer("User-agent: *\nCrawl-delay: 120\n" if slow else "User-agent: *\nAllow: /\n")
        self.answers |= {"/robots.txt": robots, LIST: listing(PATHS)}
        self.answers |= {path: article_page(path) for path in PATHS}

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._goes.set()
        super().__exit__(kind, error, trace)

    def answer(self, target: str, known: str | None) -> Answer:
        if target in self.silent:
            self.asked.set()
            self._goes.wait()
        elif self.slow:
            self.asked.set()
        return super().answer(target, known)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the newsroom `small`, whose articles stand in one list."""
    with SmallSite() as site:
        SmallNewsroom(tmp_path, site).define(source("listing", LIST, item=".entry"))
    return tmp_path


@contextmanager
def started(folder: Path, site: SilentSite, *arguments: str, patch: str = "") -> Iterator[subprocess.Popen[str]]:
    """`newscrawler ARGUMENTS` in `folder`, under way; `patch` is Python that it runs first."""
    code = f"import sys\nsys.argv[0] = 'newscrawler'\n{patch}\nfrom newscrawler.cli import main\nmain()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env=environment(site.address, hosts=[HOST]) | {"NEWSCRAWLER_DELAY_SCALE": str(int(site.slow))},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def ended_by(process: subprocess.Popen[str], number: signal.Signals) -> tuple[Ended, float]:
    """How a process ended after the signal, and how many seconds later."""
    before = monotonic()
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    return Ended(process.returncode, out, err), monotonic() - before


def ended(folder: Path, site: SilentSite, number: signal.Signals, *arguments: str) -> Ended:
    """How the command ended after a signal that came while the site was silent, which must be soon enough."""
    with started(folder, site, *arguments, patch=WITHOUT_LAST_RESORT) as process:
        assert site.asked.wait(60)
        found, seconds = ended_by(process, number)
    assert seconds < CLEARLY_NOT_WAITED_SECONDS
    assert "Traceback" not in found.err
    return found


def states(folder: Path) -> set[tuple[str, int, str | None]]:
    """State, tries and reason of the addresses in the store."""
    with open_store(f"sqlite:///{folder / 'newscrawler.db'}", create=False) as store, store.read() as connection:
        return {(row.state, row.tries, row.reason) for row in connection.execute(addresses.select())}


@pytest.mark.parametrize("silent", ["/robots.txt", LIST, "/a/2", None])
def test_a_crawl_ends_while_its_site_hangs_and_the_next_has_everything(silent: str | None, folder: Path) -> None:
    with SilentSite(silent) if silent is not None else SilentSite(slow=True) as site:
        found = ended(folder, site, signal.SIGINT, "crawl", NAME)
    assert found.status == 130
    assert "small: " in found.out
    assert "interrupted" in found.out
    assert "sources failed" not in found.out
    left = states(folder)
    # Nothing counts against an address or a source that was only not waited for.
    assert left <= {("pending", 0, None), ("done", 0, None)}
    with SilentSite() as site:
        after = command("crawl", NAME, at=folder, env=environment(site.address, hosts=[HOST]))
    assert (after.status, after.err) == (0, "")
    assert states(folder) == {("done", 0, None)}


def test_a_run_ends_on_sigterm_and_keeps_its_report(folder: Path) -> None:
    with SilentSite("/a/2") as site:
        found = ended(folder, site, signal.SIGTERM, "run", NAME)
    assert found.status == 143
    assert "the next run goes on" in found.out
    assert not (folder / "public").exists()
    with open_store(f"sqlite:///{folder / 'newscrawler.db'}", create=False) as store, store.read() as connection:
        (report,) = last_reports(connection, 5)
    assert (report["command"], report["status"]) == ("run", 143)
    assert report["newsrooms"][0]["reason"] == "shutdown"
    assert report["newsrooms"][0]["counts"]["requests"] >= 3


@pytest.mark.parametrize(
    ("silent", "number", "status", "arguments"),
    [
        ("/robots.txt", signal.SIGINT, 130, ["inspect", f"http://{HOST}/a/1"]),
        ("/", signal.SIGTERM, 143, ["newsroom", "new", f"http://{HOST}/", "--name", "drafted"]),
    ],
)
def test_what_asks_for_a_few_pages_ends_too(
    silent: str, number: signal.Signals, status: int, arguments: list[str], folder: Path
) -> None:
    with SilentSite(silent) as site:
        found = ended(folder, site, number, *arguments)
    assert (found.status, found.out) == (status, "")


# Blocks in a callback, where nothing that waits for the reactor gets a turn; says so on standard output.
BLOCKED = """
from newscrawler.project import use_project
use_project()
import threading
import spiders.newsroom_spider as place
def blocked(*args):
    print("blocked", flush=True)
    threading.Event().wait()
place.read_article = blocked
"""


def test_a_second_signal_ends_at_once(folder: Path) -> None:
    with SilentSite() as site, started(folder, site, "crawl", NAME, patch=BLOCKED) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "blocked\n"
        process.send_signal(signal.SIGINT)
        assert "once more" in process.stderr.readline()
        found, _ = ended_by(process, signal.SIGINT)
    assert found.status == -signal.SIGINT
    assert NO_OUTCOME in {reason for _, _, reason in states(folder)}


def test_what_does_not_end_in_time_is_ended(folder: Path) -> None:
    patch = BLOCKED + "import spiders.scrapy_process\nspiders.scrapy_process._LAST_RESORT_SECONDS = 0.05\n"
    with SilentSite() as site, started(folder, site, "crawl", NAME, patch=patch) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "blocked\n"
        found, seconds = ended_by(process, signal.SIGTERM)
    assert found.status == 143
    assert "the next run goes on" in found.err
    assert seconds < CLEARLY_NOT_WAITED_SECONDS
    assert _LAST_RESORT_SECONDS < PROMISED_SECONDS


def test_publishing_after_a_crawl_ends_on_a_signal_as_well(folder: Path) -> None:
    patch = """
from newscrawler.project import use_project
use_project()
import threading
import feeds.commands.publish as place
def blocked(*args, **kwargs):
    print("publishing", flush=True)
    threading.Event().wait()
place.publish_facets = blocked
"""
    with SilentSite() as site, started(folder, site, "run", NAME, patch=patch) as process:
        assert process.stdout is not None
        assert "publishing\n" in iter(process.stdout.readline, "")
        found, seconds = ended_by(process, signal.SIGTERM)
    assert found.status == 143
    assert seconds < CLEARLY_NOT_WAITED_SECONDS


# The time begins to run when the silent page is asked, so that a slow machine has come as far as a fast one.
TIME_FROM_THE_SILENT_PAGE = """
from newscrawler.project import use_project
use_project()
from spiders.fetching.handlers import LiveDownloadHandler
from spiders.scrapy_process import ScrapyProcess
asked_for = []
close_after, download_request = ScrapyProcess.close_after, LiveDownloadHandler.download_request
ScrapyProcess.close_after = lambda *arguments: asked_for.append(arguments)
async def download(self, request):
    if request.url.endswith("/a/2"):
        process, seconds, reason = asked_for.pop()
        assert seconds == 480
        close_after(process, 0.2, reason)
    return await download_request(self, request)
LiveDownloadHandler.download_request = download
"""


def test_when_the_time_is_up_a_run_publishes_and_owes_the_rest(folder: Path) -> None:
    with SilentSite("/a/2") as site:
        env = environment(site.address, hosts=[HOST])
        arguments = "run", NAME, "--max-time", "8m", "--json"
        found = command(*arguments, at=folder, env=env, patch=TIME_FROM_THE_SILENT_PAGE)
    assert (found.status, found.err) == (3, "")
    report = json.loads(found.out)
    (newsroom,) = report["newsrooms"]
    assert newsroom["reason"] == "the time was up"
    assert newsroom["counts"].keys() == {"sources", "requests", "new"}
    assert 0.2 <= report["seconds"] < 60
    assert report["publication"]["written"] > 0
    assert ("pending", 0, None) in states(folder)
    with SilentSite() as site:
        after = command("run", NAME, "--max-time", "10m", at=folder, env=environment(site.address, hosts=[HOST]))
    assert (after.status, after.err) == (0, "")
    assert states(folder) == {("done", 0, None)}
