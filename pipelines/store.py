"""Step 900: keeps the article, its tags, its revision and what became of its addresses, in one transaction."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from newscrawler.article import Article, Relation
from newscrawler.crawl import Crawl
from newscrawler.facets import facet_paths
from newscrawler.store.addresses import mark_done, reopen_others
from newscrawler.store.articles import Saved, read_article, save_article
from newscrawler.store.holding import forget_held
from newscrawler.store.moved_articles import give_up_canonical, look_at_copies, owners, withdraw_moved
from newscrawler.store.revisits import plan_revisit
from pipelines.near_text import same_text, sampled_hashes
from pipelines.same_event import event_hashes


def store(article: Article, crawl: Crawl) -> Article:
    """Keeps `article` and counts it as new, changed or unchanged. Raises StoreError, and then nothing was kept.

    Where another page had claimed the article's address as its canonical one, and says something else, the claim was
    wrong: its address is due again, and the next reading gives it an id of its own. An article that says the same and
    to which no address leads any more has moved here: it is withdrawn. One that says something else keeps its address,
    wherever that leads now. A new article that is word for word an older one of its newsroom may be that one at a new
    address: the older one is looked at again.
    """
    now = crawl.clock()
    hashes = sampled_hashes(article) | event_hashes(article)
    urls = article.addresses or [article.url]
    visit = next((found for url in urls if (found := crawl.visits.pop(url, None))), None)

    def facets_of(kept: Article) -> list[str]:
        return facet_paths(kept, crawl.vocabulary)

    with crawl.store.write() as connection:
        before = read_article(connection, article.id)
        others = owners(connection, article, urls)
        kept_apart = {url: owner for url, owner in others.items() if _is_another(connection, owner, article)}
        urls = [url for url in urls if url not in kept_apart]
        if kept_apart:
            article = replace(article, addresses=urls)
        moved = {*others.values(), *give_up_canonical(connection, article)} - {*kept_apart.values()}
        saved = save_article(connection, article, facets_of=facets_of, hashes=hashes, now=now)
        if before is not None and _is_displaced(before, article):
            reopen_others(connection, article.id, urls)
        mark_done(connection, article.newsroom, urls, article.id, run=crawl.run, now=article.fetched_at)
        forget_held(connection, article.newsroom, article.url)
        for url, owner in kept_apart.items():
            mark_done(connection, article.newsroom, [url], owner, run=crawl.run, now=article.fetched_at)
        withdraw_moved(connection, sorted(moved), facets_of=facets_of)
        if visit is not None:
            told = article if before is None else replace(article, first_seen=before.first_seen)
            plan_revisit(connection, article.newsroom, article.id, visit, crawl.pace.next_revisit(told, now))
        if saved is Saved.NEW and article.relation is Relation.SAME_TEXT:
            look_at_copies(connection, article, now)
    crawl.counts[saved.value] += 1
    return article


def _is_another(connection: Connection, article_id: str, article: Article) -> bool:
    other = read_article(connection, article_id, live=True)
    return other is not None and other.headline != article.headline and not same_text(other, article)


def _is_displaced(before: Article, article: Article) -> bool:
    at_home = article.canonical_url in article.addresses and before.canonical_url not in before.addresses
    return at_home and before.headline != article.headline and not same_text(before, article)
