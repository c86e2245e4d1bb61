"""A redesign of the small newsroom: how its site shows an article from then on, and what its file needs for it."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.end_to_end.small_site import Answer

TEASER = "Толық оқу үшін басыңыз."
MENDED = '[selectors]\nbody = "nav.promo button"\ndate_published = "nav.promo b"\nremove = "div.body"\n'


def redesigned(page: Answer, date: str) -> Answer:
    """The page of the same article: no date where dates are, a teaser for a body; what it says, and the `date`, stand
    where no article's text is looked for."""
    old = re.sub(r"<script.*?</script>", "", str(page.body))
    text = "".join(f"<button>{words}</button>" for words in re.findall("<p>(.*?)</p>", old))
    promo = f'<nav class="promo"><b>{date}</b>{text}</nav>'
    teaser = f'<div class="body"><p>{TEASER}</p></div>'
    new = re.sub('<div class="body">.*?</div>', teaser, old).replace("</article>", f"</article>{promo}")
    return replace(page, body=new)
