"""Lines of a body that are no part of its text."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.newsroom import Newsroom, Wording
from newscrawler.vocabulary import Vocabulary
from pipelines.stray_lines import without_stray_lines


def left(body: list[str], vocabulary: Vocabulary, links: frozenset[str] = frozenset()) -> list[str]:
    return without_stray_lines(body, links, vocabulary, None)


@pytest.mark.parametrize(
    "line",
    [
        "Сондай-ақ оқыңыз: Жаңа мектеп ашылды",
        "СОНДАЙ-АҚ ОҚЫҢЫЗ",
        "Читайте также: В Алматы открыли парк",
        "► Читайте материал о новых тарифах",
        "Sondai-aq oqyñyz: Jaña mektep",
    ],
)
def test_lines_that_lead_to_other_articles_go(line: str, vocabulary: Vocabulary) -> None:
    assert left(["Бірінші.", line, "Екінші."], vocabulary) == ["Бірінші.", "Екінші."]


@pytest.mark.parametrize(
    "line",
    [
        "Просмотров: 1 234",
        "ПРОСМОТРЫ 15",
        "👁 532",
        "👁\ufe0f 532 💬 3",
        "532 👁",
        "Оқылды: 45",
        "45 рет оқылды",
        "5 комментариев",
        "Комментарии (0)",
        "1,2 тыс. просмотров",
        "Views: 1.2K | Shares: 14",
        "Қаралым – 12 мың",
        "Пікірлер: 3 · Бөлісу: 7",
        "Oqyldy: 45",
        "Просмотров: 1 234.",
        "👁 1 234 567 | 💬 1,2 тыс. | 5 лайков",
    ],
)
def test_counters_go(line: str, vocabulary: Vocabulary) -> None:
    assert left(["Бірінші.", line, "Екінші."], vocabulary) == ["Бірінші.", "Екінші."]


@pytest.mark.parametrize(
    "line",
    [
        "Оқыңыздаршы, балалар, дейді кітапханашы.",
        "По темечку ударило сосулькой.",
        "Читайте также внимательно договор, прежде чем подписывать его, советует юрист. " * 4,
        "Видео набрало 1 234 просмотра за сутки.",
        "Кітап 45 рет оқылды, ал балалар жаңасын сұрады.",
        "Голосов 5, воздержались двое",
        "532",
        "12 мың",
        "Комментарии",
        "1. Просмотры видео",
        "За проект отдано 120 голосов",
    ],
)
def test_a_line_that_only_looks_so_stays(line: str, vocabulary: Vocabulary) -> None:
    assert left(["Бірінші.", line], vocabulary) == ["Бірінші.", line]


@pytest.mark.parametrize(
    "line",
    [
        "👁123456 " * 12 + "x",
        "👁 123456 💬 123456 👍 123456 🔁 123456 Подписаться",
        "👁 1 💬 2 " * 12 + "x",
        "👁 1 2 " * 18 + "x",
        "1 1 1 1 1 👁 " * 8 + "x",
        " 1" * 59 + "x",
    ],
)
def test_a_line_of_many_counters_and_something_else_is_read_at_once(line: str, vocabulary: Vocabulary) -> None:
    began = process_time()
    assert left([line], vocabulary) == [line]
    assert process_time() - began < 1.0


def test_links_below_a_heading_that_leads_elsewhere_go_with_it(vocabulary: Vocabulary) -> None:
    links = frozenset({"Қонаев әкімі ауысты", "Жол жабылды", "Кейінгі сілтеме"})
    body = ["Мәтін.", "Тағы оқыңыз:", "Қонаев әкімі ауысты", "Жол жабылды", "Соңғы сөз.", "Кейінгі сілтеме"]
    assert left(body, vocabulary, links) == ["Мәтін.", "Соңғы сөз.", "Кейінгі сілтеме"]


def test_a_line_that_names_its_own_link_takes_no_other_with_it(vocabulary: Vocabulary) -> None:
    body = ["Мәтін.", "Читайте также: Дорогу закрыли", "Полный текст закона"]
    assert left(body, vocabulary, frozenset({"Полный текст закона"})) == ["Мәтін.", "Полный текст закона"]


def test_boilerplate_of_the_newsroom_goes(vocabulary: Vocabulary) -> None:
    newsroom = Newsroom(
        name="newsroom_test",
        title="Newsroom.test",
        site="https://newsroom.test/",
        hosts=("newsroom.test",),
        languages=("kk",),
        wording=Wording(boilerplate=("Бізді қолдаңыз",)),
    )
    body = ["Мәтін.", "Бізді қолдаңыз"]
    assert without_stray_lines(body, frozenset(), vocabulary, newsroom) == ["Мәтін."]
    assert left(body, vocabulary) == body


lines = st.text(max_size=30) | st.sampled_from(["Читайте также", "Читайте также: x", "👁 5", "Ссылка", "Мәтін."])


@given(st.lists(lines, max_size=8))
def test_what_is_left_stays_left(vocabulary: Vocabulary, body: list[str]) -> None:
    once = left(body, vocabulary, frozenset({"Ссылка"}))
    assert left(once, vocabulary, frozenset({"Ссылка"})) == once
