from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from benchmarks.extraction import main
from benchmarks.sample_pages import Half, read_sample_pages
from newscrawler.errors import ExitStatus
from tests.spiders.pages.page_samples import PARAGRAPHS, body, page_html


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Four pages whose truth has a paragraph that they have not."""
    (tmp_path / "extraction/html").mkdir(parents=True)
    truths = {}
    for number in range(4):
        name = f"page{number}"
        page = page_html(f"<div class='article__body'>{body()}</div>").encode()
        (tmp_path / f"extraction/html/{name}.html.gz").write_bytes(gzip.compress(page))
        truth = "\n".join([*PARAGRAPHS, "Тағы бір сөйлем бар еді."])
        truths[name] = {"url": f"https://x.test/news/{number}-kopir", "articleBody": truth}
    (tmp_path / "extraction/ground-truth.json").write_text(json.dumps(truths), encoding="utf-8")
    return tmp_path


def _names(data: Path, half: Half) -> list[str]:
    return [page.name for page in read_sample_pages(data / "extraction") if page.half is half]


def test_pages_are_split_by_the_hash_of_their_names(data: Path) -> None:
    names = [f"page{number}" for number in range(4)]
    ordered = sorted(names, key=lambda name: hashlib.sha256(f"{name}.html.gz".encode()).hexdigest())
    assert (_names(data, Half.OPEN), _names(data, Half.CLOSED)) == (ordered[:2], ordered[2:])


def test_only_pages_of_the_open_half_are_shown(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(data), "--show", _names(data, Half.OPEN)[0]]) == ExitStatus.DONE
    assert "-Тағы бір сөйлем бар еді." in capsys.readouterr().out
    assert main(["--data", str(data), "--show", _names(data, Half.CLOSED)[0]]) == ExitStatus.USAGE
    shown = capsys.readouterr()
    assert "is not shown" in shown.err
    assert shown.out == ""


def test_figures_of_both_halves_for_people_and_programs(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"
    arguments = ["--data", str(data), "--only", "quality", "--ours", "--json", str(file)]
    assert main(arguments) == ExitStatus.DONE
    assert "exact bodies 0.00 (0 of 4)" in capsys.readouterr().out
    figures = json.loads(file.read_text(encoding="utf-8"))
    assert [row["pages"] for row in figures["quality"]] == [2, 2, 4]
    assert all(row["precision"] == 1.0 for row in figures["quality"])


def test_a_folder_without_pages_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path)]) == ExitStatus.USAGE
    assert len(capsys.readouterr().err.splitlines()) == 1
