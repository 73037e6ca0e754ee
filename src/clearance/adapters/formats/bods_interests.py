"""BODS relationship records as interest rows.

1. What an interest says of itself is read once (``bods_said``); what its place says is added here.
2. Holdings of shares or votes in an arrangement that is neither trust nor nomination are joint: the
   arrangement is their group. A direct one is the member's own part of it, so it is not attributed
   even where it is beneficial.
3. A declared interest that is not direct runs through the parties that ``componentRecords`` name,
   or that the relationships named there lie between.
4. What refers to statements or components waits until the source is read.
"""

from __future__ import annotations

from clearance.adapters.formats.bods_references import Components, Party, party_of, unspecified_id
from clearance.adapters.formats.bods_said import Said, said_by
from clearance.adapters.formats.bods_shape import Details, EntityType, Interest, Told
from clearance.adapters.formats.columns import Gathered, InterestRow, PartyRow
from clearance.adapters.formats.fields import OPEN_ENDED, UNSURE, Days, days_of
from clearance.adapters.formats.gleif_words import BRANCH, branch_row
from clearance.model.interest import InterestType
from clearance.model.party import PartyKind
from clearance.ownership.arrays.graph import ATTRIBUTED, HAS_COMPONENTS, HAS_JOINT

_JOINT = (InterestType.shareholding.value, InterestType.votingRights.value)
_OWN_RULES = ("trust", "nomination")
_REMEMBERED = 1 << 16
_ARRANGEMENT = PartyKind.ARRANGEMENT.value
_NO_INTERESTS = (Interest(),)


class Relationships:
    """Relationship statements on their way to rows; some wait until the source is read."""

    def __init__(self, gathered: Gathered) -> None:
        self.components = Components()
        self.wanted: set[str] = set()
        self._records: dict[str, str] = {}
        self._gathered = gathered
        self._arrangements: set[str] = set()
        self._waiting: list[tuple[Told, Details]] = []
        self._known: dict[object, Said] = {}

    def note_entity(self, row: PartyRow, details: Details) -> None:
        """Remember an arrangement whose members hold together."""
        if row.kind == _ARRANGEMENT:
            stated = details.entityType
            if type(stated) is not EntityType or stated.subtype not in _OWN_RULES:
                self._arrangements.add(row.id)

    def learn(self, records: dict[str, str]) -> None:
        """Take in which record each referenced statement belongs to."""
        self._records = records

    def take(self, told: Told, details: Details) -> None:
        """One relationship: rows at once, or later where it refers to what may still come."""
        subject = party_of(details.subject)
        holder = party_of(details.interestedParty)
        if details.isComponent:
            self.components.note(told.record, (holder.id, subject.id))
        if subject.statement or holder.statement or details.componentRecords:
            self.wanted.update(end.statement for end in (subject, holder) if end.statement)
            self._waiting.append((told, details))
        else:
            self._rows(told, details, subject, holder)

    def finish(self) -> None:
        """Rows of everything that waited."""
        for told, details in self._waiting:
            subject = self._led_back(told, "subject", party_of(details.subject))
            holder = self._led_back(told, "interestedParty", party_of(details.interestedParty))
            self._rows(told, details, subject, holder)
        self._waiting = []

    def _led_back(self, told: Told, field: str, party: Party) -> Party:
        if not party.statement:
            return party
        record = self._records.get(party.statement)
        if record is None:
            reason = f"no statement {party.statement} in the source; kept as a stub"
            self._gathered.reject(told.line, field, reason)
        return Party(record or party.statement)

    def _rows(self, told: Told, details: Details, subject: Party, holder: Party) -> None:
        if not subject.id:
            reason = subject.reason or "no subject is named"
            return self._gathered.reject(told.line, "subject", reason)
        if not holder.id:
            holder = self._unspecified(told, holder.reason or "unstated")
        through = self._through(told, details, subject, holder)
        for interest in details.interests or _NO_INTERESTS:
            row = self._row(told, interest, subject.id, holder, through)
            self._gathered.interests.append(row)
        return None

    def _unspecified(self, told: Told, reason: str) -> Party:
        row = PartyRow(
            unspecified_id(told.record),
            kind=PartyKind.UNKNOWN.value,
            capital=False,
            unspecified=reason,
            source=told.source,
            statement=told.id,
            statement_date=told.date,
            line=told.line,
        )
        self._gathered.parties.append(row)
        return Party(row.id, reason=reason)

    def _through(
        self, told: Told, details: Details, subject: Party, holder: Party
    ) -> tuple[str, ...]:
        if not details.componentRecords:
            return ()
        found, unknown = self.components.parties_of(details.componentRecords)
        for record in unknown:
            reason = f"no component record {record} in the source"
            self._gathered.reject(told.line, "componentRecords", reason)
        return tuple(sorted(found - {subject.id, holder.id}))

    def _row(
        self, told: Told, interest: Interest, subject: str, holder: Party, through: tuple[str, ...]
    ) -> InterestRow:
        said = self._said(told, interest)
        flags, joint = said.flags, ""
        components: tuple[str, ...] = ()
        if said.type in _JOINT and subject in self._arrangements:
            joint, flags = subject, flags | HAS_JOINT
            flags = flags & ~ATTRIBUTED if said.direct == "direct" else flags
        if through and said.direct != "direct":
            components, flags = through, flags | HAS_COMPONENTS
        if said.detail == BRANCH:
            branch = branch_row(subject, holder.id, told.source, told.id, told.line)
            self._gathered.parties.append(branch)
        days = self._days(told, interest)
        return InterestRow(
            holder.id,
            subject,
            said.type,
            flags,
            said.low,
            said.high,
            days[0],
            days[1],
            days[2],
            days[3],
            said.direct,
            told.source,
            told.id,
            told.record,
            told.date,
            told.closed,
            joint,
            components,
            said.detail,
            holder.reason,
            told.line,
        )

    def _said(self, told: Told, interest: Interest) -> Said:
        """What the interest says, remembered: a register says few different things."""
        share = interest.share
        key = (
            interest.type,
            interest.details,
            interest.directOrIndirect,
            interest.beneficialOwnershipOrControl,
            share and (share, share.exclusiveMinimum is True, share.exclusiveMaximum is True),
        )
        said = self._known.get(key)
        if said is None:
            before = len(self._gathered.rejects)
            said = said_by(interest, lambda field, text: self._complain(told, field, text))
            if len(self._gathered.rejects) == before:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                self._known[key] = said
        return said

    def _days(self, told: Told, interest: Interest) -> Days:
        start, end = interest.startDate, interest.endDate
        days = OPEN_ENDED
        if start or end:
            days = days_of(start, end, lambda field, text: self._complain(told, field, text))
        if end or not told.closed:
            return days
        if told.date is not None:
            return (days[0], days[1], told.date, told.date)
        reason = "closed without an end or a statement date; it may end on any day"
        self._complain(told, "endDate", reason)
        return (days[0], days[1], *UNSURE[2:])

    def _complain(self, told: Told, field: str, reason: str) -> None:
        self._gathered.reject(told.line, f"interests.{field}", reason)
