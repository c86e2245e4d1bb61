"""Giving: the feeds of every facet, written from the store, and the page that leads to them."""
