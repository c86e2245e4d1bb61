"""Bad JSON lines on the way into tag and extract: each is named and left out, and no other is touched by it."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.commands.json_lines import BadLine
from newscrawler.languages import languages_told
from newscrawler.vocabulary import Vocabulary
from pipelines.commands.tag import tagged
from pipelines.step import StepContext
from tests.conftest import NOW
from tests.newscrawler.commands.processes import newscrawler


def test_tag_leaves_out_only_the_lines_that_are_no_articles(tmp_path: Path) -> None:
    good = {
        "id": "g",
        "headline": "Шымкентте мектеп ашылды",
        "lead": None,
        "body": None,
        "url": None,
        "language": "kk-KZ",
    }
    bad = {
        b"[" * 400_000: "it is nested more than 100 deep",
        json.dumps(good, ensure_ascii=False).encode("cp1251", "replace"): "it is not UTF-8",
        b"[1]": "it is not an object",
        b'{"body": "x"}': "it has no headline",
        b'{"headline": null}': "it has no headline",
        b'{"headline": 5}': "headline is not text",
        b'{"headline": "  "}': "headline is empty",
        b'{"headline": "\\u200b"}': "headline is empty",
        b'{"headline": "x", "lead": 5}': "lead is not text",
        b'{"headline": "x", "url": ["u"]}': "url is not text",
        b'{"headline": "x", "body": 5}': "body is neither text nor a list of texts",
        b'{"headline": "x", "body": 0}': "body is neither text nor a list of texts",
        b'{"headline": "x", "body": [null, 3]}': "body is neither text nor a list of texts",
        b'{"headline": "x", "body": {"a": 1}}': "body is neither text nor a list of texts",
        b'{"headline": "x", "language": "zz"}': "language 'zz' is none of kk, ru, ky, uz, tt, uk, en, und",
        b'{"headline": "x", "language": 5}': "language is not text",
    }
    whole = json.dumps(good, ensure_ascii=False).encode()
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + whole + b"\r\n" + b"".join(line + b"\r\n" + whole + b"\r\n" for line in bad))
    for line, stdin in (("tag lines.jsonl", b""), ("tag", file.read_bytes())):
        ended = newscrawler(line, tmp_path, stdin)
        answers = [json.loads(answer) for answer in ended.out.splitlines()]
        assert len(answers) == len(bad) + 1
        expected = good | {"language": "kk", "scope": "regional", "regions": ["KZ-79"], "topics": answers[0]["topics"]}
        assert all(answer == expected for answer in answers)
        assert ended.err.splitlines() == [
            f"line {2 * number} is left out: {reason}" for number, reason in enumerate(bad.values(), 1)
        ]
        assert ended.status == 3


wild = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(["id", "headline", "lead", "body", "language", "url"]), wild | st.text(min_size=1))
)
def test_tag_answers_any_object_or_says_why_not(vocabulary: Vocabulary, values: dict[str, Any]) -> None:
    try:
        answer = tagged(values, StepContext(vocabulary=vocabulary, now=NOW))
    except BadLine:
        return
    assert answer["headline"].strip()
    assert answer["language"] in languages_told()
    assert all(answer[name] == value for name, value in values.items() if name != "language")


def test_extract_leaves_out_only_the_lines_that_are_no_pages(tmp_path: Path) -> None:
    good: dict[str, Any] = {"id": 7, "url": "https://a.kz/1", "html_b64": base64.b64encode(b"<p>Hello</p>").decode()}
    whole = json.dumps(good).encode()
    fields: dict[str, dict[str, Any]] = {
        "it has no url": {"url": None},
        "url is not text": {"url": ["https://a.kz/1"]},
        "url 'a.kz/1' is not an absolute http or https address": {"url": "a.kz/1"},
        "it has no html_b64": {"html_b64": None},
        "html_b64 is empty": {"html_b64": ""},
        "html_b64 is not text": {"html_b64": 5},
        "html_b64 is not base64": {"html_b64": "ы"},
        "id is neither text nor a number": {"id": {"a": 1}},
        "fetched_at is not text": {"fetched_at": 5},
        "fetched_at 'noon' is no date and time as ISO 8601 writes it": {"fetched_at": "noon"},
        "fetched_at '0001-01-01' is not between the years 1990 and 9998": {"fetched_at": "0001-01-01"},
    }
    bad = {
        b"[" * 400_000: "it is nested more than 100 deep",
        b"[1]": "it is not an object",
        "{'ы'}".encode("cp1251"): "it is not UTF-8",
        **{json.dumps(good | changed).encode(): reason for reason, changed in fields.items()},
    }
    stdin = b"\xef\xbb\xbf" + whole + b"\r\n" + b"".join(line + b"\r\n" + whole + b"\r\n" for line in bad)
    ended = newscrawler("extract", tmp_path, stdin)
    answers = [json.loads(answer) for answer in ended.out.splitlines()]
    assert len(answers) == len(bad) + 1
    assert {(answer["id"], answer["url"], "error" in answer) for answer in answers} == {("7", "https://a.kz/1", True)}
    assert ended.err.splitlines() == [
        f"line {2 * number} is left out: {reason}" for number, reason in enumerate(bad.values(), 1)
    ]
    assert ended.status == 3
