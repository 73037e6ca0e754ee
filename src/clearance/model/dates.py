"""Days, dates that are only partly known, and half-open periods.

1. A day is an ``int``: days since 1970-01-01, proleptic Gregorian (so arrays hold it as ``int32``).
2. A partial date (``2019``, ``2019-05``) is the closed range of days it may mean.
3. A period is half-open: it is live on ``start`` and no longer live on ``end``.
4. *Must* takes the latest start and the earliest end; *may* takes the reverse.
   No start means always; no end means still running.

Not here: the clock. ``as_of`` is passed in by the shell.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from clearance.model.errors import InputError

ALWAYS = -(2**31) + 1
"""The start of a period that states none."""

NEVER = 2**31 - 1
"""The end of a period that states none."""

_EPOCH = date(1970, 1, 1).toordinal()
_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?")


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A date as it was stated: the first and the last day that it may mean.

    **Shape**: two days, ``first <= last``; equal where the date is exact.

    >>> text_of_day(parse_date("2019-02").last)
    '2019-02-28'
    """

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Period:
    """When something holds. Half-open; ``None`` is unstated.

    **Shape**: ``start`` and ``end`` are moments; start = end is valid and never live.

    >>> half = Period(parse_date("2020-01-01"), parse_date("2021"))
    >>> half.live(day_of("2020-06-01")), half.live(day_of("2021-03-01"))
    ((True, True), (False, True))
    """

    start: Moment | None = None
    end: Moment | None = None

    def live(self, day: int) -> tuple[bool, bool]:
        """Is it live on this day: surely (must), possibly (may)?"""
        start = self.start or Moment(ALWAYS, ALWAYS)
        end = self.end or Moment(NEVER, NEVER)
        return start.last <= day < end.first, start.first <= day < end.last


UNDATED = Period()
"""Always was and still is, as far as anyone said."""


def parse_date(text: str) -> Moment:
    """The days an ISO 8601 date, month or year may mean; a time of day is dropped.

    Raises:
        InputError: the text is no date, or the date does not exist.

    >>> parse_date("2019-02-30")
    Traceback (most recent call last):
    clearance.model.errors.InputError: '2019-02-30' is no date; write YYYY, YYYY-MM or YYYY-MM-DD
    """
    matched = _FORM.fullmatch(text.strip())
    try:
        if matched is None:
            raise ValueError
        year, month, day = (int(part or 0) for part in matched.groups())
        if matched[2] is None:
            return Moment(_number(year, 1, 1), _number(year, 12, 31))
        if matched[3] is None:
            following = (year + 1, 1) if month == 12 else (year, month + 1)
            return Moment(_number(year, month, 1), _number(*following, 1) - 1)
        exact = _number(year, month, day)
    except ValueError:
        raise InputError(
            f"{text!r} is no date", remedy="write YYYY, YYYY-MM or YYYY-MM-DD"
        ) from None
    return Moment(exact, exact)


def day_of(text: str) -> int:
    """The day of an exact date such as ``2025-09-05``.

    Raises:
        InputError: the text is not one exact day.
    """
    moment = parse_date(text)
    if moment.first != moment.last:
        raise InputError(f"{text!r} is not one day", remedy="write YYYY-MM-DD")
    return moment.first


def text_of_day(day: int) -> str:
    """The day as ``YYYY-MM-DD``."""
    return date.fromordinal(day + _EPOCH).isoformat()


def months_later(day: int, months: int) -> int:
    """The same day of the month, so many calendar months later; the month's last where it has none.

    **Source**: Regulation (EEC, Euratom) No 1182/71 article 3(2)(c).

    >>> text_of_day(months_later(day_of("2025-08-31"), 6))
    '2026-02-28'
    """
    start = date.fromordinal(day + _EPOCH)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return _number(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def text_of(moment: Moment | None) -> str | None:
    """The moment as it would be stated: a day, a month, a year, or ``None``."""
    if moment is None:
        return None
    first, last = text_of_day(moment.first), text_of_day(moment.last)
    if first == last:
        return first
    return first[:7] if first[:7] == last[:7] else first[:4]


def _number(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal() - _EPOCH
