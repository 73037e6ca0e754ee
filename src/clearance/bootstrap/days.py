"""The day a question is about, and the day of a build: what was told, or today. The only clock."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from clearance.model.dates import day_of
from clearance.model.errors import InputError


def day_or_today(text: str | None, option: str = "--as-of") -> int:
    """The day that was asked for by an option, or today (UTC).

    Raises:
        InputError: the text is not one exact day.
    """
    if text is None:
        return datetime.now(UTC).toordinal() - datetime(1970, 1, 1, tzinfo=UTC).toordinal()
    try:
        return day_of(text)
    except InputError as error:
        raise InputError(error.what, file=option, remedy=error.remedy) from None


def seconds() -> int:
    """The time, in whole seconds since 1970."""
    return int(datetime.now(UTC).timestamp())


def build_day() -> str:
    """The day of a build: of ``SOURCE_DATE_EPOCH`` if that is set, else today (UTC).

    Raises:
        InputError: the epoch is no number.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).date().isoformat()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise InputError(
            f"{epoch!r} is no time", file="SOURCE_DATE_EPOCH", remedy="give seconds since 1970"
        ) from None
