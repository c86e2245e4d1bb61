"""Faults of single answers: broken, swollen, slow, mislabelled or dirty pages."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import Final

from tests.answering_site import Answer
from tests.hostile_newsroom.bombs import brotli_bomb, gzip_bomb
from tests.hostile_newsroom.fault import Fault
from tests.hostile_newsroom.pages import article_page
from tests.hostile_newsroom.site import HostileSite

# A crawler may ask again at once: so many times a page fails in all, or only the first.
_AT_ONCE: Final = 3
_HTML: Final = "text/html; charset=utf-8"
ACTIVE: Final = "hostile()"
"""What every active piece of the dirty pages would run: it may stand nowhere in what is kept or published."""
_DIRT: Final = ("\u200b", "\u202e", "&#1;", "\ufeff", "\u00ad", "&#8;", "\x7f")
_BEGINS: Final = "<html><body><h1>Ұзақ мақала</h1><div class='body'><p>"


def _served(body: bytes, content_type: str = _HTML, **headers: str) -> Answer:
    named: Mapping[str, str] = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(body, headers={"Content-Type": content_type, **named})


def wrong_charset(site: HostileSite) -> None:
    """The header names another charset than the page is in, and the page names none."""
    for place, article in enumerate(site.take(4, "ru")):
        text = article_page(article, site.url, charset=False)
        in_bytes, named = (
            (text.encode("cp1251", "xmlcharrefreplace"), "utf-8") if place % 2 else (text.encode(), "cp1251")
        )
        site.answers[article.path] = _served(in_bytes, f"text/html; charset={named}")
    for article in site.take(2, "kk"):
        text = article_page(article, site.url, charset=False)
        site.answers[article.path] = _served(text.encode(), "text/html; charset=iso-8859-1")


def _damaged_gzip(page: bytes) -> Answer:
    # Not compressed, so that what does not check the sum reads another text.
    packed = gzip.compress(page.replace("ң".encode(), "й".encode()).replace("о".encode(), "а".encode()), 0, mtime=0)
    return _served(packed[:-8] + gzip.compress(page, 0, mtime=0)[-8:], Content_Encoding="gzip")


def gzip_damaged(site: HostileSite) -> None:
    """Pages packed with gzip come damaged, which only the checksum tells, the first time."""
    for article in site.take(4):
        site.first_answers(article.path, _damaged_gzip(article_page(article, site.url).encode()))


def gzip_damaged_long(site: HostileSite) -> None:
    """The same for as long as a run asks."""
    for article in site.take(2):
        damaged = _damaged_gzip(article_page(article, site.url).encode())
        site.first_answers(article.path, *[damaged] * _AT_ONCE)


def broken_off(site: HostileSite) -> None:
    """The connection ends in the middle of a page, the first time."""
    for place, article in enumerate(site.take(4)):
        page = article_page(article, site.url).encode()
        if place % 2:
            chunk = page[: len(page) * 2 // 3]
            body = f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n"
            site.first_answers(article.path, _served(body, Transfer_Encoding="chunked"))
        else:
            site.first_answers(article.path, _served(page[: len(page) * 2 // 3], Content_Length=str(len(page))))


def empty_answers(site: HostileSite) -> None:
    """Pages are empty, with status 200, the first time."""
    for place, article in enumerate(site.take(4)):
        site.first_answers(article.path, _served(b"" if place % 2 else b"\n\n  \n"))


def stalled(site: HostileSite) -> None:
    """A page stops in the middle and the connection stays open, for as long as a run asks."""
    for article in site.take(1):
        site.first_answers(article.path, *[Answer(article_page(article, site.url), stalls=True)] * _AT_ONCE)


def dripping(site: HostileSite) -> None:
    """A page comes a byte at a time, for minutes, for as long as a run asks."""
    for article in site.take(1):
        site.first_answers(article.path, *[Answer(article_page(article, site.url), drips=True)] * _AT_ONCE)


def large_page(site: HostileSite) -> None:
    """A page of 200 MB."""
    site.trap("/kk/news/9001-uzaq", Answer(_BEGINS.encode() + b"0 " * 500_000, times=200))


def gzip_bombed(site: HostileSite) -> None:
    """A page of one gigabyte, packed with gzip to one megabyte."""
    site.trap("/kk/news/9002-bomba", _served(gzip_bomb(_BEGINS.encode()), Content_Encoding="gzip"))


def brotli_bombed(site: HostileSite) -> None:
    """A page of one gigabyte, packed with brotli to some kilobytes."""
    site.trap("/kk/news/9003-bomba", _served(brotli_bomb(_BEGINS.encode()), Content_Encoding="br"))


def dirty_text(site: HostileSite) -> None:
    """Control characters, invisible letters and scripts stand in headlines and texts."""
    for place, article in enumerate(site.take(6)):
        dirt = _DIRT[place % len(_DIRT)] + _DIRT[(place + 3) % len(_DIRT)]
        paragraphs = [
            f'<span onclick="{ACTIVE}">{text[:20]}{dirt}{text[20:]}</span>'
            f"<script>{ACTIVE}</script><img src=x onerror={ACTIVE}><svg onload={ACTIVE}></svg>"
            for text in article.paragraphs[:-1]
        ]
        last = article.paragraphs[-1]
        paragraphs.append(f'<a href="java&#10;script:{ACTIVE}">{last[:20]}</a>{last[20:]}<iframe src="//x/{ACTIVE}">')
        headline = f"{article.headline[:10]}{dirt}{article.headline[10:]}"
        page = article_page(article, site.url, headline=headline, paragraphs=paragraphs)
        site.answers[article.path] = Answer(page)


def costly_pages(site: HostileSite) -> None:
    """Pages hold what costs a careless reader minutes: long runs of one sign, deep nesting, endless titles."""
    for article, cost in zip(site.take(3), ("1 ", "- | ", "&nbsp;"), strict=True):
        page = article_page(article, site.url, before_text=f'<div class="date">{cost * 60_000}</div>')
        site.answers[article.path] = Answer(page.replace("<title>", f"<title>{cost * 30_000}"))
    site.trap("/kk/news/9004-tereng", Answer(_BEGINS + "<div><b>" * 60_000))


def not_html(site: HostileSite) -> None:
    """Addresses among the articles lead to documents, pictures and sounds."""
    for number, kind in enumerate(("application/pdf", "image/png", "audio/mpeg", "application/octet-stream")):
        begins = (b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"ID3\x03\0", b"\0\1\2\3")[number]
        site.trap(f"/kk/news/{9010 + number}-qujat", _served(begins + bytes(range(256)) * 100, kind))


ANSWER_FAULTS: Final = (
    Fault("wrong charset", wrong_charset),
    Fault("damaged gzip", gzip_damaged),
    Fault("damaged gzip, for long", gzip_damaged_long, owed=(True, False)),
    Fault("broken off", broken_off),
    Fault("empty answers", empty_answers, owed=(True, False)),
    Fault("stalled", stalled, owed=(True, False)),
    Fault("dripping", dripping, owed=(True, False)),
    Fault("200 MB page", large_page, owed=(True, True)),
    Fault("gzip bomb", gzip_bombed, owed=(True, True)),
    Fault("brotli bomb", brotli_bombed, owed=(True, True)),
    Fault("dirty text", dirty_text),
    Fault("costly pages", costly_pages),
    Fault("not HTML", not_html),
)
