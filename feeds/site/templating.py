"""Templating: HTML from the templates in this folder, every value of which is text unless it is marked as markup."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "templates"
# What HTML forbids (https://html.spec.whatwg.org/#preprocessing-the-input-stream), and what turns the text around it
# about (UAX 9, section 2).
_NEVER_SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def render(template: str, **values: object) -> str:
    """The template of that name filled with `values`. Texts are escaped, and lose the characters that HTML forbids or
    that turn the direction of text; `Markup` stands as it is."""
    return _environment().get_template(template).render(values)


@cache
def asset(name: str) -> Markup:
    """The stylesheet or script of that name, as it stands inside its element."""
    return Markup((_HERE / name).read_text(encoding="utf-8"))  # noqa: S704 (our own file)


def policy(*, style: str, script: str | None = None) -> Markup:
    """The Content-Security-Policy of a page: nothing from elsewhere, and of what is inline this style and script.

    It holds no quotation marks, and so can stand in an attribute."""
    allowed = f"style-src {_source(style)}" + (f"; script-src {_source(script)}" if script is not None else "")
    rest = "base-uri 'none'; form-action 'none'"
    return Markup(f"default-src 'none'; img-src 'self' data:; {allowed}; {rest}")  # noqa: S704 (our own words)


@cache
def site_version() -> str:
    """A digest of everything in this folder that pages are made from."""
    digest = hashlib.sha256()
    for path in _parts():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _parts() -> Iterator[Path]:
    for folder in (_HERE, _TEMPLATES):
        yield from sorted(path for path in folder.iterdir() if path.is_file() and path.suffix != ".txt")


@cache
def _source(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        auto_reload=False,
    )


def _shown(value: object) -> object:
    return _NEVER_SHOWN.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value
