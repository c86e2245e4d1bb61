"""Web pages: how people find the feeds."""
