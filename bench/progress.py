"""When a study was registered, how far it has come, and what an update of its record changes.

`Progress` holds everything that an update may change; the rest of a record stays as it was first made.
"""

import random
from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from bench import words

#: The publisher's data day of the base; an update is some days later.
DATA_DAY = date(2026, 11, 2)
#: NCT numbers given out by the end of a year, roughly: a record's number tells when it was registered.
NUMBERS = (
    (100_000, 1999.8), (280_000, 2005.9), (600_000, 2008.0), (1_050_000, 2010.0), (1_530_000, 2012.0),
    (2_040_000, 2014.0), (2_660_000, 2016.0), (3_400_000, 2018.0), (4_220_000, 2020.0), (5_190_000, 2022.0),
    (6_200_000, 2024.0), (7_330_000, 2026.0), (7_800_000, 2026.82),
)  # fmt: skip
#: Consecutive records are this far apart in NCT numbers, modulo SPAN (coprime): any number of first records is spread
#: evenly over the years, and no number comes twice before SPAN records.
FIRST, SPAN, STEP = 100_000, 7_700_000, 4_758_863

#: The places of a record that an update may change (dots, as in evidence), `derivedSection...versionHolder` apart.
STATUS = "protocolSection.statusModule"
CHANGING = frozenset(
    {f"{STATUS}.{field}" for field in ("overallStatus", "lastKnownStatus", "whyStopped", "statusVerifiedDate")}
    | {f"{STATUS}.lastUpdateSubmitDate", f"{STATUS}.lastUpdatePostDateStruct.date"}
    | {
        f"{STATUS}.{field}DateStruct.{part}"
        for field in ("start", "primaryCompletion", "completion")
        for part in ("date", "type")
    }
    | {f"protocolSection.designModule.enrollmentInfo.{part}" for part in ("count", "type")}
)
VOLATILE = "derivedSection.miscInfoModule.versionHolder"

OPEN = ("NOT_YET_RECRUITING", "RECRUITING", "ENROLLING_BY_INVITATION", "ACTIVE_NOT_RECRUITING", "SUSPENDED")
_ORIGIN = date(1990, 1, 1)


class Progress(NamedTuple):
    """Days as ISO prefixes; a type is `ACTUAL`, `ESTIMATED` or empty (not stated); `enrolled` in participants."""

    status: str
    why_stopped: str
    verified: str
    start: str
    start_type: str
    primary: str
    primary_type: str
    completion: str
    completion_type: str
    enrolled: int
    enrolled_type: str
    submitted: str
    posted: str


class Dates(NamedTuple):
    """Days since 1990-01-01: first submission, start, primary completion, completion."""

    first: int
    start: int
    primary: int
    completion: int


@cache
def calendar() -> list[str]:
    """ISO days from 1990-01-01 on; the index is the number of days since then."""
    return [(_ORIGIN + timedelta(days=day)).isoformat() for day in range(366 * 70)]


TODAY = (DATA_DAY - _ORIGIN).days


def nct_number(index: int) -> int:
    """The NCT number of the record with this index in every base."""
    return FIRST + index * STEP % SPAN


def told(seed: int, index: int) -> tuple[random.Random, Dates, Progress]:
    """When and how far the study of this index is in the base, and the numbers from which the rest of it is drawn."""
    rng = random.Random(seed * 1_000_003 + index)
    dates = drawn_dates(rng, nct_number(index))
    size = max(4, int(rng.lognormvariate(4.2, 1.2)))
    return rng, dates, drawn(rng, dates, size)


def drawn_dates(rng: random.Random, number: int) -> Dates:
    """When a study with this NCT number was submitted, starts and ends."""
    at = bisect_right(NUMBERS, (number, 9999.0))
    (low, since), (high, until) = NUMBERS[at - 1], NUMBERS[min(at, len(NUMBERS) - 1)]
    year = since + (until - since) * (number - low) / max(1, high - low)
    first = min(int((year - 1990) * 365.25), TODAY - 10)
    start = max(100, first + int(rng.gauss(10, 160)))
    primary = start + 30 + int(rng.lognormvariate(6.3, 0.75))
    completion = primary + int(max(0.0, rng.gauss(60, 150)))
    return Dates(first, start, min(primary, TODAY + 9000), min(completion, TODAY + 9000))


def drawn(rng: random.Random, dates: Dates, size: int) -> Progress:
    """How far a study has come by the data day; `size` is its enrolment."""
    status = _status(rng, dates)
    days, monthly = calendar(), dates.start < 9800 and rng.random() < 0.7
    cut = 7 if monthly or (status == "NOT_YET_RECRUITING" and rng.random() < 0.4) else 10
    untyped = dates.first < 9500 and rng.random() < 0.8
    moved = min(max(dates.first, min(dates.completion, TODAY) + int(rng.gauss(0, 90))), TODAY - 2)
    posted = moved + (2 if moved < TODAY - 2 else 0)
    begun, done = status not in ("NOT_YET_RECRUITING", "WITHDRAWN"), status in ("COMPLETED", "TERMINATED")
    return Progress(
        status=status,
        why_stopped=rng.choice(words.lists()["stopped"]) if status in ("TERMINATED", "WITHDRAWN", "SUSPENDED") else "",
        verified=days[moved][:7],
        start=days[dates.start][:cut],
        start_type="" if untyped else "ACTUAL" if begun and dates.start <= TODAY else "ESTIMATED",
        primary=days[dates.primary][:cut],
        primary_type="ACTUAL" if done and dates.primary <= TODAY else "ESTIMATED",
        completion=days[dates.completion][:cut],
        completion_type="ACTUAL" if done and dates.completion <= TODAY else "ESTIMATED",
        enrolled=0 if status == "WITHDRAWN" else size,
        enrolled_type="ACTUAL" if done or status == "WITHDRAWN" else "ESTIMATED",
        submitted=days[moved],
        posted=days[posted],
    )


_FUTURE = (("NOT_YET_RECRUITING", 0.96), ("WITHDRAWN", 1.0))
_EARLY = (("RECRUITING", 0.7), ("NOT_YET_RECRUITING", 0.83), ("ENROLLING_BY_INVITATION", 0.88),
          ("ACTIVE_NOT_RECRUITING", 0.94), ("SUSPENDED", 0.95), ("TERMINATED", 0.98), ("WITHDRAWN", 1.0))  # fmt: skip
_LATE = (("ACTIVE_NOT_RECRUITING", 0.62), ("RECRUITING", 0.9), ("COMPLETED", 0.96), ("TERMINATED", 1.0))
_OVER = (("COMPLETED", 0.7), ("UNKNOWN", 0.88), ("TERMINATED", 0.955), ("WITHDRAWN", 0.99), ("RECRUITING", 1.0))


def _status(rng: random.Random, dates: Dates) -> str:
    shares: tuple[tuple[str, float], ...]
    if dates.start > TODAY:
        shares = _FUTURE
    elif dates.primary > TODAY:
        shares = _EARLY if TODAY - dates.start < 0.8 * (dates.primary - dates.start) else _LATE
    else:
        shares = _LATE if dates.completion > TODAY else _OVER
    chance = rng.random()
    return next(status for status, bound in shares if chance < bound)


def changed(progress: Progress, dates: Dates, rng: random.Random, day: int) -> Progress:
    """The same study, its record posted anew `day` days after the data day: moved on, dated anew, or only verified."""
    days = calendar()
    posted = TODAY + day
    new = progress._replace(verified=days[posted][:7], submitted=days[posted - 1], posted=days[posted])
    chance = rng.random()
    if progress.status not in OPEN or chance < 0.3:
        return new._replace(enrolled=progress.enrolled + int(rng.random() * 3) * (progress.enrolled > 0))
    if chance < 0.65:
        return _moved_on(new, rng, posted)
    later = max(dates.primary, posted) + 30 + int(rng.random() * 400)
    return new._replace(
        primary=days[later],
        primary_type="ESTIMATED",
        completion=days[later + 90],
        completion_type="ESTIMATED",
        enrolled=max(1, int(progress.enrolled * (0.5 + rng.random()))),
    )


def _moved_on(progress: Progress, rng: random.Random, posted: int) -> Progress:
    """One step further: begun, enrolled, completed, or stopped."""
    days = calendar()
    if progress.status == "NOT_YET_RECRUITING":
        return progress._replace(status="RECRUITING", start=days[posted - 3], start_type="ACTUAL")
    if progress.status == "RECRUITING" and rng.random() < 0.5:
        return progress._replace(status="ACTIVE_NOT_RECRUITING", enrolled_type="ACTUAL")
    status = "COMPLETED" if rng.random() < 0.8 else "TERMINATED"
    return progress._replace(
        status=status,
        why_stopped=rng.choice(words.lists()["stopped"]) if status == "TERMINATED" else "",
        primary=days[posted - 20],
        primary_type="ACTUAL",
        completion=days[posted - 5],
        completion_type="ACTUAL",
        enrolled_type="ACTUAL",
    )
