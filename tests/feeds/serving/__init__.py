"""Tests of `feeds.serving`."""
