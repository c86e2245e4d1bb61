"""Drafting: from a site's pages, live or saved, to a newsroom file that a person then looks over."""
