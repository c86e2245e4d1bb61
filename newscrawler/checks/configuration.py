"""Checks of what the operator decided: newscrawler.toml, the newsroom files and the vocabulary."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from newscrawler.checks.finding import Finding, failure, ok, problem, warning
from newscrawler.config import CONFIG_NAME, Config
from newscrawler.errors import ExitStatus, NewscrawlerError
from newscrawler.newsroom import Newsroom
from newscrawler.urls import host_of
from newscrawler.vocabulary import load_vocabulary

# RFC 2606, section 2, and RFC 6761: names that nobody holds.
_NOBODYS = (".invalid", ".test", ".example", ".localhost")
_DEVELOPMENT = ("now", "resolve", "delay_scale")


def check_configuration(config: Config) -> Iterator[Finding]:
    """Whether a crawl may start, and whether its feeds can be public."""
    if config.contact:
        yield ok("contact", config.contact)
    else:
        yield problem(
            "contact",
            "is not set, so nothing is fetched",
            f"Set contact in {CONFIG_NAME} to a mail or web address",
            ExitStatus.USAGE,
        )
    # Who enables newsrooms means to publish; before that the defaults are as good as any.
    goes_public = bool(config.newsrooms)
    if _is_local(config.base_url):
        remedy = "Set base_url to the address under which readers will find the feeds, before they subscribe"
        yield warning("base_url", f"{config.base_url} is this machine alone", remedy, owed=goes_public)
    else:
        yield ok("base_url", config.base_url)
    if config.feed_authority.partition(",")[0].endswith(_NOBODYS):
        remedy = "Set feed_authority to a domain you hold, before readers subscribe: afterwards it must stay"
        yield warning("feed_authority", f"{config.feed_authority} is nobody's", remedy, owed=goes_public)
    else:
        yield ok("feed_authority", config.feed_authority)
    set_for_development = [name for name in _DEVELOPMENT if getattr(config, name) != _default_of(name)]
    if set_for_development:
        names = ", ".join(set_for_development)
        yield warning("development", f"{names}: set, as only tests should", "Unset what is named", owed=False)


def check_newsrooms(config: Config) -> Iterator[Finding]:
    """Whether the newsroom files can be read, and which of those enabled nobody compared with their site."""
    try:
        newsrooms, _ = config.all_newsrooms()
    except NewscrawlerError as error:
        yield failure("newsroom files", error)
        return
    enabled = [newsrooms[name] for name in config.newsrooms if name in newsrooms]
    for name in dict.fromkeys((*config.newsrooms, *config.newsroom_files())):
        if name not in newsrooms:
            yield from _unreadable(config, name)
    if not config.newsrooms:
        yield warning("newsrooms", "none is enabled", f"Name some under newsrooms in {CONFIG_NAME}")
    elif enabled:
        yield ok("newsrooms", ", ".join(newsroom.name for newsroom in enabled))
    yield from _drafts(enabled)


def check_vocabulary(config: Config) -> Iterator[Finding]:
    """Whether the words for places and topics can be read, the operator's own among them."""
    folder = config.folder / "vocabulary"
    try:
        vocabulary = load_vocabulary([folder])
    except NewscrawlerError as error:
        yield failure("vocabulary", error)
        return
    own = f", with {folder}" if folder.is_dir() else ""
    yield ok("vocabulary", f"{len(vocabulary.regions)} regions, {len(vocabulary.topics)} topics{own}")


def _unreadable(config: Config, name: str) -> Iterator[Finding]:
    try:
        config.newsroom(name)
    except NewscrawlerError as error:
        found = failure("newsroom files", error)
        is_wanted = name in config.newsrooms
        yield found if is_wanted else warning(found.subject, found.said, found.remedy, owed=False)


def _drafts(enabled: list[Newsroom]) -> Iterator[Finding]:
    drafts = [newsroom.name for newsroom in enabled if not newsroom.verified]
    if drafts:
        yield warning(
            "drafts",
            f"nobody has compared what is read with the site: {', '.join(drafts)}",
            "Compare some articles ('newscrawler inspect URL'), keep them ('newscrawler newsroom record NAME'), "
            "and set verified = true in the newsroom's file",
            owed=False,
        )


def _is_local(url: str) -> bool:
    host = host_of(url)
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return host == "localhost" or host.endswith(_NOBODYS)


def _default_of(name: str) -> object:
    return Config.model_fields[name].get_default(call_default_factory=True)
