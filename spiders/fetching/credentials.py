"""Credentials: no user name and no password is sent, wherever an address comes from."""

from __future__ import annotations

from scrapy import Request

from newscrawler.urls import without_user


class NoCredentialsMiddleware:
    """Downloader middleware, farthest from the network: what follows a redirect asks for its address without
    `user:password@`, and a request with a header that carries credentials goes without it."""

    def process_request(self, request: Request) -> Request | None:
        """The request to send in place of this one; None where it carries no credentials."""
        for name in ("Authorization", "Proxy-Authorization", "Cookie"):
            request.headers.pop(name, None)
        url = without_user(request.url)
        return None if url == request.url else request.replace(url=url)
