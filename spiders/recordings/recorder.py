"""Recording a newsroom: a crawl into a throwaway store, its answers as WARC, and what a replay of these gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from newscrawler.commands.crawl_summary import CrawlSummary
from newscrawler.commands.output import Output
from newscrawler.config import Config
from newscrawler.errors import ExitStatus
from newscrawler.newsroom_files import read_newsroom
from spiders.crawl_opening import check_contact
from spiders.crawl_process import CrawlProcess, StartedCrawl
from spiders.recordings.expectation import Expectation
from spiders.recordings.observed_spider import Observations, observed_spider_class
from spiders.recordings.recording import PAGES, Recording, keep_recording
from spiders.recordings.replay import Replay, start_replay, throwaway
from spiders.recordings.scratch import scratch_folder


@dataclass(slots=True, kw_only=True)
class Recorded:
    """What recording a newsroom came to: the crawl, and the recording with its expectation, None where nothing was
    kept; `problem` says why then, or what the recording lacks. `status` is the exit status."""

    crawl: CrawlSummary
    recording: Recording | None = None
    expectation: Expectation | None = None
    problem: str | None = None
    status: int = ExitStatus.DONE


def record_newsroom(config: Config, output: Output, newsroom_file: Path, pages: int, saved: Path | None) -> Recorded:
    """Crawls at most `pages` article pages of the newsroom in the file, over the network or out of the saved pages at
    `saved`, and keeps what it saw in `recordings/NAME/DATE` beside newscrawler.toml, DATE being the day, in the
    newsroom's zone, on which the last page was fetched.

    Nothing else is written that outlives it, and nothing at all when it is interrupted or no page gives an article.
    What a killed process left behind is removed by the next that records the same newsroom. It uses this process's
    one run of Scrapy. Raises NewsroomError, ConfigError without a contact address where the network is to be asked, and
    RecordingError where nothing can be kept.
    """
    newsroom = read_newsroom(newsroom_file)
    if saved is None:
        check_contact(config)
    process = CrawlProcess(config)
    replays: list[Replay] = []
    with scratch_folder(f"newscrawler-record-{newsroom.name}-") as scratch:

        def replay(crawled: StartedCrawl) -> None:
            observed: Observations | None = getattr(crawled.spider, "observed", None)
            if process.interrupted or observed is None or observed.last_fetched is None:
                return
            # The seconds of a WARC are whole (WARC 1.1, section 5.4, as older readers know it).
            moment = observed.last_fetched.astimezone(newsroom.zone).replace(microsecond=0)
            store = scratch / "replay.db"
            label = f"{newsroom.name}, read again"
            replays.append(start_replay(process, config, label, newsroom_file, scratch / PAGES, moment, store))

        crawled = process.start(
            newsroom.name,
            partial(observed_spider_class, newsroom_file, scratch / PAGES),
            {"saved": saved and str(saved), "limit": pages},
            config=throwaway(config, scratch / "crawl.db"),
            then=replay,
        )
        process.run(output)
        if process.interrupted is not None:
            return Recorded(crawl=crawled.summary, problem="interrupted", status=process.interrupted)
        if not replays:
            problem = crawled.summary.problem or "no page was fetched"
            return Recorded(
                crawl=crawled.summary, problem=problem, status=crawled.summary.status or ExitStatus.NOTHING_DONE
            )
        return _kept(config, crawled.summary, replays[0], scratch / PAGES)


def _kept(config: Config, crawl: CrawlSummary, replay: Replay, pages: Path) -> Recorded:
    if replay.problem is not None:
        return Recorded(crawl=crawl, problem=replay.problem, status=replay.started.summary.status or ExitStatus.OWED)
    got = replay.result().got
    if not got.articles:
        problem = "no page gave an article"
        return Recorded(crawl=crawl, problem=problem, status=crawl.status or ExitStatus.NOTHING_DONE)
    recording = keep_recording(config.folder, got.newsroom, got.recorded_at.date(), pages, got)
    return Recorded(
        crawl=crawl,
        recording=recording,
        expectation=got,
        problem=crawl.problem if crawl.status else None,
        status=crawl.status,
    )
