"""Landing: where a request for an article ends up after redirects. A soft 404 mostly ends at the front page."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy.http import Response

from newscrawler.errors import NotAnArticle
from newscrawler.newsroom import Newsroom

FRONT_PAGE = "redirected to the front page"
NO_ARTICLE = "redirected to a page that is no article's"


def check_landing(response: Response, asked: str, newsroom: Newsroom) -> None:
    """Raises NotAnArticle where the answer to the request for the address `asked` comes from the front page, or from
    another address that cannot be an article's."""
    landed = newsroom.canonical(response.url)
    if landed == asked:
        return
    if landed == newsroom.canonical(newsroom.site) or urlsplit(landed).path == "/":
        raise NotAnArticle(FRONT_PAGE, url=asked, newsroom=newsroom.name)
    if not newsroom.is_article_address(landed):
        raise NotAnArticle(NO_ARTICLE, url=asked, newsroom=newsroom.name)
