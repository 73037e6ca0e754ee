"""A FollowTheMoney entity: every property is a list of texts, and may hold several."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from clearance.adapters.formats.columns import moment
from clearance.adapters.formats.fields import (
    OPEN_ENDED,
    UNSTATED_UNITS,
    UNSURE,
    Complain,
    Days,
    Units,
)
from clearance.adapters.formats.percentages import units_of_text
from clearance.model.dates import ALWAYS, NEVER
from clearance.model.errors import InputError
from clearance.ownership.arrays.graph import HIGH_OPEN, LOW_OPEN


class Entity(Struct, gc=False):
    """One entity; a property value may itself be an entity (nested export), then its id counts."""

    id: str = ""
    schema: str = ""
    properties: dict[str, list[str | dict[str, object]]] = {}
    datasets: list[str] = []
    target: bool | None = None
    last_change: str | None = None

    def all(self, name: str) -> list[str]:
        """Every value of a property."""
        found = []
        for value in self.properties.get(name, ()):
            text = value if type(value) is str else str(value.get("id") or "")  # type: ignore[union-attr]
            if text.strip():
                found.append(text.strip())
        return found

    def first(self, name: str) -> str:
        """The first value of a property, or ``""``."""
        return next(iter(self.all(name)), "")

    @property
    def source(self) -> str:
        """The dataset it is from: of several the first in order."""
        return min(self.datasets, default="")

    def changed(self) -> int | None:
        """The day of its last change, if one is told."""
        stated = self.last_change or self.first("modifiedAt")
        try:
            return moment(stated[:10]).first if stated else None
        except InputError:
            return None


def hull_of_shares(texts: Sequence[str], complain: Complain) -> Units:
    """The smallest share that holds all the stated ones; what is not understood is left out."""
    found = []
    for text in texts:
        try:
            found.append(units_of_text(text))
        except InputError as error:
            complain("percentage", f"{error.what}; its size is not used")
    if not found or len(found) < len(texts):
        return UNSTATED_UNITS
    low = min(found, key=lambda units: (units[0], bool(units[2] & LOW_OPEN)))
    high = max(found, key=lambda units: (units[1], not units[2] & HIGH_OPEN))
    ends = (low[2] & LOW_OPEN) | (high[2] & HIGH_OPEN)
    return low[0], high[1], (low[2] & ~(LOW_OPEN | HIGH_OPEN)) | ends


def hull_of_days(starts: Sequence[str], ends: Sequence[str], complain: Complain) -> Days:
    """The days that the stated dates may mean together."""
    try:
        first = [moment(text) for text in starts]
        last = [moment(text) for text in ends]
    except InputError as error:
        complain("startDate, endDate", f"{error.what}; its dates are not used")
        return UNSURE
    if not first and not last:
        return OPEN_ENDED
    if first and last and max(one.last for one in last) < min(one.first for one in first):
        complain("startDate, endDate", "it ends before it starts; its dates are not used")
        return UNSURE
    return (
        min((one.first for one in first), default=ALWAYS),
        max((one.last for one in first), default=ALWAYS),
        min((one.first for one in last), default=NEVER),
        max((one.last for one in last), default=NEVER),
    )
