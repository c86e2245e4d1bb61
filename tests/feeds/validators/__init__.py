"""Checks of feeds against the documents that define their formats."""
