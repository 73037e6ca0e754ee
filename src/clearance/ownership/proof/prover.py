"""Proofs of a run's verdicts: cheap where nothing is near, exact where something is.

1. A party with nobody restricted near it cites the one empty certificate of the run.
2. A party that is clear although somebody is near cites the closed sets of the run where its rule
   cascades, and otherwise carries its ancestors' ceilings.
3. A party that is reached, surely or perhaps, is worked out again on its own ancestors.
4. What is made is not trusted: the checker reads it without this module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

import numpy as np

from clearance.model.plain import canonical
from clearance.model.proof import (
    EVERYTHING,
    Argument,
    Certificate,
    Claim,
    End,
    Proof,
    Run,
    Scope,
    Shows,
    Side,
)
from clearance.model.proof_json import certificate_json, digest_of
from clearance.model.rows import Rows
from clearance.model.rule import Aggregation, Level, Reading
from clearance.model.verdict import Missing, Reached
from clearance.ownership.arrays.graph import Bool, Int64
from clearance.ownership.attribute import LEVELS, Attribution
from clearance.ownership.proof.arguments import Maker, NoProof
from clearance.ownership.proof.ceilings import Ceilings, ceilings_of
from clearance.ownership.proof.known import Known
from clearance.ownership.proof.quiet import Parents, crowded, near


class IndexedRows(Rows, Protocol):
    """Rows whose parties also have the engine's indexes."""

    def id(self, index: int) -> str:
        """The id of a party."""
        ...

    def index(self, id: str) -> int | None:
        """The index of a party, or ``None``."""
        ...

    def ids_at(self, indexes: Int64) -> Sequence[str]:
        """The ids of many parties."""
        ...


Key = tuple[Reading, Side, Scope]
"""Which set: under which reading, on which side, of the owned or of the controlled."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a run's proofs share: the certificates by digest, and whom nothing is near.

    **Shape**: ``written`` holds each certificate's canonical JSON, of which its name is the digest.
    """

    run: Run
    certificates: Mapping[str, Certificate]
    written: Mapping[str, str]
    near: Bool
    empty: str
    closed: Mapping[Key, str]


class Prover:
    """Makes proofs of one attribution's verdicts.

    **Cost**: once a pass over the interests of those near; then some microseconds for a party with
    nobody near, and about a millisecond for any other.
    """

    def __init__(self, answer: Attribution, rows: IndexedRows, snapshot: str = "") -> None:
        self._answer = answer
        self._rows = rows
        self.prepared = _prepared(answer, rows, snapshot)
        self._known = Known(rows, self._is_near)
        self._crowded = crowded(answer)
        self._quiet = tuple(_quiet(self.prepared, answer))
        self._clear = _clears(self.prepared, answer, Parents(answer, self.prepared.near, rows.id))

    @property
    def rows(self) -> IndexedRows:
        """The rows that proofs are made from."""
        return self._rows

    @property
    def run(self) -> Run:
        """The run that all proofs share."""
        return self.prepared.run

    @property
    def certificates(self) -> Mapping[str, Certificate]:
        """The run's certificates, by digest."""
        return self.prepared.certificates

    @property
    def written(self) -> Mapping[str, str]:
        """The certificates' canonical JSON, by digest."""
        return self.prepared.written

    def is_quiet(self, index: int) -> bool:
        """Is nobody near this party, so that its proof is everybody's?"""
        return not self.prepared.near[index]

    def _is_near(self, party: str) -> bool:
        index = self._rows.index(party)
        return index is not None and bool(self.prepared.near[index])

    def quiet(self, party: str) -> Proof:
        """The proof of a party whom nobody is near."""
        return Proof(self.run, party, Claim(Reached.NO), self._quiet)

    def prove(self, index: int) -> Proof:
        """The proof of the verdict about one party; where it is possible, with what is missing.

        Raises:
            NoProof: the rows do not bear the verdict out.
        """
        party = self._rows.id(index)
        if self.is_quiet(index):
            return self.quiet(party)
        claim, arguments = self._argued(index, party)
        return Proof(self.run, party, claim, arguments, self._missing(index, claim))

    def _missing(self, index: int, claim: Claim) -> tuple[Missing, ...]:
        if claim.reached is not Reached.POSSIBLE:
            return ()
        return self._answer.finding(index, self._rows.id, str).missing

    def _argued(self, index: int, party: str) -> tuple[Claim, tuple[Argument, ...]]:
        reached = Reached(int(self._answer.reached[index]))
        level = LEVELS[self._answer.level[index]]
        claim = Claim(reached, level)
        clear = {} if self._crowded[index] else self._clear
        hints = _Hints(self._answer, clear, index)
        arguments = Maker(self.run, self._known, party, hints).arguments(reached, level)
        if reached is Reached.CERTAIN:
            claim = replace(claim, at_least=_least(arguments))
        return claim, arguments


def _least(arguments: tuple[Argument, ...]) -> End | None:
    """The share that every reading's derivation of ownership comes to at the least."""
    ends = [
        argument.steps[-1].total
        for argument in arguments
        if argument.steps and argument.side is Side.MUST and argument.scope is Scope.OWNED
    ]
    if len(ends) < len(arguments):
        return None
    return min(ends, key=lambda end: (end.value, end.open), default=None)


def _prepared(answer: Attribution, rows: IndexedRows, snapshot: str) -> Prepared:
    given = None
    if answer.seeds.given:
        given = tuple(rows.id(index) for index in np.flatnonzero(answer.seeds.certain).tolist())
    readings = tuple(each.reading for each in answer.answered) or answer.rule.readings
    run = Run(
        replace(answer.rule, readings=readings),
        answer.day,
        snapshot,
        answer.tests,
        bool(answer.tests and not answer.in_force),
        given,
    )
    empty = Certificate(Side.MAY, {})
    text = canonical(certificate_json(empty))
    nothing = digest_of(text)
    certificates, written = {nothing: empty}, {nothing: text}
    closed: dict[Key, str] = {}
    for key, named in _named(tuple(_sets(answer)), rows):
        certificate = Certificate(key[1], dict.fromkeys(named, EVERYTHING), scope=key[2])
        text = canonical(certificate_json(certificate))
        name = digest_of(text)
        certificates[name], written[name] = certificate, text
        closed[key] = name
    return Prepared(run, certificates, written, near(answer), nothing, closed)


def _named(
    sets: Sequence[tuple[Key, Bool]], rows: IndexedRows
) -> Iterator[tuple[Key, Sequence[str]]]:
    """The sets' members by id; they overlap, so that each id is read once."""
    if not sets:
        return
    anywhere = np.flatnonzero(np.logical_or.reduce([members for _, members in sets]))
    ids = np.array(rows.ids_at(anywhere), dtype=np.object_)
    for key, members in sets:
        yield key, ids[members[anywhere]].tolist()


def _sets(answer: Attribution) -> Iterator[tuple[Key, Bool]]:
    """Closed sets of the run, of pooled rules."""
    if answer.rule.aggregation is not Aggregation.POOLED:
        return
    level = answer.rule.control.level
    for each in answer.answered:
        if level is not None:
            yield (each.reading, Side.MAY, Scope.CONTROLLED), each.wide.possible
        if each.reading is Reading.CASCADE:
            yield (each.reading, Side.MAY, Scope.OWNED), each.owned.possible
            strong = level in (Level.BARS, Level.PRESUMED)
            if not strong:
                yield (each.reading, Side.MUST, Scope.OWNED), each.owned.certain


def _quiet(prepared: Prepared, answer: Attribution) -> Iterator[Argument]:
    """What shows that a party is clear whom nobody is near."""
    scope = _scope(answer)
    for each in answer.answered:
        yield Argument(each.reading, Side.MAY, scope, Shows.CLEAR, cites=(prepared.empty,))


def _scope(answer: Attribution) -> Scope:
    return Scope.OWNED if answer.rule.control.level is None else Scope.CONTROLLED


@dataclass(frozen=True, slots=True)
class _Clear:
    """How one reading's argument is made about a party that is clear though somebody is near."""

    reading: Reading
    side: Side
    scope: Scope
    cited: str
    members: Bool
    ceilings: Ceilings | None = None

    def argument(self, index: int) -> Argument | None:
        """The argument; ``None`` where only the exact way can tell."""
        cites = (self.cited,) if self.cited else ()
        if self.ceilings is None:
            return Argument(self.reading, self.side, self.scope, Shows.CLEAR, cites=cites)
        certificate = self.ceilings.certificate(index, self.members)
        if certificate is None:
            return None
        measure = certificate.measure if self.scope is Scope.OWNED else None
        return Argument(
            self.reading, self.side, self.scope, Shows.CLEAR, measure, "", (), cites, (certificate,)
        )


def _clears(prepared: Prepared, answer: Attribution, parents: Parents) -> dict[Key, _Clear]:
    """Whatever of the run's sets and ceilings can show somebody clear."""
    found: dict[Key, _Clear] = {}
    halves = all(test.threshold >= Fraction(1, 2) for test in answer.tests)
    for each in answer.answered:
        ceilings = ceilings_of(answer, each, parents)
        for scope in Scope:
            cited = prepared.closed.get((each.reading, Side.MAY, scope), "")
            cascades = each.reading is Reading.CASCADE and (halves or scope is Scope.OWNED)
            wide = scope is Scope.CONTROLLED
            members = each.wide.possible if wide else each.owned.possible
            if (cascades and cited) or (ceilings and (cited or not wide)):
                key = (each.reading, Side.MAY, scope)
                shown = None if cascades else ceilings
                found[key] = _Clear(*key, cited, members, shown)
        key = (each.reading, Side.MUST, Scope.OWNED)
        if key in prepared.closed:
            found[key] = _Clear(*key, prepared.closed[key], each.owned.certain)
    return found


class _Hints:
    """What the engine knows about one party: who reaches it, and what shows it clear."""

    __slots__ = ("_answer", "_clear", "_index")

    def __init__(self, answer: Attribution, clear: Mapping[Key, _Clear], index: int) -> None:
        self._answer = answer
        self._clear = clear
        self._index = index

    def reached(self, reading: Reading, side: Side, scope: Scope) -> bool:
        """Does the engine say so?"""
        for each in self._answer.answered:
            if each.reading is reading:
                arrays = each.owned if scope is Scope.OWNED else each.wide
                flags = arrays.certain if side is Side.MUST else arrays.possible
                return bool(flags[self._index])
        return False

    def clear(self, reading: Reading, side: Side, scope: Scope) -> Argument | None:
        """An argument from the run's sets and ceilings, if there is one."""
        way = self._clear.get((reading, side, scope))
        return way.argument(self._index) if way is not None else None


__all__ = ["NoProof", "Prepared", "Prover"]
