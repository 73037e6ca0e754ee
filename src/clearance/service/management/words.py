"""Texts, days and moments as the API takes and gives them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

import msgspec
from litestar.params import PathParameter, QueryParameter

from clearance.adapters.sql.browse import AsOf
from clearance.adapters.sql.tables import FOREVER
from clearance.model.dates import ALWAYS, NEVER
from clearance.service.management.asking import Asked, office_of

_EPOCH = date(1970, 1, 1)
_START = datetime(1970, 1, 1, tzinfo=UTC)
PLAIN = "^[^\\u0000-\\u001f]*$"

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=PLAIN)]
"""An id or a name: without control characters."""

Text = Annotated[str, msgspec.Meta(max_length=2000, pattern=PLAIN)]
Code = Annotated[str, msgspec.Meta(max_length=6, pattern="^([A-Za-z]{2}(-[A-Za-z0-9]{1,3})?)?$")]
"""An ISO 3166 code, or nothing."""

PathId = Annotated[str, PathParameter(description="Its id.")]
On = Annotated[date | None, QueryParameter(description="The day looked at; today (UTC).")]
KnownAt = Annotated[
    datetime | None,
    QueryParameter(description="The moment whose knowledge is looked at; now."),
]


class Kept(msgspec.Struct, kw_only=True):
    """Since when something stands, and who said so."""

    valid_from: date | None
    valid_to: date | None
    source: str
    recorded_at: datetime
    recorded_by: str
    superseded_at: datetime | None


class Changed(msgspec.Struct):
    """How many rows a change closed or wrote; 0 where everything stood so already."""

    changed: int


def day(value: date | None, open: int) -> int:
    """A date as a day; ``open`` where there is none."""
    return open if value is None else (value - _EPOCH).days


def date_of(day: int) -> date | None:
    """A day as a date; ``None`` for an open end."""
    return None if day in (ALWAYS, NEVER) else _EPOCH + timedelta(days=day)


def moment(microseconds: int) -> datetime | None:
    """A moment as a time; ``None`` for one that is not set."""
    return None if microseconds == FOREVER else _START + timedelta(microseconds=microseconds)


def stamp(microseconds: int) -> datetime:
    """A moment that is set, as a time."""
    return _START + timedelta(microseconds=microseconds)


def kept(row: Mapping[Any, Any]) -> dict[str, Any]:
    """The fields of ``Kept`` of a bitemporal row."""
    return {
        "valid_from": date_of(row["valid_from"]),
        "valid_to": date_of(row["valid_to"]),
        "source": row["source"],
        "recorded_at": stamp(row["recorded_at"]),
        "recorded_by": row["recorded_by"],
        "superseded_at": moment(row["superseded_at"]),
    }


def as_of(request: Asked, on: date | None, known_at: datetime | None) -> AsOf:
    """How a request looks at the state."""
    today = office_of(request).clock() // 86_400_000_000
    return AsOf(day(on, today), None if known_at is None else microseconds(known_at))


def microseconds(moment: datetime) -> int:
    """A time as a moment; one without a zone is UTC."""
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (zoned - _START) // timedelta(microseconds=1)
