"""Checks: what `newscrawler doctor` looks at, each a plain function that gives findings."""
