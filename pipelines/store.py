"""Step 900: keeps the article, its tags, its revision and what became of its addresses, in one transaction."""

from __future__ import annotations

from newscrawler.article import Article
from newscrawler.crawl import Crawl
from newscrawler.facets import facet_paths
from newscrawler.store.addresses import mark_done, reopen_others
from newscrawler.store.articles import read_article, save_article
from pipelines.near_text import same_text, sampled_hashes
from pipelines.same_event import event_hashes


def store(article: Article, crawl: Crawl) -> Article:
    """Keeps `article` and counts it as new, changed or unchanged. Raises StoreError, and then nothing was kept.

    Where another page had claimed the article's address as its canonical one, and says something else, the claim was
    wrong: its address is due again, and the next reading gives it an id of its own.
    """
    now = crawl.clock()
    hashes = sampled_hashes(article) | event_hashes(article)
    with crawl.store.write() as connection:
        before = read_article(connection, article.id)
        saved = save_article(
            connection, article, facets_of=lambda kept: facet_paths(kept, crawl.vocabulary), hashes=hashes, now=now
        )
        urls = article.addresses or [article.url]
        if before is not None and _is_displaced(before, article):
            reopen_others(connection, article.id, urls)
        mark_done(connection, article.newsroom, urls, article.id, run=crawl.run, now=article.fetched_at)
    crawl.counts[saved.value] += 1
    return article


def _is_displaced(before: Article, article: Article) -> bool:
    at_home = article.canonical_url in article.addresses and before.canonical_url not in before.addresses
    return at_home and before.headline != article.headline and not same_text(before, article)
