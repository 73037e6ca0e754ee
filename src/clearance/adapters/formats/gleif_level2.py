"""GLEIF Level 2: relationships and reporting exceptions, as interest rows that are never shares.

1. The start node is the subject, the end node the interested party. What each type means stands in
   ``gleif_words``.
2. A relationship holds for its RELATIONSHIP_PERIOD. Accounting and filing periods say when it was
   evidenced, not when it held.
3. It ends, where no end is stated, when it was deleted, or when it was last updated as inactive.
4. A relationship whose registration was annulled or is a duplicate never held: rejected.
5. An exception that admits an unnamed parent makes a party of kind unknown of its own; the others
   share one party a reason.

Source: GLEIF RR-CDF 2.1, Reporting Exceptions 2.1.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from clearance.adapters.formats.columns import Gathered, InterestRow, PartyRow
from clearance.adapters.formats.fields import days_of
from clearance.adapters.formats.gleif_level1 import day_or_none
from clearance.adapters.formats.gleif_tree import Tree, each, text_at
from clearance.adapters.formats.gleif_words import (
    BRANCH,
    NO_PARENT,
    NOTE,
    RELATIONSHIPS,
    SOURCE,
    UNNAMED_PARENT,
    branch_row,
    lei_id,
)
from clearance.model.interest import InterestType
from clearance.model.party import PartyKind
from clearance.model.share import WHOLE as _WHOLE
from clearance.ownership.arrays.graph import ATTRIBUTED, CONSOLIDATION

_HELD = "RELATIONSHIP_PERIOD"
_NEVER_HELD = frozenset({"ANNULLED", "DUPLICATE", "ERRONEOUS"})
_WHICH = {
    "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT": "D",
    "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT": "U",
}


class Span(Struct, gc=False):
    """One stated period with its type."""

    type: str
    start: str
    end: str


class Relationship(Struct, gc=False):
    """What is read of one relationship record, as texts."""

    start: str
    end: str
    type: str
    status: str = ""
    periods: Sequence[Span] = ()
    registration: str = ""
    updated: str = ""
    deleted: str = ""


class ReportedException(Struct, gc=False):
    """What is read of one reporting exception, as texts."""

    lei: str
    category: str
    reason: str
    dated: str = ""
    deleted: str = ""


def relationship_of(record: Tree) -> Relationship:
    """The facts of a relationship record in tree shape."""
    stated = record.get("Relationship")
    return Relationship(
        start=text_at(stated, "StartNode", "NodeID"),
        end=text_at(stated, "EndNode", "NodeID"),
        type=text_at(stated, "RelationshipType"),
        status=text_at(stated, "RelationshipStatus"),
        periods=[
            Span(text_at(one, "PeriodType"), text_at(one, "StartDate"), text_at(one, "EndDate"))
            for one in each(stated, "RelationshipPeriods", "RelationshipPeriod")
        ],
        registration=text_at(record, "Registration", "RegistrationStatus"),
        updated=text_at(record, "Registration", "LastUpdateDate"),
        deleted=text_at(record, "Extension", "Deletion", "DeletedAt"),
    )


def exception_of(record: Tree) -> ReportedException:
    """The facts of a reporting exception in tree shape."""
    return ReportedException(
        lei=text_at(record, "LEI"),
        category=text_at(record, "ExceptionCategory"),
        reason=text_at(record, "ExceptionReason"),
        dated=text_at(record, "ContentDate"),
        deleted=text_at(record, "Extension", "Deletion", "DeletedAt"),
    )


def take_relationship(gathered: Gathered, line: int, stated: Relationship) -> None:
    """Add the interest of a relationship, or reject it."""
    fault = _fault(stated)
    if fault:
        return gathered.reject(line, *fault)
    kind, flags = RELATIONSHIPS[stated.type]
    subject, holder = lei_id(stated.start), lei_id(stated.end)
    record = f"XI-LEI-RR-{stated.start}-{stated.type}-{stated.end}"
    held = next((span for span in stated.periods if span.type == _HELD), Span(_HELD, "", ""))
    over = stated.deleted or (stated.updated if stated.status == "INACTIVE" else "")
    days = days_of(
        held.start,
        held.end or over,
        lambda field, reason: gathered.reject(line, f"Relationship.{field}", reason),
    )
    if stated.type == BRANCH:
        gathered.parties.append(branch_row(subject, holder, SOURCE, record, line))
    gathered.interests.append(
        InterestRow(
            holder,
            subject,
            kind.value,
            flags,
            0,
            _WHOLE,
            *days,
            direct="unknown",
            source=SOURCE,
            statement=record,
            record=record,
            statement_date=day_or_none(gathered, line, "LastUpdateDate", stated.updated),
            closed=bool(over),
            detail=stated.type,
            line=line,
        )
    )
    return None


def _fault(stated: Relationship) -> tuple[str, str] | None:
    if not stated.start or not stated.end:
        return "Relationship.NodeID", "a node has no id"
    if stated.type not in RELATIONSHIPS:
        return "RelationshipType", f"{stated.type!r} is no relationship type"
    if stated.registration in _NEVER_HELD:
        return "RegistrationStatus", f"the registration is {stated.registration}: it never held"
    return None


class Exceptions:
    """Reporting exceptions of one source, with the parties they share."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._shared: set[str] = set()

    def take(self, line: int, stated: ReportedException) -> None:
        """Add the row of an exception, or reject it."""
        which = _WHICH.get(stated.category)
        if not stated.lei:
            return self._gathered.reject(line, "LEI", "the exception has no LEI")
        if which is None:
            reason = f"{stated.category!r} is no exception category"
            return self._gathered.reject(line, "ExceptionCategory", reason)
        if stated.reason not in UNNAMED_PARENT and stated.reason not in NO_PARENT:
            reason = f"{stated.reason!r} is no exception reason"
            return self._gathered.reject(line, "ExceptionReason", reason)
        record = f"XI-LEI-RE-{which}-{stated.lei}"
        unnamed = stated.reason in UNNAMED_PARENT
        holder = f"{record}#parent" if unnamed else f"XI-LEI-RE-{stated.reason}"
        self._party(holder, stated.reason, record, line)
        self._gathered.interests.append(self._row(line, stated, holder, record, unnamed))
        return None

    def _party(self, holder: str, reason: str, record: str, line: int) -> None:
        if holder in self._shared:
            return
        if reason in NO_PARENT:
            self._shared.add(holder)
        self._gathered.parties.append(
            PartyRow(
                holder,
                kind=PartyKind.UNKNOWN.value,
                capital=False,
                unspecified=reason,
                source=SOURCE,
                statement=record,
                line=line,
            )
        )

    def _row(
        self, line: int, stated: ReportedException, holder: str, record: str, unnamed: bool
    ) -> InterestRow:
        days = days_of(
            "", stated.deleted, lambda field, reason: self._gathered.reject(line, field, reason)
        )
        return InterestRow(
            holder,
            lei_id(stated.lei),
            InterestType.otherInfluenceOrControl.value if unnamed else NOTE.value,
            ATTRIBUTED | CONSOLIDATION if unnamed else ATTRIBUTED,
            0,
            _WHOLE,
            *days,
            direct="unknown",
            source=SOURCE,
            statement=record,
            record=record,
            statement_date=day_or_none(self._gathered, line, "ContentDate", stated.dated),
            closed=bool(stated.deleted),
            detail=f"{stated.category}: {stated.reason}",
            unspecified=stated.reason,
            line=line,
        )
