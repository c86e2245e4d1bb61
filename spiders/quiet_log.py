"""QuietLogFormatter: one line where Scrapy writes a whole article."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from newscrawler.errors import StoreError

_DROPPED = "%(newsroom)s: %(url)s: not kept: %(reason)s"
_FAILED = "%(newsroom)s: %(url)s: a pipeline step failed: %(reason)s"


class QuietLogFormatter(LogFormatter):
    """LOG_FORMATTER: refused articles at INFO, failed ones at ERROR, kept ones not at all; never the article itself."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> Any:
        """Nothing: the store keeps the article."""
        return None

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """The address and the reason."""
        return {"level": logging.INFO, "msg": _DROPPED, "args": _arguments(exception, response, spider)}

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """The address and the failure."""
        # A store that fails is said once, by the ledger, and not for each page that is under way.
        level = logging.DEBUG if isinstance(exception, StoreError) else logging.ERROR
        return {"level": level, "msg": _FAILED, "args": _arguments(exception, response, spider)}


def _arguments(exception: BaseException, response: Response | Failure | None, spider: Spider) -> dict[str, Any]:
    return {"newsroom": spider.name, "url": getattr(response, "url", "?"), "reason": exception}
