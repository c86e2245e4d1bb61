"""Articles to publish, the same in every run."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone

from newscrawler.article import Article, DatePrecision, Image, Scope, Tag, mint_article_id
from newscrawler.newsroom import Newsroom
from newscrawler.vocabulary import Vocabulary

NOON = datetime(2024, 5, 14, 12, tzinfo=timezone(timedelta(hours=5)))
NEWSROOM = Newsroom(
    name="bench",
    title="Bench",
    site="https://bench.test/",
    hosts=("bench.test",),
    languages=("kk", "ru"),
    content="full",
)
_TOPICS = 15
_SENTENCE = "Қалада жаңа нысан ашылды, оның құрылысына бір жыл кетті және жүз адам жұмыспен қамтылды."


def sample_articles(vocabulary: Vocabulary, number: int) -> list[Article]:
    """Articles a minute apart, the same in every run: each of one region and one topic."""
    chance = random.Random(1)
    topics = [topic.slug for topic in vocabulary.topics[:_TOPICS]]
    return [_article(at, chance.choice(vocabulary.regions).code, chance.choice(topics)) for at in range(number)]


def _article(at: int, region: str, topic: str) -> Article:
    url = f"https://bench.test/{at}"
    body = [f"{_SENTENCE} {at}-{part}." for part in range(6)]
    published = NOON - timedelta(minutes=20_000 - at)
    return Article(
        id=mint_article_id(NEWSROOM.name, url),
        url=url,
        canonical_url=url,
        newsroom=NEWSROOM.name,
        headline=f"{at}-нысан ашылды",
        description=_SENTENCE,
        body=body,
        body_html="".join(f"<p>{text}</p>" for text in body),
        authors=["Әсел Құрманбай"],
        images=[Image(url=f"{url}.jpg", credit="Ерлан Сағын")],
        fetched_at=published,
        language=NEWSROOM.languages[at % 2],
        script="Cyrl",
        date_published=published,
        date_precision=DatePrecision.MINUTE,
        regions=[Tag(code=region, score=1.0)],
        topics=[Tag(code=topic, score=1.0)],
        scope=Scope.REGIONAL,
    )
