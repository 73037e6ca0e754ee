"""The picture of a screened customer's answer, under the rule that decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from clearance.model.party import PartyKind
from clearance.model.rows import Rows
from clearance.model.share import range_text, rounded_percent
from clearance.model.verdict import Reached
from clearance.usecases.path_picture import path_picture, role_under
from clearance.usecases.picture import Picture, Role
from clearance.usecases.screen import Screening
from clearance.usecases.screened import Screened
from clearance.usecases.standings import Ruling


class Reference(Rows, Protocol):
    """What a picture needs of reference data."""

    def index(self, id: str) -> int | None:
        """The index of a party, or ``None``."""
        ...


def picture_of(screened: Screened, screening: Screening, reference: Reference) -> Picture:
    """The picture of a customer whose answer has a path."""
    ruling = next(one for one in screening.rulings if one.rule.id == screened.rule)
    title = (
        f"{screened.customer.name or screened.customer.id}: {range_text(screened.share)} held "
        f"by restricted parties, reached: {screened.reached.word if screened.reached else 'no'}"
    )
    return path_picture(
        screened.party,
        title,
        screened.path,
        reference,
        roles(ruling, reference),
        threshold_of(ruling, screening.as_of),
    )


def roles(ruling: Ruling, reference: Reference) -> Callable[[str], Role]:
    """What each party is under a ruling."""

    def role(id: str) -> Role:
        index = reference.index(id)
        if index is None:
            return Role.UNKNOWN
        if reference_kind(reference, id) is PartyKind.UNKNOWN:
            return Role.UNKNOWN
        reached = Reached(int(ruling.reached[index]))
        return role_under(reached, bool(ruling.seed[index]))

    return role


def reference_kind(reference: Reference, id: str) -> PartyKind:
    """The kind of a party; unknown where there is none."""
    party = reference.party(id)
    return PartyKind.UNKNOWN if party is None else party.kind


def threshold_of(ruling: Ruling, day: int) -> str:
    """The test in force, such as ``> 50 %``; empty where there are several that differ."""
    version = ruling.rule.version_on(day)
    tests = {(one.operator.value, one.threshold) for one in version.tests} if version else set()
    if len(tests) != 1:
        return ""
    operator, threshold = tests.pop()
    return f"{operator} {rounded_percent(threshold)} %"
