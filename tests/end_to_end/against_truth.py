"""Articles of the store held against the fixture newsroom's truth, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from newscrawler.article import Article, DatePrecision, Relation

COPIES = (Relation.SAME_TEXT, Relation.NEAR_TEXT)


def differences(articles: Iterable[Article], truth: list[dict[str, Any]]) -> list[str]:
    """What is missing, too many or otherwise than the truth has it, a line each; empty when all is right."""
    found: dict[str, list[Article]] = {}
    for article in articles:
        found.setdefault(article.canonical_url, []).append(article)
    groups: dict[str, set[str]] = {}
    for record in truth:
        if record["duplicate_of"]:
            groups.setdefault(record["duplicate_of"], {record["duplicate_of"]}).add(record["url"])
    copies = {url: group - {url} for group in groups.values() for url in group}
    expected = {record["url"]: {**record, "copies": copies.get(record["url"], set())} for record in truth}
    wrong = [f"no article: {url} is in the store" for url in sorted(found.keys() - expected.keys())]
    wrong += [f"missing: {url}" for url in sorted(expected.keys() - found.keys())]
    by_id = {article.id: article for kept in found.values() for article in kept}
    for url in sorted(found.keys() & expected.keys()):
        if len(found[url]) > 1:
            wrong.append(f"doubled: {url} is there {len(found[url])} times")
        wrong += [f"{url}: {line}" for line in _fields(found[url][0], expected[url], by_id)]
    return wrong


def _fields(article: Article, record: dict[str, Any], by_id: dict[str, Article]) -> list[str]:
    wrong: list[str] = []

    def check(name: str, got: Any, want: Any) -> None:
        if got != want:
            wrong.append(f"{name} is {got!r}, not {want!r}")

    check("newsroom", article.newsroom, record["newsroom"])
    check("language", article.language, record["language"])
    check("script", article.script, record["script"])
    check("headline", article.headline, record["headline"].replace("\xa0", " "))
    check("lead", article.description, (record["lead"] or "").replace("\xa0", " ") or None)
    # Cleaning makes ordinary spaces of no-break ones; everything else stays as the newsroom wrote it.
    check("body", article.body, [paragraph.replace("\xa0", " ") for paragraph in record["paragraphs"]])
    check("authors", article.authors, record["authors"])
    check("section", article.section, record["section"])
    check("keywords", article.keywords, record["keywords"])
    check("credited_to", article.credited_to, record["credited_to"] or None)
    check("alternates", _other_versions(article), set(record["alternates"].values()))
    if record["photo_credit"]:
        check("photo credit", article.images[0].credit if article.images else None, record["photo_credit"])
    check("number of images", len(article.images), record["images"])
    _check_dates(article, record, check)
    text = "\n".join([article.headline, article.description or "", *article.body])
    wrong += [f"holds {phrase!r}" for phrase in record["must_not_contain"] if phrase in text]
    _check_tags(article, record, check)
    _check_story(article, record, by_id, check)
    return wrong


def _check_dates(article: Article, record: dict[str, Any], check: Any) -> None:
    published = datetime.fromisoformat(record["published"])
    got = article.date_published
    check("date_precision", article.date_precision, record["date_precision"])
    if record["date_precision"] == DatePrecision.DAY:
        check("published day", got and got.date(), published.date())
    else:
        check("published", got and got.isoformat(), published.isoformat())
    modified = datetime.fromisoformat(record["modified"]) if record["modified"] else None
    if modified is not None and modified <= published:
        # A post that was scheduled: it was last edited before it was published, which is no change of the article.
        modified = None
    check("modified", article.date_modified and article.date_modified.isoformat(), modified and modified.isoformat())


def _check_tags(article: Article, record: dict[str, Any], check: Any) -> None:
    regions = [tag.code for tag in article.regions]
    optional = set(record["regions_optional"])
    check("regions", [code for code in regions if code not in optional], record["regions"])
    if record["regions"]:
        check("primary region", regions[:1], record["regions"][:1])
    check("scope", article.scope and article.scope.value, record["scope"])
    topics = [tag.code for tag in article.topics]
    right = {*record["topics"], *record["topics_optional"]}
    check("first topic right", bool(topics) and topics[0] in right, True)
    check("topics found", set(record["topics"]) <= set(topics), True)


def _check_story(article: Article, record: dict[str, Any], by_id: dict[str, Article], check: Any) -> None:
    original = by_id.get(article.story or "")
    if record["twin_of"]:
        check("relation", article.relation, Relation.OTHER_SCRIPT)
        # By the original's own id where the twin came first, by its story where the original was there already.
        tied = (article.story,)
        same_story = {kept.canonical_url for kept in by_id.values() if kept.story in tied or kept.id in tied}
        check("in the story of its original", record["twin_of"] in same_story, True)
        return
    check("its story is kept", original is not None, True)
    is_copy = article.relation in COPIES
    check("copy only in a group of copies", is_copy and not record["copies"], False)
    if is_copy:
        same_story = {kept.canonical_url for kept in by_id.values() if kept.story == article.story}
        check("copy of one of its group", bool(same_story & set(record["copies"])), True)


def _other_versions(article: Article) -> set[str]:
    named = {alternate.url for alternate in article.alternates if alternate.kind == "language"}
    return named - {article.canonical_url}
