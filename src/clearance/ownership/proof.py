"""Proofs of a run's verdicts: cheap where nothing is near, exact where something is.

1. A party with nobody restricted near it cites the one empty certificate of the run.
2. A party that is clear although somebody is near cites the closed sets of the run where its rule
   cascades, and otherwise carries its ancestors' ceilings.
3. A party that is reached, surely or perhaps, is worked out again on its own ancestors.
4. What is made is not trusted: the checker reads it without this module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from clearance.model.proof import (
    EVERYTHING,
    Argument,
    Certificate,
    Claim,
    Proof,
    Run,
    Scope,
    Shows,
    Side,
)
from clearance.model.proof_json import certificate_json, digest
from clearance.model.rows import Rows
from clearance.model.rule import Aggregation, Level, Reading
from clearance.model.verdict import Missing, Reached
from clearance.ownership.attribute import LEVELS, Attribution
from clearance.ownership.graph import Bool
from clearance.ownership.proof_arguments import Maker, NoProof
from clearance.ownership.proof_quiet import near


class IndexedRows(Rows, Protocol):
    """Rows whose parties also have the engine's indexes."""

    def id(self, index: int) -> str:
        """The id of a party."""
        ...


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a run's proofs share: the certificates by digest, and whom nothing is near."""

    run: Run
    certificates: Mapping[str, Certificate]
    near: Bool
    empty: str
    closed: Mapping[tuple[Reading, Scope], str]


class Prover:
    """Makes proofs of one attribution's verdicts.

    **Cost**: once a pass over the interests of those near; then some microseconds for a party with
    nobody near, and about a millisecond for any other.
    """

    def __init__(self, answer: Attribution, rows: IndexedRows, snapshot: str = "") -> None:
        self._answer = answer
        self._rows = rows
        self.prepared = _prepared(answer, rows, snapshot)
        self._quiet = tuple(_clear_by(self.prepared, answer, quiet=True))
        self._closed = tuple(_clear_by(self.prepared, answer, quiet=False))

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

    def is_quiet(self, index: int) -> bool:
        """Is nobody near this party, so that its proof is everybody's?"""
        return not self.prepared.near[index]

    def quiet(self, party: str) -> Proof:
        """The proof of a party whom nobody is near."""
        return Proof(self.run, party, Claim(Reached.NO), self._quiet)

    def prove(self, index: int, missing: tuple[Missing, ...] = ()) -> Proof:
        """The proof of the verdict about one party.

        Raises:
            NoProof: the rows do not bear the verdict out.
        """
        party = self._rows.id(index)
        if self.is_quiet(index):
            return self.quiet(party)
        reached = Reached(int(self._answer.reached[index]))
        level = LEVELS[self._answer.level[index]]
        arguments = self._arguments(party, reached, level)
        return Proof(self.run, party, Claim(reached, level), arguments, missing)

    def _arguments(self, party: str, reached: Reached, level: Level | None) -> tuple[Argument, ...]:
        if reached is Reached.NO and level is None and self._closed:
            return self._closed
        return Maker(self.run, self._rows, party).arguments(reached, level)


def _prepared(answer: Attribution, rows: IndexedRows, snapshot: str) -> Prepared:
    given = None
    if answer.seeds.given:
        given = tuple(rows.id(index) for index in np.flatnonzero(answer.seeds.certain).tolist())
    run = Run(
        answer.rule,
        answer.day,
        snapshot,
        answer.tests,
        bool(answer.tests and not answer.in_force),
        given,
    )
    empty = Certificate(Side.MAY, {})
    certificates = {digest(certificate_json(empty)): empty}
    closed: dict[tuple[Reading, Scope], str] = {}
    for reading, scope, members in _sets(answer):
        ids = (rows.id(index) for index in np.flatnonzero(members).tolist())
        certificate = Certificate(Side.MAY, dict.fromkeys(ids, EVERYTHING), scope=scope)
        name = digest(certificate_json(certificate))
        certificates[name] = certificate
        closed[reading, scope] = name
    return Prepared(run, certificates, near(answer), digest(certificate_json(empty)), closed)


def _sets(answer: Attribution) -> Iterator[tuple[Reading, Scope, Bool]]:
    """Closed sets of the run: of pooled readings that count parties whole."""
    if answer.rule.aggregation is not Aggregation.POOLED:
        return
    for each in answer.answered:
        if each.reading is Reading.CASCADE:
            yield each.reading, Scope.OWNED, each.owned.possible
            if answer.rule.control.level is not None:
                yield each.reading, Scope.CONTROLLED, each.wide.possible


def _clear_by(prepared: Prepared, answer: Attribution, *, quiet: bool) -> Iterator[Argument]:
    """Arguments by citation alone that a party is clear; none where that cannot be."""
    controlled = answer.rule.control.level is not None
    scope = Scope.CONTROLLED if controlled else Scope.OWNED
    if not quiet and any(each.reading is not Reading.CASCADE for each in answer.answered):
        return
    for each in answer.answered:
        cited = prepared.empty if quiet else prepared.closed.get((each.reading, scope), "")
        if not cited:
            return
        yield Argument(each.reading, Side.MAY, scope, Shows.CLEAR, cites=(cited,))


__all__ = ["NoProof", "Prepared", "Prover"]
