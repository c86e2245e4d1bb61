"""ScrapyProcess: Scrapy's process with our settings, which remembers the signal that asked it to stop."""

from __future__ import annotations

import signal
from typing import Any

from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

from newscrawler.config import Config
from newscrawler.errors import ExitStatus

_SIGNAL_STATUS = {signal.SIGINT: ExitStatus.INTERRUPTED, signal.SIGTERM: ExitStatus.TERMINATED}


class ScrapyProcess(CrawlerProcess):
    """`received` is the exit status that the first signal asks for, None where there was none."""

    received: int | None = None

    def _signal_shutdown(self, signum: int, _: Any) -> None:
        self.received = self.received or _SIGNAL_STATUS.get(signal.Signals(signum), ExitStatus.TERMINATED)
        super()._signal_shutdown(signum, _)


def project_settings(config: Config) -> Settings:
    """Scrapy's settings for a process of ours, under the operator's `config`."""
    settings = Settings()
    settings.setmodule("newscrawler.settings", priority="project")
    settings.set("NEWSCRAWLER", config, priority="cmdline")
    settings.set("NEWSCRAWLER_ALLOW_ADDRESSES", list(config.allow_addresses), priority="cmdline")
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    return settings
