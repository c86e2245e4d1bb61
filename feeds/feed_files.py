"""Feed files: the files of feeds in the output folder, every format of a feed at once, and what was done to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

from feeds.feed_format import Envelope
from feeds.files import WholeFile, WholeFiles, settle_folders
from feeds.rendering import RenderedEntry
from newscrawler.errors import PublishError


class FeedFiles:
    """Writes files below `top` and counts those `written` and found `unchanged`. What was written stands in its place
    once `settle` has been called."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.written = 0
        self.unchanged = 0
        self._files = WholeFiles()
        self._folders: set[Path] = set()

    def write(self, name: str, content: bytes) -> None:
        """Makes `content` the file called `name`. Raises PublishError."""
        path = self.top / name
        self._count(path, changed=self._files.write(path, content))

    def write_feed(self, path: str, envelopes: Mapping[str, Envelope], entries: Iterable[RenderedEntry]) -> None:
        """Writes the feed at `path`, whose entries are in memory, in the formats that `envelopes` names. Raises
        PublishError."""
        shown = list(entries)
        for suffix, envelope in envelopes.items():
            self.write(f"{path}.{suffix}", envelope.around(entry.fragments[suffix] for entry in shown))

    def write_long_feed(
        self, path: str, envelopes: Mapping[str, Envelope], parts: Iterable[Iterable[RenderedEntry]]
    ) -> None:
        """Writes the feed at `path` as `write_feed` does, at once and with only one of the `parts` of its entries in
        memory."""
        with ExitStack() as stack:
            files = {suffix: stack.enter_context(WholeFile(self.top / f"{path}.{suffix}")) for suffix in envelopes}
            for suffix, file in files.items():
                file.write(envelopes[suffix].before)
            is_first = True
            for entries in parts:
                shown = list(entries)
                for suffix, file in files.items():
                    between = envelopes[suffix].between
                    if shown and not is_first:
                        file.write(between)
                    file.write(between.join(entry.fragments[suffix] for entry in shown))
                is_first = is_first and not shown
            for suffix, file in files.items():
                file.write(envelopes[suffix].after)
        for file in files.values():
            self._count(file.path, changed=file.changed)

    def settle(self) -> dict[str, PublishError]:
        """Puts what was written into its places and brings it to the disk; what went wrong, by the name of the file.
        Raises PublishError when folders cannot be brought to the disk."""
        failures = self._files.put_in_place()
        self.written -= len(failures)
        settle_folders(self._folders, self.top)
        self._folders.clear()
        return {str(path.relative_to(self.top)): failure for path, failure in failures.items()}

    def _count(self, path: Path, *, changed: bool) -> None:
        if changed:
            self.written += 1
            self._folders.add(path.parent)
        else:
            self.unchanged += 1
