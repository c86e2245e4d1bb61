"""Block: one paragraph, subhead, list item or quotation of a body, and the walk that finds them in an element."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element

from spiders.pages.tree_paths import Condition
from spiders.pages.visible_text import BLOCK_TAGS, HIDDEN_TAGS, paragraph_text

_SKIPPED = HIDDEN_TAGS | {"figure", "figcaption", "audio", "video", "canvas", "map"}
_SKIPPED |= {"form", "button", "input", "label", "dialog", "nav", "footer"}
_MARKS = {"a": "a", "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em"}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_SENTENCE_END = re.compile(r"[.!?…»\"”:;]\s*$")
# A single line break parts two paragraphs only after a line as long as a sentence; verse and addresses keep theirs.
_PARAGRAPH_LINE = 60
_DEEPEST = 150
_NESTED = Condition("descendant::p or descendant::div or descendant::br or descendant::li or descendant::table")
BREAK = "\n"


@dataclass(slots=True)
class Run:
    """A stretch of text under the same marks: `strong`, `em`, and a link's address."""

    text: str
    marks: tuple[str, ...] = ()
    href: str | None = None


@dataclass(slots=True, eq=False)
class Block:
    """One paragraph of its `kind` (`p`, `h2`, `h3`, `li`, `blockquote`).

    `group` numbers the list or quotation it belongs to, `ordered` says that the list is numbered. `element` is the
    nearest block element around the text.
    """

    kind: str
    runs: list[Run]
    element: _Element
    group: int = 0
    ordered: bool = False
    text: str = field(init=False)

    def __post_init__(self) -> None:
        text = self.runs[0].text if len(self.runs) == 1 else "".join([run.text for run in self.runs])
        if BREAK in text:
            self.text = "\n".join(filter(None, map(paragraph_text, text.split(BREAK))))
        else:
            self.text = paragraph_text(text)

    @property
    def link_share(self) -> float:
        """How much of the text is links, 0 to 1."""
        linked = [run for run in self.runs if run.href is not None]
        if not linked or not self.text:
            return 0.0
        return min(1.0, sum(len(paragraph_text(run.text)) for run in linked) / len(self.text))


Dropped = Callable[[_Element], bool]


class BlockWalk:
    """Walks elements and collects their blocks in the order of the page; what `dropped` says yes to is passed over.

    Block elements, two line breaks in a row, and one after a whole sentence end a paragraph.
    """

    def __init__(self, dropped: Dropped) -> None:
        self.blocks: list[Block] = []
        self._dropped = dropped
        self._runs: list[Run] = []
        self._pieces: list[str] = []
        self._style: tuple[tuple[str, ...], str | None] = ((), None)
        self._line: list[str] = []
        self._marks: tuple[str, ...] = ()
        self._href: str | None = None
        self._kind = "p"
        self._ordered = False
        self._group = 0
        self._groups = 0
        self._element: _Element | None = None

    def walk(self, elements: Iterable[_Element]) -> list[Block]:
        """All blocks of `elements`."""
        for element in elements:
            self._block(element, 0)
        return self.blocks

    def _block(self, element: _Element, depth: int) -> None:
        self._flush()
        outer = (self._kind, self._ordered, self._group, self._element)
        tag = str(element.tag)
        self._element = element
        if tag in _HEADINGS:
            self._kind = _HEADINGS[tag]
        elif tag in ("ul", "ol"):
            self._groups += 1
            self._group, self._ordered = self._groups, tag == "ol"
        elif tag == "li":
            self._kind = "li"
        elif tag == "blockquote":
            self._groups += 1
            self._group, self._kind = self._groups, "blockquote"
        if tag == "tr" and not _NESTED(element):
            self._row(element, depth)
        else:
            self._content(element, depth)
        self._flush()
        self._kind, self._ordered, self._group, self._element = outer

    def _row(self, row: _Element, depth: int) -> None:
        """A row of data is one line; the cells of a table that lays out the page are blocks of their own."""
        for cell in row:
            if isinstance(cell.tag, str) and not self._dropped(cell):
                self._content(cell, depth + 1)
                self._add(" ")

    def _content(self, element: _Element, depth: int) -> None:
        text = element.text
        if text:
            self._add(text)
        for child in element:
            self._child(child, depth + 1)
            text = child.tail
            if text:
                self._add(text)

    def _child(self, child: _Element, depth: int) -> None:
        tag = child.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return
        if depth > _DEEPEST:
            self._flat(child)
            return
        if tag == "br":
            self._break()
            return
        if self._dropped(child):
            return
        if tag in BLOCK_TAGS:
            if len(child) == 0 and not self._marks and self._href is None:
                self._leaf(child, tag)
                return
            # A block inside a paragraph keeps the marks around it: `<b><p>...</p></b>`.
            self._block(child, depth)
        else:
            self._inline(child, tag, depth)

    def _flat(self, outer: _Element) -> None:
        """The texts of an element too deep inside others to walk into it: its blocks end paragraphs, marks are lost."""
        walk = etree.iterwalk(outer, events=("start", "end"))
        for event, element in walk:
            tag = str(element.tag)
            if tag in BLOCK_TAGS or tag == "br":
                self._flush()
            if event == "start" and tag in _SKIPPED:
                walk.skip_subtree()
            elif event == "start" and element.text:
                self._add(element.text)
            if event == "end" and element is not outer and element.tail:
                self._add(element.tail)

    def _leaf(self, child: _Element, tag: str) -> None:
        """A block without any elements in it: most paragraphs are."""
        self._flush()
        text = child.text
        if not text or text.isspace():
            return
        kind = _HEADINGS.get(tag) or ("li" if tag == "li" else self._kind)
        run = Run(text.replace("\n", " ").replace("\r", " "))
        group = self._group
        if tag == "blockquote":
            self._groups += 1
            kind, group = "blockquote", self._groups
        block = Block(kind, [run], child, group, self._ordered)
        if block.text:
            self.blocks.append(block)

    def _inline(self, child: _Element, tag: str, depth: int) -> None:
        mark = _MARKS.get(tag)
        if mark is None:
            self._content(child, depth)
        elif mark == "a":
            outer, self._href = self._href, child.get("href") or self._href
            self._content(child, depth)
            self._href = outer
        else:
            outer_marks = self._marks
            if mark not in outer_marks:
                self._marks = (*outer_marks, mark)
            self._content(child, depth)
            self._marks = outer_marks

    def _add(self, text: str) -> None:
        if not self._pieces and not self._runs and text.isspace():
            return
        # Line ends of the source are spaces; only `br` makes a line.
        if "\n" in text or "\r" in text:
            text = text.replace("\n", " ").replace("\r", " ")
        style = (self._marks, self._href)
        if style != self._style:
            self._end_run()
            self._style = style
        self._pieces.append(text)
        self._line.append(text)

    def _end_run(self) -> None:
        """Makes a run of the pieces under one style: joined once, as pages have paragraphs of a million pieces."""
        if self._pieces:
            self._runs.append(Run("".join(self._pieces), *self._style))
            self._pieces = []

    def _break(self) -> None:
        line = "".join(self._line).strip()
        self._line = []
        if not line or (len(line) >= _PARAGRAPH_LINE and _SENTENCE_END.search(line)):
            self._flush()
        else:
            self._end_run()
            self._runs.append(Run(BREAK))

    def _flush(self) -> None:
        self._line = []
        if not self._pieces and not self._runs:
            return
        self._end_run()
        runs, self._runs = self._runs, []
        if self._element is None or not any(not run.text.isspace() for run in runs):
            return
        block = Block(self._kind, runs, self._element, self._group, self._ordered)
        if block.text:
            self.blocks.append(block)
