"""The store: the seam between crawling and publishing. SQLite by default, PostgreSQL by its URL."""

from newscrawler.store.engine import Store, open_store

__all__ = ["Store", "open_store"]
