"""The hostile newsroom itself: independent of what it judges, and each fault with something of its own."""

from __future__ import annotations

import ast
import os
import signal
import sys
import zlib
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from tests.hostile_newsroom.articles import PAIRS, all_written
from tests.hostile_newsroom.bombs import brotli_bomb, gzip_bomb
from tests.hostile_newsroom.fault import Fault
from tests.hostile_newsroom.faults import FAULTS
from tests.hostile_newsroom.measured_run import measured
from tests.hostile_newsroom.site import HostileSite

ROOMS = {"newscrawler", "spiders", "pipelines", "feeds"}


def test_nothing_in_it_imports_what_it_judges() -> None:
    files = [file for file in Path(__file__).parent.glob("*.py") if not file.name.startswith("test_")]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    assert len(files) > 5
    assert not {name.partition(".")[0] for name in names} & ROOMS


def test_no_two_articles_share_a_headline_or_a_paragraph() -> None:
    articles = all_written()
    paragraphs = [text for article in articles for text in article.paragraphs]
    assert len(articles) == len({article.headline for article in articles}) == 2 * PAIRS
    assert len(set(paragraphs)) == len(paragraphs)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_every_fault_has_something_of_its_own_and_says_what_it_does(fault: Fault) -> None:
    with HostileSite([fault]) as site:
        assert set(site.owners.values()) == {fault.name} or site.gate is not None
    assert fault.what.endswith(".")
    # What is owed for long is owed after every run; all else is well in the end.
    assert not fault.owed[-1] or all(fault.owed)


def test_bombs_unpack_to_a_gigabyte() -> None:
    packed = gzip_bomb(b"begins")
    assert int.from_bytes(packed[-4:], "little") == 6 + (1 << 30)
    assert zlib.decompressobj(31).decompress(packed, 100)[:6] == b"begins"
    assert brotli.Decompressor().process(brotli_bomb(b"begins"), output_buffer_limit=8)[:6] == b"begins"
    assert len(packed) < 2_000_000


def test_the_memory_of_a_process_is_its_own(tmp_path: Path) -> None:
    # More than the command takes is held here: it must not be counted as the command's.
    held = bytearray(300_000_000)
    for size, least, most in ((0, 1, 100), (150, 150, 290)):
        code = f"held = b'1' * {size}_000_000"
        run = measured([sys.executable, "-c", code], tmp_path, os.environ, 60)
        assert run.status == 0
        assert least < run.peak / 1e6 < most
    assert len(held) == 300_000_000


def test_a_process_is_killed_in_time_and_told_so(tmp_path: Path) -> None:
    code = "import threading; print('begun', flush=True); threading.Event().wait()"
    run = measured([sys.executable, "-c", code], tmp_path, os.environ, 1)
    assert (run.status, run.said) == (-signal.SIGKILL, "begun\n")
    assert run.peak > 1_000_000
