from __future__ import annotations

import lxml.html

from spiders.pages.prose import ClutterRule, Prose, find_prose

SENTENCE = "Бұл сөйлем жиырма бес таңбадан ұзын болуы керек."


def _prose(html: str) -> Prose:
    root = lxml.html.document_fromstring(f"<html><body>{html}</body></html>")
    return find_prose(root, ClutterRule(), next(root.iter("h1"), None))


def _classes(prose: Prose) -> list[str | None]:
    return [element.get("class") for element, _ in prose.paragraphs]


def test_only_sentences_outside_links_headings_and_scripts_count() -> None:
    prose = _prose(
        f"<p class=a>{SENTENCE}</p><p><a>{SENTENCE}</a></p><h2>{SENTENCE}</h2><script>{SENTENCE}</script><p>Қысқа.</p>"
        f"<div class=b>{SENTENCE}<br>{SENTENCE}</div>"
    )
    assert _classes(prose) == ["a", "b"]
    assert prose.total == 3 * len(SENTENCE)


def test_clutter_is_passed_over_unless_it_holds_the_headline_or_most_of_the_prose() -> None:
    text = f"<p class=a>{SENTENCE}</p>"
    assert _classes(_prose(f"{text * 3}<div class=comments><p class=c>{SENTENCE}</p></div>")) == ["a"] * 3
    assert _classes(_prose(f"<div class=comments>{text * 3}</div><p class=b>{SENTENCE}</p>")) == ["a", "a", "a", "b"]
    assert _classes(_prose(f"<div class=banner><h1>x</h1>{text}</div>{text * 3}")) == ["a"] * 4


def test_an_aside_between_paragraphs_counts_where_it_has_no_links() -> None:
    inside = f"<div><p class=a>{SENTENCE}</p><aside class=b>{SENTENCE}</aside><p class=a>{SENTENCE}</p></div>"
    assert _classes(_prose(inside)) == ["a", "b", "a"]
    assert _classes(_prose(inside.replace("</aside>", "<a href=x>y</a></aside>"))) == ["a", "a"]
    assert _classes(_prose(inside.replace("<p", "<section").replace("</p", "</section"))) == ["a", "a"]
    assert _classes(
        _prose(f"<div><div><p class=a>{SENTENCE * 2}</p></div><aside class=b>{SENTENCE}</aside></div>")
    ) == ["a"]


def test_mass_adds_up_and_weighs_less_further_out() -> None:
    prose = _prose(f"<main><div><p class=a>{SENTENCE}</p><p class=a>{SENTENCE}</p></div></main>")
    paragraph = prose.paragraphs[0][0]
    inner, outer = list(paragraph.iterancestors())[:2]
    assert prose.mass[inner] == prose.mass[outer] == prose.total
    assert prose.scores[inner] > prose.scores[outer]
