import gzip
import tracemalloc
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from scrapy.http import Response

from newscrawler.errors import PageError
from spiders.discovery import xml_document
from spiders.discovery.xml_document import XmlDocument, child_texts

# Of each attack, a word that must not come out of it.
EXPANDED = "aaaaaaaaaa"
_ENTITIES = (
    f'<!ENTITY a "{EXPANDED}"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">'
    '<!ENTITY % p SYSTEM "http://127.0.0.1:1/p.dtd"> %p;'
)
DOCTYPE = f"<!DOCTYPE urlset [{_ENTITIES}]>"
URLS = '<urlset><url note="&b;"><loc>/1</loc><lastmod>&b;&f;</lastmod></url><url><loc>/2</loc></url></urlset>'


def document(body: str | bytes) -> XmlDocument:
    content = body if isinstance(body, bytes) else body.encode()
    return XmlDocument(Response("https://newsroom.test/sitemap.xml", body=content), "newsroom_test", {"url", "item"})


def entries(read: XmlDocument) -> list[etree._Element]:
    found: list[etree._Element] = []
    read.read(found.append)
    return found


def locations(read: XmlDocument) -> list[str | None]:
    return [child_texts(entry).get("loc") for entry in entries(read)]


@pytest.mark.parametrize(
    "body",
    [
        DOCTYPE + URLS,
        f'<?xml version="1.0"?>\n<!-- a map -->\n{DOCTYPE}\n{URLS}',
        f"<!-- <!DOCTYPE x> -->{DOCTYPE}{URLS}",
        f"<?php <!DOCTYPE x> ?>{DOCTYPE}{URLS}",
        f"<!DOCTYPE x>{DOCTYPE}{URLS}",
        f"{DOCTYPE}{DOCTYPE}{URLS}",
        f"<!doctype urlset [{_ENTITIES}]>{URLS}",
        f"<!DOCTYPE urlset [<!ENTITY z ']>'>{_ENTITIES}]>{URLS}",
        f"<!DOCTYPE urlset [<!-- ]> ' -->{_ENTITIES}<?x ]> \" ?>]>{URLS}",
        f'<!DOCTYPE urlset SYSTEM "http://127.0.0.1:1/x.dtd?[>" [{_ENTITIES}]>{URLS}',
        (f'<?xml version="1.0" encoding="utf-16"?>{DOCTYPE}{URLS}').encode("utf-16"),
        (f'<?xml version="1.0" encoding="utf-16"?>{DOCTYPE}{URLS}').encode("utf-16-le"),
        (f"{DOCTYPE}{URLS}").encode("utf-16-be"),
        b'<?xml version="1.0" encoding="unicode_escape"?>\\x3c!DOCTYPE'
        + (DOCTYPE[9:] + URLS).encode()
        + b"<!--\xff-->",
        b'<?xml version="1.0" encoding="utf-7"?>+ADw-!DOCTYPE' + (DOCTYPE[9:] + URLS).encode() + b"<!--\xff-->",
    ],
)
def test_no_entity_is_read_wherever_it_is_declared(body: str | bytes) -> None:
    try:
        texts = [etree_text(entry) for entry in entries(document(body))]
    except PageError:
        return
    assert texts
    assert not any(EXPANDED in text or "root:" in text for text in texts)


def etree_text(entry: etree._Element) -> str:
    return "".join([*map(str, entry.itertext()), *map(str, entry.attrib.values())])


@pytest.mark.parametrize(
    "prolog",
    [
        "",
        "\ufeff",
        " \n",
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        "<!DOCTYPE urlset>",
        "<!-- a --> <?b c?>\n",
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">',
        DOCTYPE,
    ],
)
def test_what_stands_before_the_root_costs_nothing(prolog: str) -> None:
    read = document(f"{prolog}<urlset><url><loc>/1</loc></url></urlset>")
    assert (read.root, locations(read), read.whole) == ("urlset", ["/1"], True)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_a_document_is_read_in_its_encoding(codec: str) -> None:
    name = codec.removesuffix("-sig")
    xml = f'<?xml version="1.0" encoding="{name}"?><rss><channel><item><title>Новости</title></item></channel></rss>'
    assert [child_texts(entry)["title"] for entry in entries(document(xml.encode(codec)))] == ["Новости"]


def test_addresses_keep_what_was_escaped_in_texts_and_attributes() -> None:
    (entry,) = entries(document('<feed><item h="?a&amp;b&#38;c"><loc>?a&amp;b<![CDATA[&c&amp;]]></loc></item></feed>'))
    assert (entry.get("h"), entry.findtext("loc")) == ("?a&b&c", "?a&b&c&amp;")


def test_entries_are_found_at_any_depth_and_one_ends_where_the_next_begins() -> None:
    items = "<a><item><loc>1</loc><item/><loc>3</loc></item></a><item><loc>2</loc></item>"
    read = document(f"<r:RDF xmlns:r='x' xmlns='y'>{items}</r:RDF>")
    assert (read.root, locations(read), read.whole) == ("rdf", ["1", None, "2"], True)


@pytest.mark.parametrize(
    ("xml", "found", "whole"),
    [
        ("<urlset/>", [], True),
        ("<urlset></urlset><!-- made in 0.1 s -->", [], True),
        ("<urlset>", [], False),
        ("<urlset><url><loc>/1</loc></url><url><loc>/2</lo", ["/1"], False),
        ("<urlset><url><loc>/1</loc></url>", ["/1"], False),
        ("<urlset><url><loc>/1</loc><b></url><url><loc>/2</loc></b></url></urlset>", ["/1", "/2"], True),
        ("<urlset><url><loc>/1</loc><_</url><url><loc>/2</loc></url></urlset>", ["/1", "/2"], True),
        ("<urlset><url><loc>/1&nbsp;&x=</loc></url><b><url><loc>/2</loc></url></urlset>", ["/1=", "/2"], True),
    ],
)
def test_damage_costs_what_it_damages_and_is_told(xml: str, found: list[str], whole: bool) -> None:
    read = document(xml)
    assert locations(read) == found
    assert read.whole is whole


@pytest.mark.parametrize("body", ["", "plain", "<", "< a>", "<!-- ", "<!DOCTYPE urlset [", "{}", b"\x00\x01"])
def test_what_is_no_xml_is_an_error(body: str | bytes) -> None:
    with pytest.raises(PageError, match="no XML"):
        document(body)


def attributes(number: int) -> str:
    return " ".join(f'a{each}=""' for each in range(number))


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        pytest.param("<url>" + "<a/>" * 30_000 + "</url>", "elements", id="an entry of many elements"),
        pytest.param(f"<a {attributes(99)}/>" * 21_000, "elements", id="many elements"),
        pytest.param("<a <" * 2_000, "deep", id="elements without an end"),
        pytest.param("<url/>" * 110_000, "entries", id="many entries"),
        pytest.param(f"<url {attributes(200_000)}/>", "piece", id="a tag of very many attributes"),
        pytest.param(f"<url {attributes(10_000)}/>", "attributes", id="a tag of many attributes"),
        pytest.param(f"<url><loc>{'a' * 2_000_000}</loc></url>", "piece", id="a long text"),
    ],
)
def test_what_would_fill_the_memory_is_an_error(inside: str, reason: str) -> None:
    body = gzip.compress(f"<urlset>{inside}</urlset>".encode(), 1)
    with pytest.raises(PageError, match=reason):
        locations(document(body))


def test_of_a_document_only_one_entry_is_in_memory() -> None:
    read = document("<urlset>" + "<url><loc>https://newsroom.test/kk/news/1</loc><x/></url>" * 5_000 + "</urlset>")
    alone = []
    read.read(lambda entry: alone.append(entry.getparent() is None and entry.getprevious() is None))
    assert alone == [True] * 5_000
    assert read.whole


def test_what_is_packed_is_never_held_unpacked() -> None:
    entry = f"<url><loc>https://newsroom.test/kk/news/1</loc>{' ' * 1000}</url>"
    body = gzip.compress(f"<urlset>{entry * 30_000}</urlset>".encode(), 9)
    tracemalloc.start()
    try:
        assert len(locations(document(body))) == 30_000
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("size", [*range(65_530, 65_542), 131_072])
def test_what_is_packed_is_unpacked_to_its_end(size: int) -> None:
    end = "<url><loc>https://newsroom.test/kk/news/1</loc></url></urlset>"
    text = f"<urlset>{' ' * (size - 8 - len(end))}{end}"
    assert len(locations(document(gzip.compress(text.encode(), 9)))) == 1


@pytest.mark.parametrize("number", [1, 5_000])
def test_what_follows_what_is_packed_is_no_part_of_it(number: int) -> None:
    entry = "<url><loc>https://newsroom.test/kk/news/1</loc></url>"
    body = gzip.compress(f"<urlset>{entry * number}</urlset>".encode())
    for behind in (b"\n", b"\0" * 100_000, b"garbage"):
        assert len(locations(document(body + behind))) == number


def test_what_is_packed_in_several_members_is_read_whole() -> None:
    entry = "<url><loc>https://newsroom.test/kk/news/1</loc></url>"
    texts = ["", f"<urlset>{entry * 3_000}", entry, f"{entry * 3_000}</urlset>", ""]
    read = document(b"".join(gzip.compress(text.encode()) for text in texts))
    assert len(locations(read)) == 6_001
    assert read.whole


def test_a_gzip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_document, "_LARGEST", 1_000_000)
    body = gzip.compress(b"<urlset>" + b" " * 40_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(PageError, match="unpacked"):
            document(body)
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "piece",
    ["<!DOCTYPE[", "<!DOCTYPE a [", "<!DOCTYPE a>", "<!--", "<?", "]", "]>", '"', "<!ENTITY ", " ", "<!", "&", "<a "],
)
def test_hostile_repetition_costs_no_more_than_reading(piece: str) -> None:
    started = process_time()
    for before in ("", "<!DOCTYPE urlset [", "<urlset>", "<urlset><url>", '<?xml encoding="'):
        with suppress(PageError):
            locations(document(before + piece * (1_000_000 // len(piece))))
    # A second, measured; looking anew from each place would take hours.
    assert process_time() - started < 20


@given(st.binary(max_size=300) | st.text(st.sampled_from("<>!?[]\"'/&;- aurlset=\n"), max_size=200).map(str.encode))
def test_any_bytes_are_a_document_or_a_page_error(body: bytes) -> None:
    for wild in (body, b"<urlset>" + body, b"<urlset><url>" + body + b"</url></urlset>", b"<!DOCTYPE " + body):
        with suppress(PageError):
            assert all(location is None or location for location in locations(document(wild)))
