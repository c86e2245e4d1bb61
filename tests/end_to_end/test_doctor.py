"""`newscrawler doctor --live`, over loopback."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.commands import Ended, command, environment
from tests.end_to_end.small_site import HOST, SITE, Answer, SmallNewsroom, SmallSite, source

CONFIG = """
base_url = "https://news.example.org/"
feed_authority = "news.example.org,2024"
newsrooms = ["small", "other"]
"""


def robots(shown: Ended) -> dict[str, str]:
    """What is said of each newsroom's robots.txt, with its level."""
    lines = [line.split(" robots.txt: ", 1) for line in shown.out.splitlines() if " robots.txt: " in line]
    return {said.partition(":")[0]: f"{level.strip()}: {said.partition(': ')[2]}" for level, said in lines}


def test_each_enabled_newsroom_is_asked_once_and_what_keeps_us_out_is_named(tmp_path: Path) -> None:
    (tmp_path / "newscrawler.toml").write_text(CONFIG, encoding="utf-8")
    with SmallSite() as site:
        newsroom = SmallNewsroom(tmp_path, site)
        newsroom.define(source("listing", "/list"), source("feed", "/private/feed"))
        newsroom.define(source("listing", "/list").replace(HOST, "other.test"), name="other", host="other.test")
        env = environment(site.address, hosts=[HOST, "other.test"])
        site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /private/\n")
        refused = command("doctor", "--live", at=tmp_path, env=env)
        assert site.taken_log() == ["/robots.txt"] * 2
        del site.answers["/robots.txt"]
        without_rules = command("doctor", "--live", at=tmp_path, env=env)
        offline = command("doctor", at=tmp_path, env=env)
        assert site.taken_log() == ["/robots.txt"] * 2
    gone = command("doctor", "--live", at=tmp_path, env=env)
    assert (refused.status, refused.err) == (3, "")
    assert robots(refused) == {
        "small": f"warning: {SITE}private/feed is disallowed by robots.txt. "
        "See whether the site is up, and whether it wants to be crawled",
        "other": "ok: may be crawled",
    }
    assert (without_rules.status, offline.status) == (0, 0)
    assert set(robots(without_rules).values()) == {"ok: may be crawled"}
    assert robots(offline) == {}
    assert gone.status == 3
    assert "connection refused" in robots(gone)["small"]
