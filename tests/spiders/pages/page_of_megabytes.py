"""Pages of four megabytes, hostile in one way each, and a process that reads them all under hard limits."""

from __future__ import annotations

import random
import resource
from collections.abc import Callable

from scrapy.http import HtmlResponse

from newscrawler.errors import PageError
from spiders.pages import read_article
from tests.spiders.pages.page_samples import NOW, URL, body, page_html

_SIZE = 4_000_000
_MEMORY = 1_500_000_000
_SECONDS = 60
_SCRIPT = '<script type="application/ld+json">'


def _fill(piece: str) -> str:
    return piece * (_SIZE // len(piece.encode()))


KINDS: dict[str, Callable[[], str | bytes]] = {
    "open_divs": lambda: page_html(body() + _fill("<div>")),
    "closed_divs": lambda: page_html(body() + _fill("</div>")),
    "references": lambda: page_html(_fill("&amp;&#1;&nosuch;") + body()),
    "class": lambda: page_html(f"<div class='{_fill('a-b ')}'>{body()}</div>"),
    "link": lambda: page_html(body() + f"<p>Сөз <a href='/{_fill('x%')}'>сөз</a> сөз</p>"),
    "title": lambda: page_html(body(), headline=_fill("сөз | ")),
    "zeros": lambda: b"\0" * _SIZE + page_html(body()).encode(),
    "bytes": lambda: page_html(body()).encode() + random.Random(1).randbytes(_SIZE),
    "text": lambda: page_html(f"<p>{_fill('x')}</p>"),
    "sentences": lambda: page_html(f"<div>{_fill('Бұл сөйлем жиырма бес таңбадан ұзын болуы керек. ')}</div>"),
    "json_ld": lambda: page_html(body(), head=_fill(_SCRIPT + '{"@type": "NewsArticle", "headline": "x"}</script>')),
    "broken_json_ld": lambda: page_html(body(), head=_fill(_SCRIPT + '{"@type": "NewsArticle", "a": "b"c"}</script>')),
    "json_ld_of_commas": lambda: page_html(body(), head=_SCRIPT + '{"a": 1' + "," * _SIZE + "</script>"),
    "json_ld_of_brackets": lambda: page_html(body(), head=_SCRIPT + "[" * _SIZE + "</script>"),
    "wrong_charset": lambda: page_html(_fill("<p>Мост открыт, движение возобновлено.</p>")).encode("cp1251", "replace"),
}


def main() -> None:
    """Reads the page of every kind and prints the kind's name."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    for name, page in KINDS.items():
        html = page()
        answer = HtmlResponse(
            URL,
            body=html if isinstance(html, bytes) else html.encode(),
            headers={"Content-Type": "text/html; charset=utf-8"},
        )
        try:
            found = read_article(answer, None, NOW)
        except PageError:
            pass
        else:
            assert found.headline
        print(name, flush=True)


if __name__ == "__main__":
    main()
