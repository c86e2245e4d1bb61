"""Benchmarks: what newscrawler is measured by. They read data given with `--data`, none of which is shipped."""
