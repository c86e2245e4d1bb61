"""Recordings: what a crawl saw of a newsroom, the articles expected of it, and whether these still come out."""
