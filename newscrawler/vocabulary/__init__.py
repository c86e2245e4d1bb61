"""The vocabulary: 20 regions and 17 topics, their codes, slugs, names and words, and the loader of its TOML files."""

from newscrawler.vocabulary.loader import Region, Topic, Vocabulary, load_vocabulary

__all__ = ["Region", "Topic", "Vocabulary", "load_vocabulary"]
