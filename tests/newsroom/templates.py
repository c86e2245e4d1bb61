"""An article as the bytes of its page, in the template its story asks for."""

from .page import Page
from .template_2019 import render_2019
from .template_2021 import render_2021
from .template_2024 import render_2024
from .template_blocks import render_blocks

_TEMPLATES = {"A": render_2024, "B": render_2021, "C": render_2019, "D": render_blocks}


def render(page: Page) -> tuple[bytes, str]:
    """The page's bytes and its Content-Type.

    Template C is windows-1251, with the Kazakh-only letters as numeric references; its Kazakh pages leave the charset
    to the meta element.
    """
    text = _TEMPLATES[page.version.template](page)
    if page.version.template != "C":
        return text.encode(), "text/html; charset=utf-8"
    header = "text/html" if page.version.language == "kk" else "text/html; charset=windows-1251"
    return text.encode("cp1251", "xmlcharrefreplace"), header


def render_amp(page: Page) -> tuple[bytes, str]:
    """The AMP page: the same article under the same canonical address, marked as AMP."""
    body, content_type = render(page)
    return body.replace(b"<html ", b"<html amp ", 1), content_type
