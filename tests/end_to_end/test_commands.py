"""The verbs beside crawl and run, as a user calls them."""

from __future__ import annotations

import base64
import csv
import json
import os
import tomllib
from pathlib import Path

import pytest

from newscrawler.commands.export import COLUMNS
from tests.end_to_end.commands import Ended, command, environment
from tests.newsroom.server import NewsroomServer
from tests.newsroom.truth import truth

ENV = environment()
METRO = "https://newsroom.test/kk/news/52001-almaty-metrosy-sauirde-zholaushy-sany-osti"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """A folder with the store of the example newsroom."""
    folder = tmp_path_factory.mktemp("crawled")
    assert command("crawl", "newsroom_test", "--saved", examples, at=folder, env=ENV).status == 0
    return folder


def test_init_writes_a_configuration_once(tmp_path: Path) -> None:
    arguments = ["init", "site", "--contact", "me@example.org", "--newsroom", "newsroom_kz"]
    made = command(*arguments, "--base-url", "https://news.example.org/feeds", at=tmp_path, env=ENV)
    assert made.status == 0
    values = tomllib.loads((tmp_path / "site" / "newscrawler.toml").read_text(encoding="utf-8"))
    assert values["contact"] == "me@example.org"
    assert values["newsrooms"] == ["newsroom_kz"]
    assert values["base_url"] == "https://news.example.org/feeds/"
    assert values["feed_authority"].startswith("news.example.org,")
    again = command(*arguments, at=tmp_path, env=ENV)
    assert again.status == 2
    assert "there already" in again.err
    env = {name: value for name, value in ENV.items() if name != "NEWSCRAWLER_CONTACT"}
    status = command("status", "--config", "site/newscrawler.toml", at=tmp_path, env=env)
    assert status.status == 4
    assert str(tmp_path / "site" / "newscrawler.db") in status.err


def test_export_as_json_lines(crawled: Path) -> None:
    ended = command("export", at=crawled, env=ENV)
    rows = [json.loads(line) for line in ended.out.splitlines()]
    assert len(rows) == 69
    assert all(tuple(row) == COLUMNS for row in rows)
    record = next(record for record in truth(1) if record["url"] == METRO)
    row = next(row for row in rows if row["url"] == METRO)
    assert (row["headline"], row["published"], row["language"]) == (record["headline"], record["published"], "kk")
    assert row["regions"] == record["regions"]
    assert row["topics"][0] == record["topics"][0]
    assert row["body"].split("\n\n")[0] == record["paragraphs"][0].replace("\xa0", " ")


def test_export_as_csv_into_a_file(crawled: Path, tmp_path: Path) -> None:
    ended = command("export", "--format", "csv", "--to", tmp_path / "a.csv", at=crawled, env=ENV)
    assert ended.out == f"Wrote 69 articles to {tmp_path / 'a.csv'}.\n"
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 69
    assert tuple(rows[0]) == COLUMNS
    assert command("export", "--to", tmp_path / "no" / "a.csv", at=crawled, env=ENV).status == 2


def test_export_of_one_newsroom_knows_those_of_store_and_configuration(crawled: Path) -> None:
    assert len(command("export", "--newsroom", "newsroom_test", at=crawled, env=ENV).out.splitlines()) == 69
    assert command("export", "--newsroom", "newsroom_kz", at=crawled, env=ENV) == Ended(0, "", "")
    unknown = command("export", "--newsroom", "newsroom_tset", "--to", "unknown.jsonl", at=crawled, env=ENV)
    assert (unknown.status, unknown.out) == (2, "")
    assert "no newsroom is called 'newsroom_tset'" in unknown.err
    assert "did you mean 'newsroom_test'" in unknown.err
    assert not (crawled / "unknown.jsonl").exists()


def test_export_tells_machines_where_it_wrote(crawled: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    ended = command("export", "--json", "--quiet", "--to", file, at=crawled, env=ENV)
    assert json.loads(ended.out) == {"written": str(file), "articles": 69}
    assert len(file.read_text(encoding="utf-8").splitlines()) == 69
    assert command("export", "--json", at=crawled, env=ENV).out == file.read_text(encoding="utf-8")
    assert command("export", "--quiet", at=crawled, env=ENV).out == file.read_text(encoding="utf-8")


def test_tag_adds_language_regions_and_topics() -> None:
    lines = [
        {
            "id": 1,
            "headline": "В Шымкенте открыли новую школу на 900 мест",
            "lead": "Ученики сядут за парты в сентябре.",
            "body": "Школа построена в микрорайоне Туран.\nУчителя уже набраны, сообщили в управлении образования.",
            "kept": "as it was",
        },
        {
            "id": 2,
            "headline": "Қарағандыда кеншілердің жалақысы өсті",
            "lead": None,
            "body": ["Кәсіподақ келісімге келді."],
        },
    ]
    stdin = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\nno json\n{}\n"
    ended = command("tag", at=Path.cwd(), env=ENV, stdin=stdin)
    first, second = (json.loads(line) for line in ended.out.splitlines())
    assert (first["language"], first["regions"], first["topics"][0]) == ("ru", ["KZ-79"], "education")
    assert (first["id"], first["kept"], first["scope"]) == (1, "as it was", "regional")
    assert (second["language"], second["regions"], second["topics"][0]) == ("kk", ["KZ-35"], "labour")
    assert ended.status == 3
    assert "line 4 is left out" in ended.err
    assert "line 5 is left out" in ended.err


def test_inspect_a_file_shows_where_every_field_came_from(examples: Path) -> None:
    page = next(examples.glob("Almaty metrosy*"))
    shown = command("inspect", page, "--tree", at=examples, env=ENV)
    assert shown.status == 0
    assert ">         div.article__body  1809   [the body, by text" in shown.out
    assert "2024-05-13T11:42:00+05:00   [json-ld]" in shown.out
    assert METRO in shown.out
    article = json.loads(command("inspect", page, "--json", "--tree", at=examples, env=ENV).out)
    assert [found["name"] for found in article["tree"] if found["is_of_body"]][:3] == ["body", "div.wrap", "main"]
    assert article["canonical_url"] == METRO
    assert article["sources"]["date_published"] == "json-ld"


def test_inspect_a_file_under_another_address(tmp_path: Path) -> None:
    html = "<html><body><article><h1>Шымкентте жаңа мектеп ашылды</h1>" + "<p>Мектепте тоғыз жүз оқушы оқиды.</p>" * 9
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    without = command("inspect", "page.html", at=tmp_path, env=ENV)
    assert without.status == 2
    assert "carries no address" in without.err
    article = json.loads(
        command("inspect", "page.html", "--url", "https://a.kz/1-x", "--json", at=tmp_path, env=ENV).out
    )
    assert (article["url"], article["newsroom"]) == ("https://a.kz/1-x", "a.kz")


def test_inspect_an_address_writes_nothing(tmp_path: Path, newsroom_server: NewsroomServer) -> None:
    env = environment(newsroom_server.address)
    article = json.loads(command("inspect", METRO, "--json", at=tmp_path, env=env).out)
    assert article["canonical_url"] == METRO
    assert [request.target for request in newsroom_server.requests] == [
        "/robots.txt",
        METRO.removeprefix("https://newsroom.test"),
    ]
    assert list(tmp_path.iterdir()) == []
    gone = command("inspect", "https://newsroom.test/missing", at=tmp_path, env=env)
    assert gone.status == 4
    assert "status 404" in gone.err
    refused = command("inspect", "https://newsroom.test/search?q=1", at=tmp_path, env=env)
    assert "disallowed by robots.txt" in refused.err


def test_extract_reads_folders_and_lines(examples: Path, tmp_path: Path) -> None:
    by_folder = command("extract", examples, at=tmp_path, env=ENV)
    rows = [json.loads(line) for line in by_folder.out.splitlines()]
    assert by_folder.status == 0
    articles = {row["url"]: row for row in rows if "error" not in row}
    assert set(articles) == {record["url"] for record in truth(1)}
    page = next(examples.glob("Almaty metrosy*"))
    line = {"id": "m", "url": METRO, "html_b64": base64.b64encode(page.read_bytes()).decode()}
    broken = ['{"id": 1}', "no json", json.dumps({"id": 2, "url": "ftp://x", "html_b64": ""})]
    by_line = command("extract", at=tmp_path, env=ENV, stdin="\n".join([json.dumps(line), *broken]))
    (row,) = (json.loads(text) for text in by_line.out.splitlines())
    assert (row["id"], row["headline"]) == ("m", articles[METRO]["headline"])
    assert by_line.status == 3
    assert by_line.err.count("is left out") == 3


def test_extract_checks_all_its_paths_before_it_reads_one(examples: Path, tmp_path: Path) -> None:
    page = next(examples.glob("Almaty metrosy*"))
    ended = command("extract", page, "nope", at=tmp_path, env=ENV)
    assert (ended.status, ended.out) == (2, "")
    assert "there is no file or folder nope" in ended.err


def test_extract_says_which_folder_holds_no_page(examples: Path, tmp_path: Path) -> None:
    (tmp_path / "empty" / "inner").mkdir(parents=True)
    (tmp_path / "empty" / "picture.png").touch()
    page = next(examples.glob("Almaty metrosy*"))
    ended = command("extract", "empty", page, at=tmp_path, env=ENV)
    assert (ended.status, ended.err) == (3, "empty holds no saved page\n")
    assert json.loads(ended.out)["url"] == METRO


def test_extract_names_a_file_whatever_letters_its_name_has(examples: Path, tmp_path: Path) -> None:
    page = next(examples.glob("Almaty metrosy*"))
    name = os.fsdecode("бет.html".encode("cp1251"))
    (tmp_path / name).write_bytes(page.read_bytes())
    ended = command("extract", ".", at=tmp_path, env=ENV)
    assert (ended.status, ended.err) == (0, "")
    assert json.loads(ended.out)["id"] == name


def test_extract_names_what_holds_no_article(tmp_path: Path) -> None:
    line = {"id": "x", "url": "https://a.kz/", "html_b64": base64.b64encode(b"<p>Hello</p>").decode()}
    ended = command("extract", at=tmp_path, env=ENV, stdin=json.dumps(line))
    assert ended.status == 0
    assert json.loads(ended.out).keys() == {"id", "url", "error"}


def test_every_verb_has_help_with_examples(tmp_path: Path) -> None:
    from newscrawler.cli import VERBS

    shown = command("--help", at=tmp_path, env=ENV)
    assert shown.status == 0
    for name in VERBS:
        assert name in shown.out
        helped = command(name, "--help", at=tmp_path, env=ENV)
        assert helped.status == 0
        assert "Examples" in helped.out
        assert f"newscrawler {name}" in helped.out


def test_help_loads_no_room(tmp_path: Path) -> None:
    program = "import sys; sys.modules['scrapy'] = sys.modules['sqlalchemy'] = sys.modules['feedgen'] = None"
    (tmp_path / "sitecustomize.py").write_text(program, encoding="utf-8")
    env = ENV | {"PYTHONPATH": f"{tmp_path}:{ENV['PYTHONPATH']}"}
    assert command("--help", at=tmp_path, env=env).status == 0
    assert command("--version", at=tmp_path, env=env).out.startswith("newscrawler ")
