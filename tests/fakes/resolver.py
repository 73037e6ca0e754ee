"""Matching by what is exactly the same: numbers first, then a name with its country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tests.fakes.rows import FakeRows

from clearance.matching.case import case_of
from clearance.matching.evidence import Agrees, Evidence, EvidenceKind
from clearance.matching.resolution import Resolution, Weighed
from clearance.matching.resolve import resolve
from clearance.model.party import Identifier, Party
from clearance.model.record import Record

NAME = Evidence(EvidenceKind.NAME, Agrees.FOR, "the same name", 1.0)
COUNTRY = Evidence(EvidenceKind.COUNTRY, Agrees.FOR, "the same country", 0.3)


def numbered(one: Identifier) -> Evidence:
    text = f"{one.scheme} {one.id} agrees"
    return Evidence(EvidenceKind.IDENTIFIER, Agrees.FOR, text, 1.0, strong=True)


class FakeResolver:
    """A resolver over rows in memory, with the real rules."""

    def __init__(self, rows: FakeRows) -> None:
        self._parties = [rows.party_at(at) for at in range(len(rows.ids))]

    def resolve(self, records: Sequence[Record]) -> Sequence[Resolution]:
        return [resolve(case_of(record, self._candidates(record))) for record in records]

    def stream(self, records: Iterable[Record]) -> Iterator[Resolution]:
        return iter(self.resolve(list(records)))

    def _candidates(self, record: Record) -> list[Weighed]:
        found = []
        for at, party in enumerate(self._parties):
            evidence = [numbered(one) for one in record.identifiers if one in party.identifiers]
            if party.name.casefold() in map(str.casefold, record.names):
                evidence.append(NAME)
                evidence += [COUNTRY] * (party.jurisdiction in record.countries)
            if evidence:
                found.append(Weighed(at, _record(party), party.name, 0.95, tuple(evidence)))
        return found


def _record(party: Party) -> Record:
    countries = (party.jurisdiction,) if party.jurisdiction else ()
    return Record(party.id, (party.name,), party.kind, countries, party.identifiers)
