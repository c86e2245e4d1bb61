"""BenchmarkError: a benchmark cannot run on the data it was given."""

from newscrawler.errors import UsageError


class BenchmarkError(UsageError):
    """The data is missing or not in the form that a benchmark reads, or what was asked for is not to be shown."""
