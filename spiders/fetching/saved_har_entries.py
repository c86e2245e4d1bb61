"""The entries of a HAR, found without reading it as JSON: a file of gigabytes costs no memory."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator

# Possessive: each byte is looked at once, whatever the file. A lone quotation mark begins a text that breaks off.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|["{}\[\]]', re.DOTALL)
_ENTRIES = b'"entries"'
_OF_LOG, _OF_ENTRIES = 2, 3
# In bytes: how much of a mapped file is looked through before the system may have it back.
_LET_GO_EVERY = 16 * 1024 * 1024


def entry_places(content: mmap.mmap | bytes) -> Iterator[tuple[int, int | None]]:
    """Where each entry begins and ends; without an end where the file breaks off."""
    depth, start, last, inside, let_go = 0, 0, b"", False, 0
    for token in _TOKEN.finditer(content):
        at, mark = token.start(), content[token.start() : token.start() + 1]
        if mark == b'"':
            if token.end() - at == 1:
                break
            last = content[at : token.end()] if token.end() - at == len(_ENTRIES) else b""
        elif mark in b"[{":
            if not inside and mark == b"[" and depth == _OF_LOG and last == _ENTRIES:
                inside = True
            elif inside and depth == _OF_ENTRIES:
                start = at
            depth += 1
        else:
            depth -= 1
            if inside and depth == _OF_ENTRIES:
                yield start, token.end()
                start = token.end()
                if start - let_go >= _LET_GO_EVERY:
                    let_go = _let_go(content, let_go, start)
            elif inside and depth == _OF_LOG:
                return
    if inside:
        yield start, None


def _let_go(content: mmap.mmap | bytes, start: int, end: int) -> int:
    """Gives the system back the memory of a mapped part; where the next such part begins."""
    end -= end % mmap.ALLOCATIONGRANULARITY
    if isinstance(content, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        content.madvise(mmap.MADV_DONTNEED, start, end - start)
    return end
