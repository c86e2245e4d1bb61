"""Checking recordings: all of them replayed in one process, and each compared with what is expected of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from newscrawler.commands.output import Output
from newscrawler.config import Config
from newscrawler.errors import NewscrawlerError
from newscrawler.newsroom_files import read_newsroom
from spiders.crawl_process import CrawlProcess
from spiders.recordings.checked import Checked, CheckedNewsroom, CheckedRecording
from spiders.recordings.differences import differences
from spiders.recordings.doubts import age_doubt, doubts
from spiders.recordings.expectation import Expectation
from spiders.recordings.recording import Recording
from spiders.recordings.replay import Replay, Replayed, start_replay
from spiders.recordings.scratch import scratch_folder
from spiders.recordings.selector_matches import PageMatches, unmatched_selectors


def check_recordings(
    config: Config, output: Output, files: Mapping[str, Path], recordings: Mapping[str, Sequence[Recording]]
) -> Checked:
    """Replays all `recordings`, by newsroom, as the newsroom `files` of the same names read them now.

    Nothing is written that outlives it. It uses this process's one run of Scrapy.
    """
    process = CrawlProcess(config)
    newsrooms = [CheckedNewsroom(newsroom=name) for name in recordings]
    with scratch_folder("newscrawler-check-") as folder:
        replays = [
            _start(process, config, checked, files.get(checked.newsroom), recordings[checked.newsroom], folder)
            for checked in newsrooms
        ]
        if process.started:
            process.run(output)
        if process.interrupted is None:
            for checked, some in zip(newsrooms, replays, strict=True):
                _compare(checked, some, config.clock())
    return Checked(newsrooms=newsrooms, interrupted=process.interrupted)


def _start(
    process: CrawlProcess,
    config: Config,
    newsroom: CheckedNewsroom,
    file: Path | None,
    recordings: Sequence[Recording],
    folder: Path,
) -> list[tuple[CheckedRecording, Replay]]:
    """Starts the replays of one newsroom; what cannot be replayed has its problem from here on."""
    newsroom.recordings = [CheckedRecording(recording=recording) for recording in recordings]
    if file is None:
        newsroom.problem = f"no newsroom is called {newsroom.newsroom!r}, but there are recordings of it"
        return []
    try:
        read_newsroom(file)
    except NewscrawlerError as error:
        newsroom.problem = str(error)
        return []
    replays: list[tuple[CheckedRecording, Replay]] = []
    for checked in newsroom.recordings:
        recording = checked.recording
        try:
            checked.expected = recording.expectation()
        except NewscrawlerError as error:
            checked.problem = str(error)
            continue
        store = folder / f"{recording.newsroom}-{recording.folder.name}.db"
        moment = checked.expected.recorded_at
        replays.append((checked, start_replay(process, config, recording.label, file, recording.pages, moment, store)))
    return replays


def _compare(newsroom: CheckedNewsroom, replays: Sequence[tuple[CheckedRecording, Replay]], now: datetime) -> None:
    matches: list[PageMatches] = []
    articles: set[str] = set()
    for checked, replay in replays:
        checked.problem = replay.problem
        if checked.problem is not None or checked.expected is None:
            continue
        replayed = replay.result()
        checked.got = replayed.got
        _compare_one(checked, replayed, checked.expected)
        matches += replayed.matches
        articles |= {article["url"] for article in [*checked.expected.articles, *replayed.got.articles]}
    newsroom.unmatched = unmatched_selectors(matches, articles)
    newest = newsroom.recordings[-1] if newsroom.recordings else None
    if newest is not None and newest.expected is not None:
        # Older ones are kept on purpose, for the pages that the site still has of their layout.
        doubt = age_doubt(newest.expected.recorded_at, now)
        newest.doubts += [doubt] if doubt is not None else []


def _compare_one(checked: CheckedRecording, replayed: Replayed, expected: Expectation) -> None:
    checked.differences = differences(expected, replayed.got, replayed.why_missing)
    checked.not_saved = sorted(set(replayed.got.not_saved) - set(expected.not_saved))
    checked.doubts = doubts(expected, replayed.newsroom)
