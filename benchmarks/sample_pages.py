"""The pages of the article extraction benchmark, in two halves: one to develop on, one that nobody looks at."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from benchmarks.errors import BenchmarkError

_ENDING = ".html.gz"


class Half(StrEnum):
    """Which half a page is in: pages of the open one may be looked at, of the closed one only sums are shown."""

    OPEN = "open half"
    CLOSED = "closed half"


@dataclass(slots=True, frozen=True)
class SamplePage:
    """A page as it was received, and the text of its article."""

    name: str
    url: str
    html: bytes
    truth: str
    half: Half


def read_sample_pages(folder: Path) -> list[SamplePage]:
    """The pages in `folder/html` (`NAME.html.gz`) with their truths in `folder/ground-truth.json`.

    In the order of the SHA-256 of their file names; the first half of them is the open one. Raises BenchmarkError.
    """
    try:
        truths = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
        files = sorted((folder / "html").glob(f"*{_ENDING}"), key=lambda file: _digest(file.name))
        return [
            _read(file, truths, Half.OPEN if place < len(files) // 2 else Half.CLOSED)
            for place, file in enumerate(files)
        ]
    except (OSError, ValueError, KeyError) as cause:
        raise BenchmarkError(
            f"{folder} does not hold ground-truth.json and html/*{_ENDING}",
            remedy="Give the folder above it with --data",
            cause=cause,
        ) from cause


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _read(file: Path, truths: dict[str, dict[str, str]], half: Half) -> SamplePage:
    name = file.name.removesuffix(_ENDING)
    truth = truths[name]
    return SamplePage(name, truth["url"], gzip.decompress(file.read_bytes()), truth["articleBody"], half)
