"""The settings that a crawl sets over newscrawler/settings.py: of a live one, and of one over saved pages."""

from __future__ import annotations

from typing import Any

from newscrawler import __version__
from newscrawler.config import Config
from newscrawler.newsroom import Newsroom


def live_settings(config: Config, newsroom: Newsroom) -> dict[str, Any]:
    """Politeness and limits as the operator and the newsroom file want them."""
    return {
        "DOWNLOAD_DELAY": newsroom.delay * config.delay_scale,
        "DOWNLOAD_TIMEOUT": config.page_seconds,
        "DOWNLOAD_MAXSIZE": config.max_page_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "CONCURRENT_REQUESTS": len(newsroom.hosts) + 1,
        "USER_AGENT": f"newscrawler/{__version__} (news aggregator; contact: {config.contact})",
        "NEWSCRAWLER_ALLOW_ADDRESSES": list(config.allow_addresses),
    }


def saved_settings() -> dict[str, Any]:
    """No delay, no retry, no robots.txt, and a handler that never asks the network."""
    handler = "spiders.fetching.handlers.SavedDownloadHandler"
    refused = dict.fromkeys(("file", "ftp", "s3", "data"))
    return {
        "DOWNLOAD_DELAY": 0,
        "RETRY_ENABLED": False,
        "DOWNLOAD_HANDLERS": {**refused, "http": handler, "https": handler},
        "CONCURRENT_REQUESTS": 2,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
        "DOWNLOAD_MAXSIZE": 0,
        "DOWNLOAD_WARNSIZE": 0,
    }
