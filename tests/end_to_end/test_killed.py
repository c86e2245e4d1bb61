"""A crawl that is killed at its three worst moments; the next run ends with the same articles."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawler.article import Article
from tests.end_to_end.against_truth import differences
from tests.end_to_end.commands import command, environment
from tests.newsroom.server import NewsroomServer
from tests.newsroom.truth import truth

KILLED = -9
# Each kills the process from inside, at the third time the moment comes.
MOMENTS = {
    "before a source's addresses are committed": """
import spiders.fetching.frontier as place
inner = place.sources.update_source
def wrapped(*args, **kwargs):
    strike()
    return inner(*args, **kwargs)
place.sources.update_source = wrapped
""",
    "in a page's callback": """
import spiders.newsroom_spider as place
inner = place.read_article
def wrapped(*args, **kwargs):
    strike()
    return inner(*args, **kwargs)
place.read_article = wrapped
""",
    "inside an article's transaction": """
import pipelines.store as place
inner = place.mark_done
def wrapped(*args, **kwargs):
    strike()
    return inner(*args, **kwargs)
place.mark_done = wrapped
""",
}
PROGRAM = """
import os, signal, sys
from newscrawler.project import use_project
use_project()
struck = 0
def strike():
    global struck
    struck += 1
    if struck == {at}:
        os.kill(os.getpid(), signal.SIGKILL)
{patch}
sys.argv = ["newscrawler", "crawl", "newsroom_test"]
from newscrawler.cli import main
main()
"""


@pytest.mark.parametrize("at", [1, 3, 9])
@pytest.mark.parametrize("moment", list(MOMENTS))
def test_the_next_run_ends_with_the_same_articles(
    moment: str,
    at: int,
    tmp_path: Path,
    newsroom_server: NewsroomServer,
    stored: Callable[[Path], list[Article]],
) -> None:
    env = environment(newsroom_server.address)
    program = PROGRAM.format(at=at, patch=MOMENTS[moment])
    killed = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=env, capture_output=True, timeout=60)
    assert killed.returncode == KILLED, killed.stderr
    fetched_before = _pages(newsroom_server)
    ended = command("crawl", "newsroom_test", at=tmp_path, env=env)
    assert (ended.status, ended.err) == (0, ""), ended
    assert differences(stored(tmp_path), truth(1)) == []
    fetched = _pages(newsroom_server)
    twice = {target for target in fetched if fetched.count(target) > 1 and fetched_before.count(target) == 1}
    assert len(twice) <= 3


def _pages(server: NewsroomServer) -> list[str]:
    return [request.target for request in server.requests if "/news/" in request.target and "-" in request.target]
