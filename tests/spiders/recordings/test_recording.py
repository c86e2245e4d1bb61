"""Recordings as folders: found by newsroom and day, kept whole or not at all."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from spiders.recordings.expectation import Expectation, RecordingError
from spiders.recordings.recording import Recording, find_recordings, keep_recording

DAY = date(2024, 5, 14)
MOMENT = datetime.fromisoformat("2024-05-14T18:00:00+05:00")


@pytest.fixture
def expectation() -> Expectation:
    return Expectation(
        newsroom="small", recorded_at=MOMENT, articles=[{"url": "https://small.test/1", "headline": "Көпір"}]
    )


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(b"warc")
    return file


def test_recordings_of_one_day_stand_side_by_side(tmp_path: Path, pages: Path, expectation: Expectation) -> None:
    for _ in range(11):
        kept = keep_recording(tmp_path, "small", DAY, pages, expectation)
    keep_recording(tmp_path, "small", date(2023, 1, 2), pages, expectation)
    assert kept.folder == tmp_path / "recordings" / "small" / "2024-05-14-11"
    assert sorted(file.name for file in kept.folder.iterdir()) == ["articles.json", "pages.warc.gz"]
    assert kept.pages.read_bytes() == b"warc"
    assert kept.expectation() == expectation
    (name, found), *others = find_recordings(tmp_path).items()
    assert (name, others) == ("small", [])
    numbered = ["2024-05-14", *(f"2024-05-14-{number}" for number in range(2, 12))]
    assert [recording.folder.name for recording in found] == ["2023-01-02", *numbered]


def test_where_nothing_was_recorded_nothing_is_found(tmp_path: Path) -> None:
    assert find_recordings(tmp_path) == {}
    (tmp_path / "recordings" / "small" / ".unfinished-x").mkdir(parents=True)
    (tmp_path / "recordings" / "README").touch()
    assert find_recordings(tmp_path) == {}


def test_a_recording_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, pages: Path, expectation: Expectation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(RecordingError, match="No space left"):
        keep_recording(tmp_path, "small", DAY, pages, expectation)
    assert not (tmp_path / "recordings").exists()


def test_an_expectation_is_replaced_whole_or_not_at_all(
    tmp_path: Path, pages: Path, expectation: Expectation, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = keep_recording(tmp_path, "small", DAY, pages, expectation)
    other = Expectation(newsroom="small", recorded_at=MOMENT)
    recording.expect(other)
    assert recording.expectation() == other

    def refused(*_: object) -> None:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(RecordingError, match="Permission denied"):
        recording.expect(expectation)
    assert Recording("small", recording.folder).expectation() == other
