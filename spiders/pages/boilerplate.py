"""What among the blocks of a body is none of the article: labels, links to other articles, notices, credits."""

from __future__ import annotations

import re

from newscrawler.urls import host_of
from spiders.pages.body_blocks import Block
from spiders.pages.page import Page
from spiders.pages.page_words import phrases
from spiders.pages.person_name import is_person_name

_SENTENCE_END = re.compile(r"[.!?…»\"”)]\s*$")
_HASHTAGS = re.compile(r"(?:#[\w-]+[\s,]*)+")
_COUNT_OR_CLOCK = re.compile(r"[\W\d]*")
_DIGIT = re.compile(r"\d")
_UNUSUAL_BEGINNING = re.compile(r"[\W\d_]|https?:|www\.")
_BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
# In characters.
_LONGEST_LABEL = 90
_LONGEST_CREDIT = 160
_LONGEST_LINK_LABEL = 30
_LEAST_PARAGRAPH = 80
_LONGEST_NAME = 40
# From this share of links on, a line leads elsewhere.
_LINKED = 0.8


class BoilerplateRule:
    """Tells the blocks that are never part of an article's text, going by their words and links."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._words = page.words
        wording = page.newsroom.wording if page.newsroom is not None else None
        self._own_labels = phrases(wording.credit_labels) if wording is not None and wording.credit_labels else None
        self._own = phrases(wording.boilerplate) if wording is not None and wording.boilerplate else None

    def without_boilerplate(self, blocks: list[Block]) -> list[Block]:
        """The blocks that are the article's: a list of links goes, and so does a list under a label for such. A label
        with a link (`Source: LINK`) and a name that leads to another site are the article's where paragraphs follow."""
        links = _lists_of_links(blocks)
        last = max((place for place, block in enumerate(blocks) if _is_paragraph(block)), default=0)
        kept: list[Block] = []
        labelled = False
        for place, block in enumerate(blocks):
            if block.kind == "li" and (block.group in links or labelled):
                continue
            labelled = self._is_notice(block) or (
                (_leads_elsewhere(block) and not self._is_reference(block)) if place < last else _is_link(block)
            )
            if not labelled:
                kept.append(block)
        return kept

    def _is_notice(self, block: Block) -> bool:
        """Whether the block is a notice, a label, a counter or a credit."""
        text = block.text
        if self._words.is_notice(text) or (self._own is not None and self._own.search(text)):
            return True
        if _UNUSUAL_BEGINNING.match(text) and (
            _HASHTAGS.fullmatch(text) or _COUNT_OR_CLOCK.fullmatch(text) or _BARE_ADDRESS.fullmatch(text)
        ):
            return True
        if len(text) <= _LONGEST_CREDIT and (
            "©" in text
            or self._words.photo_label.match(text)
            or (self._own_labels is not None and self._own_labels.match(text))
        ):
            return True
        return len(text) <= _LONGEST_LABEL and (self._is_date_line(text) or self._is_byline(text))

    def _is_byline(self, text: str) -> bool:
        """A label and names; in an interview words follow the label."""
        label = self._words.author_label.match(text)
        if label is None or (":" not in label.group() and _SENTENCE_END.search(text)):
            return False
        names = [name for name in self._words.joined_by.split(text[label.end() :]) if name]
        particles = self._words.people.particles
        return bool(names) and all(
            is_person_name(name.strip(" ."), particles) or self._words.not_people.search(name) for name in names
        )

    def _is_date_line(self, text: str) -> bool:
        if not _DIGIT.search(text):
            return False
        return bool(self._words.published_label.match(text) or self._words.modified_label.match(text))

    def _is_reference(self, block: Block) -> bool:
        """Whether a link is a name and leads to another site: headlines of other articles lead to the page's own, are
        longer, or bold."""
        if block.kind != "p" or len(block.text) > _LONGEST_NAME or any(run.marks for run in block.runs):
            return False
        links = {run.href for run in block.runs if run.href is not None}
        return all(self._is_elsewhere(host_of(self._page.absolute(link) or "")) for link in links)

    def _is_elsewhere(self, host: str) -> bool:
        own = host_of(self._page.url).removeprefix("www.")
        return bool(host) and not host.endswith(own) and not own.endswith(host.removeprefix("www."))


def _leads_elsewhere(block: Block) -> bool:
    """Whether the block is a link, or hardly more. Whole sentences may be links, in lists less so."""
    share = block.link_share
    if share < _LINKED:
        return False
    return block.kind == "li" or not _SENTENCE_END.search(block.text) or share > 0.98


def _is_link(block: Block) -> bool:
    """Whether the block leads elsewhere, or is a label and a link."""
    if _leads_elsewhere(block):
        return True
    if block.runs[-1].href is None:
        return False
    label = "".join(run.text for run in block.runs if run.href is None).strip()
    return label.endswith(":") and len(label) <= _LONGEST_LINK_LABEL


def _is_paragraph(block: Block) -> bool:
    return block.kind == "p" and len(block.text) >= _LEAST_PARAGRAPH and block.link_share < _LINKED


def _lists_of_links(blocks: list[Block]) -> set[int]:
    """The numbers of those lists whose items are, most of them, links to other pages."""
    items: dict[int, list[Block]] = {}
    for block in blocks:
        if block.kind == "li":
            items.setdefault(block.group, []).append(block)
    return {
        group
        for group, members in items.items()
        if sum(block.link_share >= _LINKED for block in members) * 2 > len(members)
    }
