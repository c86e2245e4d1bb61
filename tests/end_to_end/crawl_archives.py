"""The fixture newsroom crawled over several archives of saved pages in one process, a store for each.

python -m tests.end_to_end.crawl_archives NAME=PATH...
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from newscrawler.article import Article
from newscrawler.commands.output import Output
from newscrawler.config import load_config
from newscrawler.project import use_project
from newscrawler.store import open_store
from newscrawler.store.articles import iterate_articles


@dataclass(slots=True, frozen=True)
class CrawledArchive:
    """What a crawl over an archive came to: what was counted, why it failed, what the archive holds, the articles."""

    counts: dict[str, int]
    problem: str | None
    saved: dict[str, Any]
    articles: list[Article]


def crawl_archives(archives: Mapping[str, Path], at: Path, env: Mapping[str, str]) -> dict[str, CrawledArchive]:
    """Crawls newsroom_test over each archive into a store of its own in the folder `at`."""
    ended = subprocess.run(
        [sys.executable, "-m", __name__, *(f"{name}={path.resolve()}" for name, path in archives.items())],
        cwd=at,
        env=dict(env),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (ended.returncode, ended.stderr) == (0, ""), ended
    told = json.loads(ended.stdout)
    return {name: CrawledArchive(**told[name], articles=_articles(at / f"{name}.db")) for name in archives}


def _articles(store: Path) -> list[Article]:
    with open_store(f"sqlite:///{store}", create=False) as opened, opened.read() as connection:
        return list(iterate_articles(connection))


def main() -> None:
    """Crawls, and prints a JSON object with a summary for each name."""
    use_project()
    from spiders.crawl_process import CrawlProcess
    from spiders.loader import spider_class

    config, output = load_config(), Output()
    process = CrawlProcess(config)
    spider = partial(spider_class, config.newsroom_files()["newsroom_test"])
    for argument in sys.argv[1:]:
        name, _, path = argument.partition("=")
        process.start(name, spider, {"saved": path}, config=load_config(overrides={"store": f"{name}.db"}))
    process.run(output)
    told = {}
    for crawl in process.started:
        summary, saved = crawl.summary, crawl.spider.crawl.saved.summary()
        told[summary.newsroom] = {"counts": summary.counts, "problem": summary.problem, "saved": saved}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
