"""The day-1 site as a folder of saved pages, as a person with SingleFile leaves them.

python -m tests.newsroom.save examples/newsroom.test
"""

import argparse
import re
from pathlib import Path
from typing import Final

from .clock import CLOCK
from .edition import edition
from .home import HOMES
from .listings import KK_LIST, RU_LIST, kk_items, page_count, ru_items
from .site import build_site
from .traps import EMPTY, SOFT_404, absolute, post_path

_NOW: Final = CLOCK[1]
_SAVED: Final = f"{_NOW:%a %b %d %Y %H:%M:%S} GMT+0500 (Kazakhstan Time)"
_STAMP: Final = f"({_NOW:%d.%m.%Y %H_%M_%S})"
_LONGEST: Final = 70
_HTML_TAG = re.compile(r"<html\b[^>]*>")
_LIST_NAMES: Final = {KK_LIST: "Zhanalyqtar", RU_LIST: "Novosti", "/": "Basty bet", "/ru/": "Glavnaya"}


def saved_pages() -> dict[str, bytes]:
    """File name to content: articles, their duplicates, the empty and the soft 404 page, homes and lists of day 1."""
    site = build_site(1)
    files: dict[str, bytes] = {}
    taken: set[str] = set()
    for target, title in _targets():
        answer = site.answer(target)
        if answer.status != 200:
            raise ValueError(f"{target} answers {answer.status}: nobody saves that")
        name = _free_name(title, taken)
        # A browser saves its DOM: UTF-8, under a meta element that still tells of the bytes it came in.
        charset = "cp1251" if b"charset=windows-1251" in answer.body[:1000] else "utf-8"
        files[name] = _marked(answer.body.decode(charset), absolute(target)).encode()
    return files


def save(folder: Path) -> int:
    """Write the saved pages into the folder, remove saved pages that are no longer among them, and count them."""
    files = saved_pages()
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob("*.html"):
        if stale.name not in files:
            stale.unlink()
    for name, body in files.items():
        (folder / name).write_bytes(body)
    return len(files)


def _targets() -> list[tuple[str, str]]:
    """Address and title of every page that gets saved, in the order of saving."""
    snapshot = edition(1)
    lists = [(home, _LIST_NAMES[home]) for home in HOMES.values()]
    for path, items in ((KK_LIST, kk_items(snapshot)), (RU_LIST, ru_items(snapshot))):
        lists += [
            (f"{path}?page={number}", f"{_LIST_NAMES[path]} {number}") for number in range(1, page_count(items) + 1)
        ]
    articles = [
        (version.path, _title(version.slug) + ("" if version.script == "Cyrl" else f" {version.script}"))
        for version in sorted(snapshot.articles, key=lambda version: version.id)
    ]
    hospital, law = snapshot.find("abai-hospital", "kk"), snapshot.find("parliament-law", "ru")
    school, metro = snapshot.find("shymkent-school", "kk"), snapshot.find("almaty-metro", "ru")
    again = [
        (f"{hospital.path}?utm_source=tg", _title(hospital.slug)),
        (f"{law.path}?utm_source=tg&utm_medium=social", _title(law.slug)),
        (post_path(school), _title(school.slug)),
        (post_path(metro), _title(metro.slug)),
        (EMPTY.path, _title(EMPTY.slug)),
        (SOFT_404, "Basty bet"),
    ]
    return lists + articles + again


def _title(slug: str) -> str:
    words = slug.replace("-", " ").capitalize()
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0]


def _free_name(title: str, taken: set[str]) -> str:
    """The title with the time of saving; a browser numbers a name it has already given."""
    name, number = f"{title} {_STAMP}.html", 0
    while name.lower() in taken:
        number += 1
        name = f"{title} {_STAMP} ({number}).html"
    taken.add(name.lower())
    return name


def _marked(text: str, url: str) -> str:
    comment = f"<!--\n Page saved with SingleFile \n url: {url} \n saved date: {_SAVED}\n-->"
    return _HTML_TAG.sub(lambda tag: tag.group() + comment, text, count=1)


def main() -> None:
    """Write the folder and say what was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    print(f"{save(folder)} pages in {folder}")


if __name__ == "__main__":
    main()
