"""Saved pages that somebody else made: what reading them opens on this machine."""

from __future__ import annotations

import gzip
import json
import os
import pickle
from pathlib import Path
from zipfile import ZipFile

from tests.end_to_end.commands import command, environment
from tests.end_to_end.small_site import article_page

URL = "https://newsroom.test/kk/news/"
OUTSIDE = ("../outside.html", "..\\outside.html", "/tmp/outside.html", "C:\\outside.html", "file:///tmp/outside.html")
# What the process opens while it reads the archive, and how.
NOTED = """
import json, sys
noted = open(sys.argv[0] + ".jsonl", "a", buffering=1)
def note(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path = arguments[0].decode() if isinstance(arguments[0], bytes) else arguments[0]
        noted.write(json.dumps([event, path, arguments[2]]) + "\\n")
    elif event in ("pickle.find_class", "os.mkdir", "os.rename", "os.symlink", "shutil.move", "subprocess.Popen"):
        noted.write(json.dumps([event, str(arguments[0]), 0]) + "\\n")
sys.addaudithook(note)
"""


class Harm:
    """What a pickle may hold: a call."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("harmed",)


def har(names: tuple[str, ...]) -> str:
    """A HAR whose bodies are said to lie in files of these names."""
    entries = [
        {
            "startedDateTime": "2024-05-14T10:00:00Z",
            "request": {"method": "GET", "url": f"{URL}{number}"},
            "response": {"status": 200, "headers": [], "content": {"mimeType": "text/html", "_file": name}},
        }
        for number, name in enumerate(names)
    ]
    return json.dumps({"log": {"version": "1.2", "entries": entries}})


def test_reading_an_archive_opens_nothing_outside_and_writes_nothing(tmp_path: Path) -> None:
    folder, outside = tmp_path / "work" / "saved", tmp_path / "work" / "outside.html"
    folder.mkdir(parents=True)
    page = str(article_page("1").body)
    outside.write_text(page)
    (folder / "page.html").write_text(page.replace("<head>", f'<head><link rel="canonical" href="{URL}1">'))
    (folder / "attached.har").write_text(har(OUTSIDE))
    (folder / "link.html").symlink_to(outside)
    (folder / "folder").symlink_to(outside.parent, target_is_directory=True)
    for name, content in (("traces.zip", har(OUTSIDE)), ("pages.wacz", "")):
        with ZipFile(folder / name, "w") as zipped:
            for member in (*OUTSIDE, "../../up.warc", "/abs.warc.gz"):
                zipped.writestr(member, page)
            zipped.writestr("trace.har", content)
    cache = folder / "cache"
    cache.mkdir()
    (cache / "pickled_meta").write_bytes(pickle.dumps(Harm()))
    (cache / "response_data").write_bytes(pickle.dumps(Harm()))
    (cache / "meta").write_text(repr({"url": f"{URL}2", "status": 200, "timestamp": 1715670000.0}))
    (cache / "response_body").write_bytes(gzip.compress(page.encode()))
    (cache / "response_headers").write_bytes(b"Content-Type: text/html")

    ended = command("inspect", "saved", "--url", f"{URL}1", at=tmp_path / "work", env=environment(), patch=NOTED)
    assert ended.status == 0, ended.err
    lines = (tmp_path / "work" / "newscrawler.jsonl").read_text().splitlines()
    noted = [json.loads(line) for line in lines]
    assert any(Path(path).name == "page.html" for event, path, _ in noted if event == "open")
    assert not [path for event, path, _ in noted if "outside" in path or path.startswith("C:")]
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT
    written = [path for event, path, flags in noted if event != "open" or flags & writing]
    assert [path for path in written if not path.startswith(("/dev/", "/proc/"))] == []
    assert sorted(entry.name for entry in (tmp_path / "work").iterdir()) == [
        "newscrawler.jsonl",
        "outside.html",
        "saved",
    ]
