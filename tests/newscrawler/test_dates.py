import json
from datetime import UTC, date, datetime, timedelta, timezone
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, reset_tzpath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.date_words import load_date_words
from newscrawler.dates import ALMATY, at_noon, check_time_zones, parse_date, parse_iso
from newscrawler.errors import ProjectError

NOW = datetime(2024, 5, 15, 16, 40, tzinfo=ALMATY)
LABELLED = [
    json.loads(line) for line in (Path(__file__).parent / "dates.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("labelled", LABELLED, ids=lambda labelled: labelled["text"])
def test_labelled_date_lines(labelled: dict[str, Any]) -> None:
    now = datetime.fromisoformat(labelled["now"])
    found = parse_date(labelled["text"], now, ZoneInfo(labelled.get("zone", "Asia/Almaty")))
    assert (found and found.isoformat()) == labelled["expected"]


def test_half_of_the_labelled_lines_are_traps() -> None:
    traps = sum(labelled["kind"] == "trap" for labelled in LABELLED)
    assert len(LABELLED) >= 120
    assert traps >= len(LABELLED) / 2


ENGLISH_MONTHS = "January February March April May June July August September October November December"


@pytest.mark.parametrize("name", [name for full in ENGLISH_MONTHS.split() for name in sorted({full, full[:3]})])
def test_every_english_month_is_the_month_it_is(name: str) -> None:
    assert (
        parse_date(f"{name} 7, 2023", NOW)
        == datetime.strptime(f"7 {name[:3]} 2023", "%d %b %Y").replace(tzinfo=UTC).date()
    )


MONTHS = {
    "january february march april may june july august september october november december": "en",
    "jan feb mar apr may jun jul aug sept oct nov dec": "en, short",
    "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан": "kk",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря": "ru",
    "qańtar aqpan naýryz sáýir mamyr maýsym shilde tamyz qyrkúıek qazan qarasha jeltoqsan": "kk-Latn 2018",
    "qañtar aqpan naurız säuir mamır mausım şilde tamız qırküiek qazan qaraşa jeltoqsan": "kk-Latn 2021",
    "qantar aqpan nauryz sauir mamyr mausym shilde tamyz qyrkuiek qazan qarasha zheltoqsan": "kk-Latn plain",
    "قاڭتار اقپان ناۋرىز ءساۋىر مامىر ماۋسىم شىلدە تامىز قىركۇيەك قازان قاراشا جەلتوقسان": "kk-Arab",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь": "ky",
}
FORMS = [
    "{day} {month} {year}, {hour:02}:{minute:02}",
    "{hour:02}:{minute:02}, {day} {month} {year}",
    "{year} жылғы {day} {month}, сағат {hour:02}:{minute:02}",
    "{month} {day}, {year} | {hour:02}:{minute:02}",
    "Саясат • {day:02} {month}, {year} • {hour}:{minute:02}",
    "{day} {month} {year} г. {hour}:{minute:02} 2640",
    "Жарияланды: {day}-{month} {year} {hour:02}:{minute:02}",
    "{day:02}.{number:02}.{year} {hour:02}:{minute:02}",
    "{hour:02}:{minute:02} / {day}.{number}.{year}",
    "{day:02}/{number:02}/{year} - {hour:02}:{minute:02}",
    "{year}-{number:02}-{day:02} {hour:02}:{minute:02}",
]


@settings(deadline=None)
@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001
    st.sampled_from(list(MONTHS)),
    st.sampled_from(FORMS),
    st.sampled_from([str, str.upper, str.title]),
)
def test_a_whole_date_is_read_back_in_every_language_form_and_case(
    moment: datetime, months: str, form: str, case: Any
) -> None:
    text = form.format(
        day=moment.day,
        month=months.split()[moment.month - 1],
        number=moment.month,
        year=moment.year,
        hour=moment.hour,
        minute=moment.minute,
    )
    assert parse_date(case(text), NOW) == moment.replace(second=0, microsecond=0, tzinfo=ALMATY)


@settings(deadline=None)
@given(
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.dates(date(2024, 1, 1), date(2024, 12, 31)),
    st.sampled_from(list(MONTHS)),
)
def test_a_day_without_a_year_is_never_after_tomorrow(today: date, like: date, months: str) -> None:
    now = at_noon(today, ALMATY)
    found = parse_date(f"{like.day} {months.split()[like.month - 1]}", now)
    assert isinstance(found, date)
    assert not isinstance(found, datetime)
    assert (found.month, found.day) == (like.month, like.day)
    assert found <= today + timedelta(days=1)


PIECES = [
    *load_date_words().words,
    "12",
    "31",
    "5",
    "2024",
    "1999",
    "12.05.2024",
    "12.05",
    "15:30",
    "25:99",
    "2640",
    "GMT+6",
    "-",
    ",",
    "|",
]


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=8),
    st.sampled_from([" ", "", ", ", "\n"]),
)
def test_any_jumble_of_date_words_is_read_or_is_none(pieces: list[str], between: str) -> None:
    found = parse_date(between.join(pieces), NOW)
    assert found is None or 1990 <= found.year <= 2100
    assert not isinstance(found, datetime) or found.utcoffset() is not None


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_or_is_none(text: str) -> None:
    found = parse_date(text, NOW)
    assert found is None or isinstance(found, date)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Nd", "L"]), max_size=60))
def test_without_letters_and_digits_there_is_no_date(text: str) -> None:
    assert parse_date(text, NOW) is None


def test_the_offset_follows_the_zone_at_that_date() -> None:
    offsets = {
        text: parse_date(text, NOW).utcoffset()  # type: ignore[union-attr]
        for text in ("29 ақпан 2024, 22:59", "29 ақпан 2024, 23:59", "1 наурыз 2024, 00:00")
    }
    assert [offset.total_seconds() / 3600 for offset in offsets.values() if offset] == [6, 6, 5]
    west = parse_date("12 қаңтар 2024, 10:00", NOW, ZoneInfo("Asia/Aqtau"))
    assert west == datetime(2024, 1, 12, 5, tzinfo=UTC)


def test_an_hour_ago_is_an_hour_that_passed_where_the_clock_was_set_back() -> None:
    now = datetime(2024, 3, 1, 0, 30, tzinfo=ALMATY)
    passed = [parse_date(text, now) for text in ("час назад", "2 часа назад")]
    assert [moment.astimezone(UTC) for moment in passed if isinstance(moment, datetime)] == [
        datetime(2024, 2, 29, 18, 30, tzinfo=UTC),
        datetime(2024, 2, 29, 17, 30, tzinfo=UTC),
    ]
    assert [moment.isoformat() for moment in passed if moment] == [
        "2024-02-29T23:30:00+05:00",
        "2024-02-29T23:30:00+06:00",
    ]


def test_now_may_be_told_by_any_clock() -> None:
    now = datetime(2024, 5, 15, 20, 30, tzinfo=UTC)
    assert parse_date("Бүгін", now) == date(2024, 5, 16)
    assert parse_date("Бүгін", now.astimezone(timezone(-timedelta(hours=8)))) == date(2024, 5, 16)


def test_now_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        parse_date("Бүгін", datetime(2024, 5, 15))  # noqa: DTZ001


def test_a_long_text_is_prose_but_white_space_is_no_text() -> None:
    assert parse_date("12 мамыр 2024" + " " * 1000 + "15:30", NOW) == datetime(2024, 5, 12, 15, 30, tzinfo=ALMATY)
    assert parse_date("12 мамыр 2024 | " + "0000 | " * 50, NOW) is None


def test_words_of_the_operator_are_read(tmp_path: Path) -> None:
    path = tmp_path / "dates.toml"
    path.write_text('[days]\nyesterday = ["алдыңгүні кеше"]\n[months]\nmay = ["зауза"]\n', encoding="utf-8")
    words = load_date_words(path)
    assert parse_date("12 заузада 2024", NOW, words=words) == date(2024, 5, 12)
    assert parse_date("алдыңгүні кеше, 10:00", NOW, words=words) == datetime(2024, 5, 14, 10, tzinfo=ALMATY)
    assert parse_date("12 заузада 2024", NOW) is None


@pytest.mark.parametrize("text", ["20240512", "12345678", "1715900000", "1715900000000", "7012345678"])
def test_a_bare_number_is_unix_time_only_when_it_has_come(text: str) -> None:
    assert parse_date(text, NOW) is None


def test_unix_time() -> None:
    assert (
        parse_date("1715510000", NOW)
        == parse_iso("1715510000", ALMATY)
        == datetime(2024, 5, 12, 10, 33, 20, tzinfo=UTC)
    )


def test_noon_in_the_newsrooms_zone() -> None:
    assert at_noon(date(2024, 1, 12), ALMATY).isoformat() == "2024-01-12T12:00:00+06:00"
    assert at_noon(date(2024, 1, 12), ZoneInfo("Asia/Oral")).isoformat() == "2024-01-12T12:00:00+05:00"


def test_this_machine_knows_the_change_of_2024() -> None:
    check_time_zones()


def use_time_zone_files(folder: Path, request: pytest.FixtureRequest) -> None:
    def as_before() -> None:
        reset_tzpath()
        ZoneInfo.clear_cache()

    request.addfinalizer(as_before)
    reset_tzpath(to=[str(folder)])
    ZoneInfo.clear_cache()


def test_old_time_zone_data_is_named_with_what_to_do(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    # Bangladesh has kept +06:00 all these years, as Almaty does in data older than 2024.
    dhaka = files("tzdata").joinpath("zoneinfo/Asia/Dhaka").read_bytes()
    (tmp_path / "Asia").mkdir()
    (tmp_path / "Asia" / "Almaty").write_bytes(dhaka)
    use_time_zone_files(tmp_path, request)
    with pytest.raises(ProjectError, match=r"Asia/Almaty is not \+05:00 in May 2024.*PYTHONTZPATH"):
        check_time_zones()


def test_missing_time_zone_data_is_named_with_what_to_do(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "tzdata.zoneinfo.Asia", None)
    use_time_zone_files(tmp_path, request)
    with pytest.raises(ProjectError, match="Install the Python package tzdata"):
        check_time_zones()
