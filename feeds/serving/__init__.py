"""Serving: the public folder over HTTP."""
