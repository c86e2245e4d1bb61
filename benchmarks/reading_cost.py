"""What a page costs a reader, against building the page's tree and nothing else."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean, median

from benchmarks.extractors import Extractor


@dataclass(slots=True, frozen=True)
class Cost:
    """How many times parse-only a reader costs: median and mean over pages; and the median in milliseconds."""

    median: float
    mean: float
    milliseconds: float


def page_costs(
    pages: Sequence[tuple[bytes, str]], readers: Sequence[Extractor], rounds: int, tell: Callable[[str], None]
) -> list[dict[str, float]]:
    """For each page, the seconds that each reader takes for it, by its name: the best of `rounds`.

    In every round every reader has its turn on the page, so that what else the machine does hits all of them alike.
    """
    costs: list[dict[str, float]] = []
    for place, (html, url) in enumerate(pages, 1):
        tell(f"timing page {place} of {len(pages)}")
        best: dict[str, float] = {}
        for reader in readers:
            reader.extract(html, url)
        for _ in range(rounds):
            for reader in readers:
                taken = _seconds(reader, html, url)
                best[reader.name] = min(best.get(reader.name, taken), taken)
        costs.append(best)
    return costs


def cost_of(name: str, base: str, costs: Sequence[dict[str, float]]) -> Cost:
    """The cost of the reader `name` against that of the reader `base`, over the pages of `costs`."""
    ratios = [page[name] / page[base] for page in costs]
    return Cost(median(ratios), mean(ratios), median(page[name] for page in costs) * 1000)


def _seconds(reader: Extractor, html: bytes, url: str) -> float:
    gc.collect(0)
    begin = time.perf_counter()
    reader.extract(html, url)
    return time.perf_counter() - begin
