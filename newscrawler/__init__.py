"""newscrawler: newsroom pages of Kazakhstan in, feeds per language, region and topic out."""

__version__ = "0.1.0"
