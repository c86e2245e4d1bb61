"""What among the blocks of a body is none of the article: labels, links to other articles, notices, credits."""

from __future__ import annotations

import re

from spiders.pages.body_blocks import Block
from spiders.pages.page import Page
from spiders.pages.page_words import phrases
from spiders.pages.person_name import is_person_name

_SENTENCE_END = re.compile(r"[.!?…»\"”)]\s*$")
_HASHTAGS = re.compile(r"(?:#[\w-]+[\s,]*)+")
_COUNT_OR_CLOCK = re.compile(r"[\W\d]*")
_BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
# In characters.
_LONGEST_LABEL = 90
_LONGEST_CREDIT = 160
_LONGEST_LINK_LABEL = 30
# From this share of links on, a line leads elsewhere.
_LINKED = 0.8


class BoilerplateRule:
    """Tells the blocks that are never part of an article's text, going by their words and links."""

    def __init__(self, page: Page) -> None:
        words = page.words
        self._words = words
        wording = page.newsroom.wording if page.newsroom is not None else None
        self._own_labels = phrases(wording.credit_labels) if wording is not None else phrases(())
        self._own = phrases(wording.boilerplate) if wording is not None else phrases(())

    def without_boilerplate(self, blocks: list[Block]) -> list[Block]:
        """The blocks that are the article's: a list of links goes, and so does a list under a label for such."""
        links = _lists_of_links(blocks)
        kept: list[Block] = []
        labelled = False
        for block in blocks:
            if block.kind == "li" and (block.group in links or labelled):
                continue
            labelled = self.is_boilerplate(block)
            if not labelled:
                kept.append(block)
        return kept

    def is_boilerplate(self, block: Block) -> bool:
        """Whether the block is a notice, a label, a counter, a credit or a link to something else."""
        text = block.text
        if self._words.is_notice(text) or self._own.search(text) or _HASHTAGS.fullmatch(text):
            return True
        if _COUNT_OR_CLOCK.fullmatch(text) or _BARE_ADDRESS.fullmatch(text):
            return True
        if len(text) <= _LONGEST_CREDIT and (
            "©" in text or self._words.photo_label.match(text) or self._own_labels.match(text)
        ):
            return True
        return self._is_date_line(text) or self._is_byline(text) or self._leads_elsewhere(block)

    def _is_byline(self, text: str) -> bool:
        """A label and names; in an interview words follow the label."""
        label = self._words.author_label.match(text)
        if len(text) > _LONGEST_LABEL or label is None or ":" not in label.group():
            return False
        names = [name for name in self._words.joined_by.split(text[label.end() :]) if name]
        particles = self._words.people.particles
        return all(is_person_name(name.strip(" ."), particles) or self._words.not_people.search(name) for name in names)

    def _is_date_line(self, text: str) -> bool:
        if len(text) > _LONGEST_LABEL or not any(character.isdigit() for character in text):
            return False
        return bool(self._words.published_label.match(text) or self._words.modified_label.match(text))

    @staticmethod
    def _leads_elsewhere(block: Block) -> bool:
        """A line that is one link, or hardly more. Whole sentences may be links, in lists less so."""
        share = block.link_share
        if share < _LINKED:
            label = "".join(run.text for run in block.runs if run.href is None).strip()
            return label.endswith(":") and len(label) <= _LONGEST_LINK_LABEL and block.runs[-1].href is not None
        return block.kind == "li" or not _SENTENCE_END.search(block.text) or share > 0.98


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
