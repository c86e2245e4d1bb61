"""What feedgen's media extension lacks: the credit and the caption of an entry's picture (Media RSS 1.5.1)."""

from __future__ import annotations

from feedgen.ext.base import BaseEntryExtension
from lxml import etree

from feeds.entry import Picture

MEDIA = "http://search.yahoo.com/mrss/"


class PictureExtension(BaseEntryExtension):  # type: ignore[misc]
    """Adds `picture`, when it is set, as media:content with media:credit and media:description, in both formats."""

    picture: Picture | None = None

    def extend_rss(self, element: etree._Element) -> etree._Element:
        """Adds the picture to an item or an entry."""
        picture = self.picture
        if picture is None:
            return element
        content = etree.SubElement(element, f"{{{MEDIA}}}content", {"url": picture.url, "medium": "image"})
        for name, pixels in (("width", picture.width), ("height", picture.height)):
            if pixels is not None:
                content.set(name, str(pixels))
        if picture.caption is not None:
            etree.SubElement(content, f"{{{MEDIA}}}description", {"type": "plain"}).text = picture.caption
        if picture.credit is not None:
            etree.SubElement(content, f"{{{MEDIA}}}credit", {"role": "photographer"}).text = picture.credit
        return element

    extend_atom = extend_rss
