"""Step 900: keeps the article, its tags, its revision and what became of its addresses, in one transaction."""

from __future__ import annotations

from newscrawler.article import Article
from newscrawler.crawl import Crawl
from newscrawler.facets import facet_paths
from newscrawler.store.addresses import mark_done
from newscrawler.store.articles import save_article
from pipelines.near_text import sampled_hashes


def store(article: Article, crawl: Crawl) -> Article:
    """Keeps `article` and counts it as new, changed or unchanged. Raises StoreError, and then nothing was kept."""
    now = crawl.clock()
    hashes = sampled_hashes(article)
    with crawl.store.write() as connection:
        saved = save_article(
            connection, article, facets_of=lambda kept: facet_paths(kept, crawl.vocabulary), hashes=hashes, now=now
        )
        urls = article.addresses or [article.url, article.canonical_url]
        mark_done(connection, article.newsroom, urls, article.id, run=crawl.run, now=now)
    crawl.counts[saved.value] += 1
    return article
