"""What is asked of the network, by the commands themselves: a canary on loopback must never be touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.end_to_end.commands import Ended, command, environment
from tests.end_to_end.small_site import article_page
from tests.security.loopback_site import LoopbackSite, Page

PASSWORD = "word-that-is-secret"
# Ways to write 127.0.0.1, and other addresses that lead to this machine or its network.
DISGUISES = (
    *("127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001"),
    *("localhost", "0", "0.0.0.0", "127.0.0.1.", "\u2460\u2461\u2466.0.0.1", "169.254.169.254"),
    *("[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]"),
    *("[2002:7f00:1::]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]", "[::1%25lo]", "[fe80::1%25lo]"),
)
# What the process asks of the system is noted where nothing of Python or C can go around it.
NOTED = """
import json, sys
noted = open("noted.jsonl", "a", buffering=1)
def note(event, arguments):
    if event in ("socket.connect", "socket.sendto"):
        noted.write(json.dumps([event, str(arguments[1])]) + "\\n")
    elif event == "socket.getaddrinfo":
        noted.write(json.dumps([event, str(arguments[0])]) + "\\n")
    elif event == "pickle.find_class":
        noted.write(json.dumps([event, str(arguments)]) + "\\n")
sys.addaudithook(note)
import socket
listen = socket.socket.listen
def noted_listen(self, *arguments):
    noted.write(json.dumps(["listen", str(self.getsockname())]) + "\\n")
    return listen(self, *arguments)
socket.socket.listen = noted_listen
"""


def article(key: str, **texts: str) -> Page:
    body = article_page(key).body
    assert isinstance(body, str)
    return Page(body.replace("</article>", f"{texts.get('more', '')}</article>"))


@pytest.fixture
def canary() -> Iterator[LoopbackSite]:
    """A server that answers everything as an article, on both loopbacks, and that nothing may reach."""
    with LoopbackSite() as four, LoopbackSite(host="127.0.0.2", port=four.port) as other:
        yield four
        assert (four.connections, other.connections) == ([], [])


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    """The site that may be asked."""
    with LoopbackSite() as opened:
        yield opened


def run(site: LoopbackSite, at: Path, *arguments: str, patch: str = "", **more: str) -> Ended:
    names = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "no_proxy", "NO_PROXY")
    values = {name: value for name, value in environment().items() if name not in names}
    values |= {"NEWSCRAWLER_ALLOW_ADDRESSES": f"127.0.0.1:{site.port}", "NEWSCRAWLER_DELAY_SCALE": "0"}
    return command(*arguments, at=at, env=values | more, patch=patch)


def define(folder: Path, site: LoopbackSite, *sources: tuple[str, str]) -> None:
    """A newsroom whose file calls every disguise a host of its own, so that only the guard is in the way."""
    hosts = sorted({disguise.strip("[]") for disguise in DISGUISES if "%" not in disguise and disguise.isascii()})
    kinds = "".join(
        f'[[sources]]\nkind = "{kind}"\nurl = "http://127.0.0.1:{site.port}{path}"\n'
        + ("next_page = 'a.next'\n" if kind == "listing" else "")
        for kind, path in sources
    )
    (folder / "newsrooms").mkdir()
    (folder / "newsrooms" / "trapped.toml").write_text(
        f'title = "T"\nsite = "http://127.0.0.1:{site.port}/"\nhosts = {json.dumps(hosts)}\nlanguages = ["kk"]\n'
        f"{kinds}[articles]\ninclude = ['^/a/']\n"
    )


def test_a_crawl_touches_nothing_that_it_may_not(site: LoopbackSite, canary: LoopbackSite, tmp_path: Path) -> None:
    traps = [f"http://{host}:{canary.port}/a/{number}" for number, host in enumerate(DISGUISES)]
    links = "".join(f'<a href="{url}">x</a>' for url in traps)
    elsewhere = f"http://127.0.0.1:{canary.port}"
    inside = [f"http://127.0.0.1:{site.port}/a/redirect-{number}" for number in range(3)]
    schemes = [f"file://{tmp_path}/secret", f"ftp://127.0.0.1:{canary.port}/", "data:text/html,x", "s3://bucket/key"]
    redirects = [f"/a/scheme-{number}" for number in range(len(schemes))]
    site.pages = {
        "/list": Page(
            f"{links}{''.join(f'<a href={url}>x</a>' for url in [*inside, *redirects])}"
            f'<a href="/a/good">x</a><a class="next" href="{elsewhere}/list?page=2">next</a>'
        ),
        "/map": Page(
            f"<?xml version='1.0'?><sitemapindex><sitemap><loc>{elsewhere}/map.xml</loc></sitemap>"
            f"<sitemap><loc>/map-1</loc></sitemap></sitemapindex>"
        ),
        "/map-1": Page(
            "<?xml version='1.0'?><urlset xmlns:xi='http://www.w3.org/2001/XInclude'>"
            f"<xi:include href='{elsewhere}/x.xml'/><url><loc>{elsewhere}/a/of-a-map</loc></url>"
            "<url><loc>/a/good</loc></url></urlset>"
        ),
        "/feed": Page(
            f"<?xml version='1.0'?><!DOCTYPE rss SYSTEM '{elsewhere}/x.dtd' [<!ENTITY % p SYSTEM '{elsewhere}/p'> %p;]>"
            f"<rss><channel><item><link>{elsewhere}/a/of-a-feed</link></item></channel></rss>"
        ),
        "/moved": Page(target=f"{elsewhere}/list"),
        "/a/good": article("good", more=f'<img src="{elsewhere}/p.jpg"><iframe src="{elsewhere}/f"></iframe>'),
        "/a/redirect-0": Page(target=f"{elsewhere}/a/x"),
        "/a/redirect-1": Page(target=f"http://[::1]:{canary.port}/a/x"),
        "/a/redirect-2": Page(target=f"http://somebody:{PASSWORD}@127.0.0.1:{site.port}/a/other"),
        "/a/other": article("other"),
        **{path: Page(target=target) for path, target in zip(redirects, schemes, strict=True)},
    }
    (tmp_path / "secret").write_text(article_page("secret").body)  # type: ignore[arg-type]
    define(tmp_path, site, ("listing", "/list"), ("sitemap", "/map"), ("feed", "/feed"), ("feed", "/moved"))
    proxy = f"http://somebody:{PASSWORD}@127.0.0.1:{canary.port}"
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"), proxy)
    ended = run(site, tmp_path, "crawl", "trapped", "-vv", patch=NOTED, **proxies)

    assert {"/robots.txt", "/list", "/map", "/map-1", "/feed", "/moved", "/a/good", "/a/other"} <= set(site.paths)
    counted = run(site, tmp_path, "export")
    told = [json.loads(line)["headline"] for line in counted.out.splitlines()]
    assert len(told) == 2, ended.err
    # No cookie of an answer, no password of an address and none of the environment goes anywhere.
    sent = {name for asked in site.asked for name in asked.headers}
    assert not sent & {"cookie", "authorization", "proxy-authorization", "referer"}
    for shown in (ended.out, ended.err, (tmp_path / "newscrawler.db").read_bytes().decode("latin-1")):
        assert PASSWORD not in shown
    noted = [json.loads(line) for line in (tmp_path / "noted.jsonl").read_text().splitlines()]
    assert ["socket.connect", str(("127.0.0.1", site.port))] in noted
    reached = {what for event, what in noted if event in ("socket.connect", "socket.sendto")}
    assert reached == {str(("127.0.0.1", site.port))}
    assert not [what for event, what in noted if event in ("listen", "pickle.find_class")]
    # Nothing is looked up but what the site's links name.
    looked_up = {what for event, what in noted if event == "socket.getaddrinfo"}
    assert looked_up <= {disguise.strip("[]") for disguise in DISGUISES}
    assert {"127.1", "2130706433", "0177.0.0.1", "localhost", "::1", "64:ff9b::7f00:1"} <= looked_up


def test_a_name_that_changes_its_address_is_refused_at_once(
    site: LoopbackSite, canary: LoopbackSite, tmp_path: Path
) -> None:
    site.pages = {"/a/1": article("1")}
    with LoopbackSite(host="127.0.0.2", port=site.port) as behind:
        patch = """
import socket
real, answers = socket.getaddrinfo, ["127.0.0.1"]
def rebinding(host, port, *arguments, **more):
    if host != "changes.test":
        return real(host, port, *arguments, **more)
    address = answers.pop() if answers else "127.0.0.2"
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]
socket.getaddrinfo = rebinding
"""
        ended = run(site, tmp_path, "inspect", f"http://changes.test:{site.port}/a/1", patch=patch)
        assert site.paths == ["/robots.txt"]
        assert behind.connections == []
    assert ended.status == 4
    assert "a loopback, private or special address" in ended.err


def test_inspect_and_new_touch_nothing_that_they_may_not(
    site: LoopbackSite, canary: LoopbackSite, tmp_path: Path
) -> None:
    elsewhere = f"http://127.0.0.1:{canary.port}"
    links = "".join(
        f'<a href="http://{host}:{canary.port}/a/{number}">x y z</a>' for number, host in enumerate(DISGUISES)
    )
    site.pages = {
        "/": Page(
            f'<link rel="alternate" type="application/rss+xml" href="{elsewhere}/rss">{links}<a href="/a/1">x</a>'
        ),
        "/robots.txt": Page(f"User-agent: *\nAllow: /\nSitemap: {elsewhere}/sitemap.xml\n"),
        "/sitemap.xml": Page(target=f"{elsewhere}/sitemap.xml"),
        "/a/1": article("1"),
        "/a/2": Page(target=f"{elsewhere}/a/2"),
    }
    home = f"http://127.0.0.1:{site.port}"
    ended = run(
        site, tmp_path, "newsroom", "new", f"http://somebody:{PASSWORD}@127.0.0.1:{site.port}/", "--dry-run", "-vv"
    )
    assert "/" in site.paths
    assert PASSWORD not in ended.out + ended.err
    refused = run(site, tmp_path, "inspect", f"{home}/a/2")
    assert (refused.status, site.paths[-1]) == (4, "/a/2")
    assert "a loopback, private or special address" in refused.err
    literal = run(site, tmp_path, "inspect", f"http://[::1]:{canary.port}/a/1")
    assert (literal.status, "--allow-address" in literal.err) == (4, True)


@pytest.fixture
def self_signed(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that no authority has signed, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    begin = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=36_500))
        .sign(key, hashes.SHA256())
    )
    files = tmp_path / "certificate.pem", tmp_path / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files


def test_a_certificate_that_nobody_signed_is_refused(self_signed: tuple[Path, Path], tmp_path: Path) -> None:
    with LoopbackSite({"/a/1": article("1")}, tls=self_signed) as site:
        ended = run(site, tmp_path, "inspect", f"https://127.0.0.1:{site.port}/a/1")
        assert site.connections
        assert site.asked == []
    assert ended.status == 4
