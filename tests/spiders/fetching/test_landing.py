import pytest
from scrapy.http import HtmlResponse

from newscrawler.errors import NotAnArticle
from newscrawler.newsroom import Newsroom
from spiders.fetching.landing import FRONT_PAGE, NO_ARTICLE, check_landing

ASKED = "https://newsroom.test/kk/news/1"


@pytest.mark.parametrize(
    "landed", [ASKED, "http://www.newsroom.test/kk/news/1?utm_source=x", "https://newsroom.test/ru/news/7-statya"]
)
def test_an_article_may_have_moved(landed: str, newsroom: Newsroom) -> None:
    check_landing(HtmlResponse(landed), ASKED, newsroom)


@pytest.mark.parametrize(
    ("landed", "reason"),
    [
        ("https://newsroom.test/", FRONT_PAGE),
        ("https://www.newsroom.test/?from=old", FRONT_PAGE),
        ("https://newsroom.test/kk/404", NO_ARTICLE),
        ("https://newsroom.test/kk/news/", NO_ARTICLE),
    ],
)
def test_a_redirect_to_no_article_is_a_soft_404(landed: str, reason: str, newsroom: Newsroom) -> None:
    with pytest.raises(NotAnArticle, match=reason):
        check_landing(HtmlResponse(landed), ASKED, newsroom)


def test_the_front_page_is_none_where_every_address_may_be_an_articles(newsroom: Newsroom) -> None:
    any_address = Newsroom.model_validate(newsroom.model_dump() | {"articles": {}})
    with pytest.raises(NotAnArticle, match=FRONT_PAGE):
        check_landing(HtmlResponse("https://newsroom.test/"), ASKED, any_address)
    check_landing(HtmlResponse("https://newsroom.test/kk/about"), ASKED, any_address)
