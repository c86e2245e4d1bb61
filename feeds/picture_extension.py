"""What feedgen's media extension lacks: the credit and the caption of an entry's picture (Media RSS 1.5.1)."""

from __future__ import annotations

from collections.abc import Callable

from feedgen.ext.base import BaseEntryExtension
from lxml import etree

from feeds.entry import Picture
from feeds.rss_texts import write_plain

MEDIA = "http://search.yahoo.com/mrss/"


class PictureExtension(BaseEntryExtension):  # type: ignore[misc]
    """Adds `picture`, when it is set, as media:content with media:credit and media:description, in both formats."""

    picture: Picture | None = None

    def extend_rss(self, element: etree._Element) -> etree._Element:
        """Adds the picture to an item."""
        return self._extend(element, write_plain)

    def extend_atom(self, element: etree._Element) -> etree._Element:
        """Adds the picture to an entry."""
        return self._extend(element, lambda described, text: setattr(described, "text", text))

    def _extend(self, element: etree._Element, write: Callable[[etree._Element, str], None]) -> etree._Element:
        picture = self.picture
        if picture is None:
            return element
        content = etree.SubElement(element, f"{{{MEDIA}}}content", {"url": picture.url, "medium": "image"})
        for name, pixels in (("width", picture.width), ("height", picture.height)):
            if pixels is not None:
                content.set(name, str(pixels))
        if picture.caption is not None:
            write(etree.SubElement(content, f"{{{MEDIA}}}description", {"type": "plain"}), picture.caption)
        if picture.credit is not None:
            write(etree.SubElement(content, f"{{{MEDIA}}}credit", {"role": "photographer"}), picture.credit)
        return element
