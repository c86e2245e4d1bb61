from datetime import UTC, date, timedelta, timezone

import pytest

from newscrawler.date_tokens import Tokens, tokenize
from newscrawler.date_words import fold_line, load_date_words


def tokens_of(text: str) -> Tokens:
    return tokenize(fold_line(text), load_date_words())


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("12 мамыр 2024, 15:30", "dMY,T"),
        ("12мамыр2024ж.15:30", "dMYy.T"),
        ("2024-жылғы 5-ші сәуір", "Y-ydM"),
        ("04.05.202410:10", "DT"),
        ("10:1004.05.2024", "TD"),
        ("4 мая 202410:10", "dMYT"),
        ("4 мая 2024, 10:101567", "dMY,T#"),
        ("сағат 15:30-да", "uT"),
        ("15.30-да", "p"),
        ("екі күн бұрын", "qua"),
        ("жаңа ғана", "n"),
        ("жаңа мектеп", "xx"),
        ("Дата публикации: 12.05.24", "P:E"),
        ("192.168.12.05", "x"),
        ("v2.05.2024.1", "xD.d"),
        ("12:05:20:24", "T:d"),
        ("5,6 млн 16:9 18+", "xxxx"),
        ("34510:20", "T"),
        ("12.05.2024345 1510.05.2024", "DD"),
        ("/2024/05/12/", "|Y|d|d|"),
        ("10 – 12 - 14-15", "d~d~d-d"),
        ("№5 | 7% today's", "sd|dxrxx"),
    ],
)
def test_shapes(text: str, shape: str) -> None:
    assert tokens_of(text).shape == shape


def test_values() -> None:
    tokens = tokens_of("Жұма, 31.04.2024 12.05.2024 12.05 9:05:07 мың")
    assert tokens.shape == "DDpTx"
    assert tokens.values == [None, date(2024, 5, 12), (12, 5), (9, 5, 7), None]
    assert tokens.weekdays == {4}


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("15:30 GMT +6", timezone(timedelta(hours=6))),
        ("15:30 (UTC+05:30)", timezone(timedelta(hours=5, minutes=30))),
        ("15:30:00 +0500", timezone(timedelta(hours=5))),
        ("15:30 -0300", timezone(-timedelta(hours=3))),
        ("15:30Z", UTC),
        ("15:30 GMT", UTC),
        ("15:30 GMT+17", None),
        ("15:30 GMT+51204", None),
        ("15:30 GMT +5Қоғам", timezone(timedelta(hours=5))),
    ],
)
def test_offsets_beside_a_time(text: str, offset: timezone | None) -> None:
    tokens = tokens_of(text)
    assert [value for kind, value in zip(tokens.shape, tokens.values, strict=True) if kind == "O"] == [offset]


def test_a_range_of_times_is_no_offset() -> None:
    assert tokens_of("10:00-12:00").shape == "T-T"


def test_a_part_counts_from_its_own_beginning() -> None:
    part = tokens_of("Сенбі | 12 мамыр").part(1, 3)
    assert (part.shape, part.values, part.weekdays) == ("dM", [12, 5], {5})
    assert [part.text[start:end] for start, end in part.places] == ["12", "мамыр"]
