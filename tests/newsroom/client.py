"""A client for the tests of the newsroom, and what they read out of its answers."""

import html
import json
import re
from collections.abc import Mapping
from http.client import HTTPConnection
from typing import NamedTuple, Self
from urllib.parse import urljoin, urlsplit

from .article import SITE
from .server import NewsroomServer
from .site import build_site


class Reply(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """Asks one server over one kept connection."""

    def __init__(self, server: NewsroomServer) -> None:
        """Connect."""
        self.server = server
        self.connection = HTTPConnection(server.address)

    def __enter__(self) -> Self:
        """The connection opens with the first request."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the connection."""
        self.connection.close()

    def get(self, target: str, host: str = "newsroom.test", **headers: str) -> Reply:
        """One request; a keyword `If_None_Match` is the header `If-None-Match`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request("GET", target, headers={"Host": host} | named)
        response = self.connection.getresponse()
        return Reply(response.status, dict(response.headers.items()), response.read())

    def follow(self, target: str) -> tuple[list[int], str]:
        """The statuses on the way, and the last target."""
        statuses = []
        for _ in range(6):
            reply = self.get(target)
            statuses.append(reply.status)
            if "Location" not in reply.headers:
                break
            target = path_of(urljoin(SITE + target, reply.headers["Location"]))
        return statuses, target


def path_of(url: str) -> str:
    """Path and query."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def text_of(body: bytes) -> str:
    """The page, with references resolved."""
    charset = "cp1251" if b"charset=windows-1251" in body[:1000] else "utf-8"
    return html.unescape(body.decode(charset))


def main_part(body: bytes) -> str:
    """A list without its sidebar."""
    return body.decode().split("<main>")[1].split("</main>")[0]


def links_of(target: str, markup: str) -> list[str]:
    """Every address the markup links to, as a path of the site; other hosts stay whole."""
    found = []
    for href in re.findall(r'href="([^"]+)"', markup):
        url = urljoin(SITE + target, html.unescape(href))
        own = (urlsplit(url).hostname or "").removeprefix("www.") == "newsroom.test"
        found.append(path_of(url) if own else url)
    return found


def links_in_xml(body: bytes) -> list[str]:
    """Every link or loc."""
    return re.findall(r"<(?:link|loc)>([^<]+)</", body.decode("utf-8", "replace"))


def pages_of(day: int, path: str, parameter: str = "page") -> dict[str, str]:
    """The stored pages of a list, by target."""
    answers = build_site(day).answers
    return {target: main_part(answers[target].body) for target in answers if target.startswith(f"{path}?{parameter}=")}


def ajax_pages(day: int) -> dict[str, str]:
    """The pages of the AJAX list that hold something."""
    found: dict[str, str] = {}
    for number in range(1, 20):
        target = f"/ajax/more?p={number}"
        markup = json.loads(build_site(day).answer(target).body)["html"]
        if not markup:
            break
        found[target] = markup
    return found
