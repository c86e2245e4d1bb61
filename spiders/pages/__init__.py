"""Pages: a fetched page in, an article out."""

from spiders.pages.article_page import read_article

__all__ = ["read_article"]
