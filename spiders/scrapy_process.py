"""ScrapyProcess: Scrapy's process with our settings, which ends when it is told to, whatever a site does."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.asyncio import call_later
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.ossignal import install_shutdown_handlers
from twisted.internet.defer import Deferred

from newscrawler.config import Config
from newscrawler.errors import ExitStatus
from spiders.fetching.cut_off import cut_off_downloads

_SIGNAL_STATUS = {signal.SIGINT: ExitStatus.INTERRUPTED, signal.SIGTERM: ExitStatus.TERMINATED}
# The promise is five seconds from the signal to the end of the process.
_LAST_RESORT_SECONDS = 4.5
_STARTING_SECONDS = 0.1
_SHOW_CURSOR = b"\x1b[?25h"


class ScrapyProcess(CrawlerProcess):
    """`received` is the exit status that the first signal asks for, None where there was none.

    The first SIGINT or SIGTERM ends the crawls and cuts off what they download; what is not asked then is due in the
    next run. A second one ends the process at once, and so does the time when ending takes longer than a few seconds
    (a name server that does not answer): the store is made for that.
    """

    received: ExitStatus | None = None

    def start(self, stop_after_crawl: bool = True, install_signal_handlers: bool = True) -> None:
        """Runs the crawls to their end. The handlers of signals are then those of before, which Scrapy would not do."""
        handlers = {number: signal.getsignal(number) for number in _SIGNAL_STATUS}
        try:
            super().start(stop_after_crawl, install_signal_handlers)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            for number, handler in handlers.items():
                if handler is not None:
                    signal.signal(number, handler)

    def stop(self) -> Deferred[Any]:
        """Ends every crawl, with what it downloads cut off."""
        stopping = super().stop()
        for crawler in tuple(self.crawlers):
            cut_off_downloads(crawler)
        return stopping

    def close_after(self, seconds: float, reason: str) -> None:
        """Ends every crawl for `reason` so many seconds after `start`, with what it downloads cut off."""
        from twisted.internet import reactor

        reactor.callWhenRunning(call_later, seconds, self._close_all, reason)

    def _close_all(self, reason: str) -> None:
        for crawler in tuple(self.crawlers):
            engine: Any = crawler.engine
            if engine is not None and engine.spider is not None:
                deferred_from_coro(engine.close_spider_async(reason=reason))
                cut_off_downloads(crawler)
        if self.crawlers:
            # One that was only about to open its spider.
            call_later(_STARTING_SECONDS, self._close_all, reason)

    def _signal_shutdown(self, signum: int, _: Any) -> None:
        self.received = _SIGNAL_STATUS.get(signal.Signals(signum), ExitStatus.TERMINATED)
        super()._signal_shutdown(signum, _)
        # Not Scrapy's second handler, which would wait for callbacks and threads: the kernel's.
        install_shutdown_handlers(signal.SIG_DFL)
        signal.signal(signal.SIGALRM, self._end_now)
        signal.setitimer(signal.ITIMER_REAL, _LAST_RESORT_SECONDS)
        # Straight to the terminal: what this handler interrupted may be writing to the same stream.
        if sys.stdout is not None and sys.stdout.isatty():
            os.write(sys.stdout.fileno(), _SHOW_CURSOR)
        _say("interrupted: ending; once more ends it at once")

    def _end_now(self, *_: Any) -> None:
        _say("ended without a summary, as something did not end in time; the next run goes on")
        os._exit(self.received or ExitStatus.TERMINATED)


def project_settings(config: Config) -> Settings:
    """Scrapy's settings for a process of ours, under the operator's `config`."""
    settings = Settings()
    settings.setmodule("newscrawler.settings", priority="project")
    settings.set("NEWSCRAWLER", config, priority="cmdline")
    settings.set("NEWSCRAWLER_ALLOW_ADDRESSES", list(config.allow_addresses), priority="cmdline")
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    return settings


def _say(text: str) -> None:
    if sys.stderr is not None:
        os.write(sys.stderr.fileno(), f"newscrawler: {text}\n".encode())
