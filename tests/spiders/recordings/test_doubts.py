"""What looks wrong in an expectation."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from newscrawler.newsroom import Newsroom
from spiders.recordings.doubts import OLD, age_doubt, doubts
from spiders.recordings.expectation import Expectation

MOMENT = datetime.fromisoformat("2024-05-14T18:00:00+05:00")
SOUND = {
    "headline": "Шымкентте жаңа көпір ашылды",
    "description": "Көпір екі жылда салынды.",
    "date_published": "2024-05-14T10:00:00+05:00",
    "body": ["Шымкент қаласында Бадам өзені арқылы өтетін жаңа көпір пайдалануға берілді."],
}


def newsroom() -> Newsroom:
    return Newsroom.model_validate(
        {
            "name": "small",
            "title": "Шағын жаңалық",
            "site": "https://small.test/",
            "hosts": "small.test",
            "languages": "kk",
            "wording": {"site_names": "Бүгінгі жаңалықтар"},
        }
    )


def found(*articles: dict[str, Any]) -> list[str]:
    numbered = [{"url": f"https://small.test/{number}", **article} for number, article in enumerate(articles, 1)]
    return doubts(Expectation(newsroom="small", recorded_at=MOMENT, articles=numbered), newsroom())


def test_a_sound_article_raises_no_doubt() -> None:
    assert found(SOUND) == []


@pytest.mark.parametrize(
    ("values", "doubt"),
    [
        ({"body": []}, "there is no body"),
        ({"description": "Ұзын лид. " * 20}, "the body is shorter than the lead"),
        ({"headline": "ШАҒЫН  жаңалық"}, "the headline is the site's name"),
        ({"headline": "small.test"}, "the headline is the site's name"),
        ({"headline": "Бүгінгі жаңалықтар"}, "the headline is the site's name"),
    ],
)
def test_a_value_that_looks_wrong_is_named_with_its_page(values: dict[str, Any], doubt: str) -> None:
    assert found(SOUND | values) == [f"https://small.test/1: {doubt}"]


def test_an_article_without_a_date_is_named() -> None:
    undated = {name: value for name, value in SOUND.items() if name != "date_published"}
    assert found(undated, undated, undated) == [
        f"https://small.test/{number}: there is no date of publication" for number in (1, 2, 3)
    ]


def test_one_date_for_all_articles_is_doubted_where_there_are_several() -> None:
    later = SOUND | {"date_published": "2024-05-14T11:00:00+05:00"}
    assert found(SOUND, SOUND) == []
    assert found(SOUND, SOUND, later) == []
    (doubt,) = found(SOUND, SOUND, SOUND)
    assert "one date, 2024-05-14T10:00:00+05:00" in doubt


def test_a_recording_grows_old_after_half_a_year() -> None:
    assert age_doubt(MOMENT, MOMENT + OLD) is None
    assert str(OLD.days + 1) in str(age_doubt(MOMENT, MOMENT + OLD + timedelta(days=1)))
