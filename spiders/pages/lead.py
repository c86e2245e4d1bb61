"""The lead of an article: the sentences a newsroom sets between headline and body, in an element of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element

from spiders.pages.body_blocks import Block
from spiders.pages.headline import Headline
from spiders.pages.markup_names import is_named
from spiders.pages.page import Page
from spiders.pages.structured_data import text_values
from spiders.pages.visible_text import plain

_LETTERS = re.compile(r"\w+")
# In characters: shorter lines between headline and body are labels, longer ones body.
_SHORTEST = 20
_LONGEST = 900
_LONGEST_ALONE = 350
_SENTENCE_END = re.compile(r"[.!?…»\"”]\s*$")
_MOST_DESCRIPTIONS = 8
_BEGINNING = 60
_END = 12
# Further down, a paragraph with the lead's words is the story coming back to it.
_NEAR_TOP = 3
_FEWEST_WORDS = 5
# The lead is named on its own element or one close around it.
_NAMED_WITHIN = 3


@dataclass(slots=True)
class Lead:
    """The lead's text and the evidence for it."""

    text: str
    source: str


def take_lead(page: Page, headline: Headline, front: list[Block], body: list[Block]) -> Lead | None:
    """The lead among the blocks between headline and body or first in the body; its blocks are taken out of the lists.

    In order: the newsroom's selector; an element named as a lead; a block before the body that JSON-LD or `meta` give
    as the description; a sentence alone there; what JSON-LD's articleBody has before the body. A description that is
    nowhere on the page counts only if it is neither the body's beginning nor what the site says of itself.
    """
    for source, texts in page.selected_texts("description"):
        _take(front, texts[0])
        _take(body, texts[0])
        return Lead(texts[0], source)
    for blocks, candidates in ((front, front), (body, [block for block in body[:2] if not _is_one_of(block, body)])):
        members = _named(page, headline, candidates)
        for member in members:
            blocks.remove(member)
        if members:
            return Lead(plain(" ".join(member.text for member in members)), "text")
    descriptions = _descriptions(page)
    for block in list(front):
        if len(block.text) < _SHORTEST:
            continue
        described = next((source for text, source in descriptions.items() if _same(text, block.text)), None)
        if described is not None:
            front.remove(block)
            return Lead(plain(block.text), described)
    alone = [block for block in front if len(block.text) >= _SHORTEST and _SENTENCE_END.search(block.text)]
    if len(alone) == 1 and len(alone[0].text) <= _LONGEST_ALONE and not _is_other(page, headline, alone[0]):
        front.remove(alone[0])
        return Lead(plain(alone[0].text), "text")
    return _before_body(page, headline, front + body) or _unseen(page, headline, descriptions, front + body)


def _before_body(page: Page, headline: Headline, blocks: list[Block]) -> Lead | None:
    """What JSON-LD's articleBody has before the page's first paragraph, where it goes on with that one."""
    first = next((plain(block.text)[:_BEGINNING] for block in blocks if len(block.text) >= _BEGINNING), None)
    if first is None:
        return None
    for text in (text for value in page.articles for text in text_values(value.get("articleBody"))):
        before, found, _ = text.partition(first)
        before = before.removeprefix(headline.text).strip()
        if found and _SHORTEST <= len(before) <= _LONGEST and _SENTENCE_END.search(before):
            return Lead(before, "json-ld")
    return None


def _is_one_of(block: Block, body: list[Block]) -> bool:
    """Whether the block is a paragraph beside the others of the body: then it is the first, whatever its name."""
    parent = block.element.getparent()
    return sum(other.element.getparent() is parent for other in body) > 2


def _named(page: Page, headline: Headline, blocks: list[Block]) -> list[Block]:
    """The first run of blocks in one element that is named as a lead."""
    for place, block in enumerate(blocks):
        holder = _lead_element(block.element)
        if holder is None or not _SHORTEST <= len(block.text) <= _LONGEST or _is_other(page, headline, block):
            continue
        members = [block]
        for following in blocks[place + 1 :]:
            if holder is not block.element and holder not in following.element.iterancestors():
                break
            if holder is block.element and following.element is not holder:
                break
            members.append(following)
        return members
    return []


def _lead_element(element: _Element) -> _Element | None:
    current: _Element | None = element
    for _ in range(_NAMED_WITHIN):
        if current is None or current.tag in ("article", "main", "body"):
            return None
        if "description" in (current.get("itemprop") or "").split():
            return current
        if is_named("lead", current):
            return current
        current = current.getparent()
    return None


def _is_other(page: Page, headline: Headline, block: Block) -> bool:
    """Whether the block repeats the headline or is nothing but links."""
    return block.text.casefold() == headline.text.casefold() or block.link_share > 0.8


def _descriptions(page: Page) -> dict[str, str]:
    """What the page gives as its description, and the first source of each."""
    found = [(text, "json-ld") for value in page.articles for text in text_values(value.get("description"))]
    found += [(text, "og") for text in page.head.every("og:description")]
    found += [(text, "meta") for text in page.head.every("description")]
    sources: dict[str, str] = {}
    for text, source in found[:_MOST_DESCRIPTIONS]:
        sources.setdefault(text, source)
    return sources


def _unseen(page: Page, headline: Headline, descriptions: dict[str, str], blocks: list[Block]) -> Lead | None:
    title = headline.text.casefold()
    shown = "\n".join(block.text for block in blocks).casefold()
    words_shown: list[str] = []
    for text, source in descriptions.items():
        folded = text.casefold()
        # Most descriptions are how the body begins.
        if len(text) < _SHORTEST or any(block.text.startswith(text[:-_END]) for block in blocks[:_NEAR_TOP]):
            continue
        words = _LETTERS.findall(folded)
        if len(words) < _FEWEST_WORDS or folded.startswith(title) or title.startswith(folded):
            continue
        if any(len(name) > 4 and name in folded for name in page.site_names):
            continue
        # The last word may be cut.
        if folded[:-_END] in shown:
            continue
        words_shown = words_shown or _LETTERS.findall(shown)
        if " ".join(words[:-1]) not in " ".join(words_shown) and _concerns(words, {*words_shown, *title.split()}):
            return Lead(text, source)
    return None


def _concerns(words: list[str], article: set[str]) -> bool:
    """Whether a description is about an article of these words: a site's slogan shares none with it."""
    telling = [word for word in words if len(word) > 4]
    return bool(telling) and sum(word in article for word in telling) * 2 >= len(telling)


def _same(one: str, other: str) -> bool:
    first, second = (" ".join(_LETTERS.findall(plain(text).casefold())) for text in (one, other))
    return bool(first) and (first == second or (len(first) > 60 and second.startswith(first[:-_END])))


def _take(blocks: list[Block], text: str) -> None:
    for block in blocks[:_NEAR_TOP]:
        if _same(block.text, text):
            blocks.remove(block)
            return
