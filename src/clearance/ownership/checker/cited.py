"""What a proof cites, offered as rows: the checker's only facts where it has no snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clearance.model.interest import Interest
from clearance.model.party import Party, PartyKind
from clearance.model.proof import Because, Step
from clearance.model.rows import Rows

BRANCH = "branch of "

_HELD = (Because.HOLDINGS, Because.OWNED, Because.OWNERLESS)
"""What may rest on being a branch."""


class CitedRows:
    """The interests of some steps; party records from ``rows`` where there is a snapshot.

    Without a snapshot who is a branch, an unknown holder or an arrangement is as the steps tell.
    """

    __slots__ = ("_arrangements", "_by_holder", "_by_subject", "_heads", "_rows", "_unknown")

    def __init__(self, steps: Sequence[Step], rows: Rows | None) -> None:
        self._rows = rows
        self._by_subject: dict[str, list[Interest]] = {}
        self._by_holder: dict[str, list[Interest]] = {}
        self._heads = {
            step.party: step.fact.removeprefix(BRANCH)
            for step in steps
            if step.because in _HELD and step.fact.startswith(BRANCH)
        }
        self._arrangements = {name for step in steps for name in step.arrangements}
        self._unknown = {step.party for step in steps if step.because is Because.UNKNOWN}
        for step in steps:
            for row in step.interests:
                self._by_subject.setdefault(row.subject, []).append(row)
                self._by_holder.setdefault(row.interested_party, []).append(row)

    def party(self, id: str) -> Party | None:
        """The snapshot's record, or the little that a proof tells."""
        if self._rows is not None:
            return self._rows.party(id)
        if id in self._heads:
            return Party(id, branch_of=self._heads[id])
        if id in self._arrangements:
            return Party(id, kind=PartyKind.ARRANGEMENT)
        return Party(id, kind=PartyKind.UNKNOWN) if id in self._unknown else None

    @property
    def complete(self) -> bool:
        """Is there a record of everybody?"""
        return self._rows is not None

    def interests_in(self, subject: str) -> Sequence[Interest]:
        """Cited interests in ``subject``."""
        return self._by_subject.get(subject, [])

    def interests_of(self, interested_party: str) -> Sequence[Interest]:
        """Cited interests that ``interested_party`` holds."""
        return self._by_holder.get(interested_party, [])

    def party_ids(self) -> Iterator[str]:
        """Parties of cited interests."""
        return iter(sorted(set(self._by_subject) | set(self._by_holder)))
