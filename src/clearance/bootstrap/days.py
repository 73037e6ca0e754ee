"""The day a question is about: what was asked for, or today. The only clock."""

from __future__ import annotations

from datetime import UTC, datetime

from clearance.model.dates import day_of
from clearance.model.errors import InputError


def day_or_today(text: str | None) -> int:
    """The day that was asked for, or today (UTC).

    Raises:
        InputError: the text is not one exact day.
    """
    if text is None:
        return datetime.now(UTC).toordinal() - datetime(1970, 1, 1, tzinfo=UTC).toordinal()
    try:
        return day_of(text)
    except InputError as error:
        raise InputError(error.what, file="--as-of", remedy=error.remedy) from None
