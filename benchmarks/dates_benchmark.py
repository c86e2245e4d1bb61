"""Dates: ours beside dateparser, on date lines of our own and on real ones that are given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from benchmarks.labelled_sets import read_records
from benchmarks.peers import Peer, load_peers
from benchmarks.step_benchmark import OURS, Answered, Case, Figure, Mistake, Program, StepBenchmark, share
from newscrawler.dates import ALMATY, parse_date

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

OWN_LINES = Path(__file__).parent.parent / "tests" / "newscrawler" / "dates.jsonl"

Found = datetime | date | None


class DateLine(NamedTuple):
    """A date line, when it was fetched, and the zone in which its newsroom writes."""

    text: str
    now: datetime
    zone: ZoneInfo


def dates_benchmark(folder: Path | None, *, with_peers: bool) -> StepBenchmark[DateLine, Found]:
    """The benchmark of `parse_date` on our own lines and on `folder/dates.jsonl`, where a folder is given."""
    sets = {"own lines": OWN_LINES, **({"given lines": folder / "dates.jsonl"} if folder else {})}
    peers, missing = load_peers(_PEERS) if with_peers else ([], [])
    return StepBenchmark(
        name="dates",
        cases=[Case(group, _given(record), record) for group, file in sets.items() for record in read_records(file)],
        programs=[Program(OURS, "", lambda line: parse_date(*line)), *peers],
        figures=_figures,
        mistake=_mistake,
        not_run=missing,
    )


def _given(record: dict[str, Any]) -> DateLine:
    zone = ZoneInfo(record["zone"]) if "zone" in record else ALMATY
    return DateLine(record["text"], datetime.fromisoformat(record["now"]), zone)


def _is_right(case: Case[DateLine], found: Found) -> bool:
    """Whether `found` is the day, or the moment in whatever zone, that the set expects."""
    expected = case.truth["expected"]
    if isinstance(found, datetime):
        # By timestamp: moments in the hour that the clock repeats are never equal across zones.
        return "T" in (expected or "") and found.timestamp() == datetime.fromisoformat(expected).timestamp()
    return (found and found.isoformat()) == expected


def _figures(answered: Answered[DateLine, Found]) -> list[Figure]:
    judged = [(found, _is_right(case, found)) for case, found in answered]
    return [
        share("right", (right for _, right in judged)),
        share("wrong", (found is not None and not right for found, right in judged)),
        share("none where a date stands", (found is None and not right for found, right in judged)),
    ]


def _mistake(case: Case[DateLine], found: Found) -> Mistake | None:
    if _is_right(case, found):
        return None
    name = f"{case.group}, {case.truth.get('group') or case.truth.get('kind')}"
    return Mistake(name, case.given.text, str(case.truth["expected"]), found.isoformat() if found else "None")


def _dateparser() -> Callable[[DateLine], Found]:
    from dateparser.date import DateDataParser

    @cache
    def parser(now: datetime, zone: ZoneInfo) -> DateDataParser:
        settings = {
            "DATE_ORDER": "DMY",
            "TIMEZONE": zone.key,
            "RETURN_AS_TIMEZONE_AWARE": True,
            "RETURN_TIME_AS_PERIOD": True,
            "RELATIVE_BASE": now.astimezone(zone).replace(tzinfo=None),
        }
        return DateDataParser(languages=["kk", "ru", "en"], settings=settings)

    def answer(line: DateLine) -> Found:
        try:
            found = parser(line.now, line.zone).get_date_data(line.text)
        except OverflowError:
            # It does not catch what comes of a day near the year 1.
            return None
        moment = found.date_obj
        return moment if moment is None or found.period == "time" else moment.date()

    return answer


_PEERS: tuple[Peer[DateLine, Found], ...] = (("dateparser", "dateparser", _dateparser),)
