"""A body as safe HTML: its blocks written anew, nothing taken over from the page but text and absolute addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby

from spiders.pages.body_blocks import BREAK, Block, Run
from spiders.pages.visible_text import paragraph_text


def body_html(blocks: Iterable[Block], absolute: Callable[[str], str | None]) -> str:
    """The blocks as p, h2, h3, ul, ol, li and blockquote, with a, strong, em and br inside; one block an item.

    `absolute` makes a link an absolute http(s) address, or gives None: then its text stays without the link.
    """
    parts: list[str] = []
    for (kind, _, ordered), members in groupby(blocks, key=lambda block: (block.kind, block.group, block.ordered)):
        written = [_inline(block, absolute) for block in members]
        if kind == "li":
            tag = "ol" if ordered else "ul"
            parts.append(f"<{tag}>{''.join(f'<li>{text}</li>' for text in written)}</{tag}>")
        elif kind == "blockquote":
            parts.append(f"<blockquote>{''.join(f'<p>{text}</p>' for text in written)}</blockquote>")
        else:
            parts.extend(f"<{kind}>{text}</{kind}>" for text in written)
    return "\n".join(parts)


def _inline(block: Block, absolute: Callable[[str], str | None]) -> str:
    runs = block.runs
    if len(runs) == 1 and not runs[0].marks and runs[0].href is None:
        return _escaped(block.text)
    parts: list[str] = []
    after_space = True
    for run in runs:
        if run.text == BREAK:
            parts.append("<br>")
            after_space = True
            continue
        text = paragraph_text(run.text)
        if not text:
            if not after_space:
                parts.append(" ")
                after_space = True
            continue
        before = "" if after_space or not run.text[:1].isspace() else " "
        after_space = run.text[-1:].isspace()
        parts.append(before + _marked(text, run, absolute) + (" " if after_space else ""))
    return "".join(parts).strip().removesuffix("<br>").removeprefix("<br>").strip()


def _marked(text: str, run: Run, absolute: Callable[[str], str | None]) -> str:
    html = _escaped(text)
    for mark in reversed(run.marks):
        html = f"<{mark}>{html}</{mark}>"
    address = absolute(run.href) if run.href is not None else None
    return f'<a href="{escape(address)}">{html}</a>' if address else html


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\u00a0", "&nbsp;")
