"""Articles, a vocabulary, newsrooms and the head of a feed for tests of feeds."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from feeds.facet import parse_facet
from feeds.head import Head
from newscrawler.article import Alternate, Article, DatePrecision, Image, Scope, Tag, mint_article_id
from newscrawler.facets import facet_paths
from newscrawler.newsroom import Newsroom
from newscrawler.store import Store
from newscrawler.store.articles import Saved, save_article
from newscrawler.vocabulary import Region, Topic, Vocabulary

ALMATY = timezone(timedelta(hours=5))
NOON = datetime(2024, 5, 14, 12, 0, tzinfo=ALMATY)

VOCABULARY = Vocabulary(
    regions=(
        Region(
            code="KZ-61",
            slug="turkistan",
            names={"kk": "Түркістан облысы", "ru": "Туркестанская область", "en": "Turkistan Region"},
        ),
        Region(code="KZ-71", slug="astana", names={"kk": "Астана қаласы", "ru": "город Астана", "en": "Astana"}),
    ),
    topics=(
        Topic(slug="sport", medtop="medtop:15000000", names={"kk": "Спорт", "ru": "Спорт", "en": "sport"}),
        Topic(
            slug="economy",
            medtop="medtop:04000000",
            names={"kk": "Экономика", "ru": "Экономика", "en": "economy, business and finance"},
        ),
    ),
)

NEWSROOMS = {
    "bulaq_kz": Newsroom(
        name="bulaq_kz",
        title="Bulaq.kz",
        site="https://bulaq.test/",
        hosts=("bulaq.test",),
        languages=("kk", "ru"),
        content="full",
    ),
    "kaynar_kz": Newsroom(
        name="kaynar_kz",
        title="Қайнар & Ко",
        site="https://kaynar.test/",
        hosts=("kaynar.test",),
        languages=("kk",),
        content="excerpt",
    ),
}

HEAD = Head(
    facet=parse_facet("kk/all/all"),
    id="tag:news.example,2024:kk/all/all",
    title="Барлық & <бәрі>",
    subtitle="Жаңалықтар",
    rights="Редакцияларға тиесілі.",
    language="kk",
    publisher="Жаңалық",
    page="https://news.example/kk/all/all.html",
    address="https://news.example/kk/all/all",
    icon="https://news.example/icon.png",
    about="https://news.example/",
    updated=NOON,
)


def article(number: int = 1, **changes: Any) -> Article:
    """Article `number` of bulaq.test: Kazakh, of Түркістан and the economy, `number` minutes younger than noon."""
    newsroom = changes.pop("newsroom", "bulaq_kz")
    url = changes.pop("canonical_url", f"https://{newsroom.removesuffix('_kz')}.test/kk/{number}/")
    values: dict[str, Any] = {
        "id": mint_article_id(newsroom, url),
        "url": url,
        "canonical_url": url,
        "newsroom": newsroom,
        "headline": f"Түркістанда {number}-кәсіпорын ашылды",
        "description": "Өңірде жаңа жұмыс орындары пайда болды.",
        "body": ["Кәсіпорын қаланың шетінде орналасқан.", "Онда жүз адам жұмыс істейді."],
        "body_html": "<p>Кәсіпорын қаланың шетінде орналасқан.</p>\n<p>Онда жүз адам жұмыс істейді.</p>",
        "fetched_at": NOON + timedelta(days=1),
        "language": "kk",
        "script": "Cyrl",
        "authors": ["Әсел Құрманбай"],
        "images": [Image(url="https://bulaq.test/1.jpg", credit="Ерлан Сағын", caption="Цех", width=1200, height=675)],
        "date_published": NOON + timedelta(minutes=number),
        "date_precision": DatePrecision.MINUTE,
        "regions": [Tag(code="KZ-61", score=1.0)],
        "topics": [Tag(code="economy", score=1.0)],
        "scope": Scope.REGIONAL,
        "alternates": [Alternate(url=f"https://bulaq.test/ru/{number}/", hreflang="ru-KZ")],
    }
    return Article(**(values | changes))


def save(store: Store, *articles: Article) -> list[Saved]:
    """Keeps the articles as the crawl does, each in a transaction of its own."""
    outcomes = []
    for one in articles:
        with store.write() as connection:
            outcomes.append(
                save_article(
                    connection,
                    one,
                    facets_of=lambda kept: facet_paths(kept, VOCABULARY),
                    hashes=(),
                    now=NOON + timedelta(days=1),
                )
            )
    return outcomes
