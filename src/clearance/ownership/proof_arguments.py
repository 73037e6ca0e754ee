"""Which arguments a verdict needs, and making them.

1. ``certain``: reached in *must* under every reading. ``no``: clear in *may* under every reading.
   ``possible``: reached in *may* under one reading, clear in *must* under one.
2. The level needs a control finding where it is the finding's, and that there is none where it is
   empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from clearance.model.interest import Measure
from clearance.model.proof import Argument, Run, Scope, Side
from clearance.model.rows import Rows
from clearance.model.rule import Level, Reading
from clearance.model.verdict import Reached
from clearance.ownership.checker_book import Book
from clearance.ownership.checker_equations import Equations
from clearance.ownership.proof_make import clear, reached


class NoProof(Exception):
    """The verdict does not follow from the rows as the proof's equations read them."""


class Maker:
    """Makes the arguments about one party."""

    __slots__ = ("_books", "_party", "_rows", "_run")

    def __init__(self, run: Run, rows: Rows, party: str) -> None:
        self._run = run
        self._rows = rows
        self._party = party
        self._books: dict[tuple[str, Measure], Book] = {}

    def arguments(self, found: Reached, level: Level | None) -> tuple[Argument, ...]:
        """Everything that the verdict needs.

        Raises:
            NoProof: some of it does not hold.
        """
        if not self._run.tests:
            return ()
        match found:
            case Reached.CERTAIN:
                parts = self._certain(level)
            case Reached.POSSIBLE:
                parts = self._possible(level)
            case _:
                parts = self._no(level)
        return tuple(parts)

    @property
    def _scope(self) -> Scope:
        strong = self._run.rule.control.level in (Level.BARS, Level.PRESUMED)
        return Scope.CONTROLLED if strong else Scope.OWNED

    def _certain(self, level: Level | None) -> Iterator[Argument]:
        owned = [self._reached(reading, Side.MUST, Scope.OWNED) for reading in self._readings]
        for reading, argument in zip(self._readings, owned, strict=True):
            yield argument or self._must_reach(reading, Side.MUST)
        if level is not Level.BARS:
            missed = owned.index(None)
            yield from self._clear(self._readings[missed], Side.MUST, Scope.OWNED)

    def _possible(self, level: Level | None) -> Iterator[Argument]:
        if level is Level.BARS:
            scope = self._scope if self._run.rule.control.level is Level.BARS else Scope.OWNED
            yield self._any_reached(*dict.fromkeys((Scope.OWNED, scope)))
        else:
            yield self._any_reached(self._scope)
            yield from self._all_clear(Side.MAY, Scope.OWNED)
        for reading in self._readings:
            if self._reached(reading, Side.MUST, self._scope) is None:
                yield from self._clear(reading, Side.MUST, self._scope)
                return
        raise NoProof(f"{self._party} is certain")

    def _no(self, level: Level | None) -> Iterator[Argument]:
        if self._run.rule.control.level is None:
            return self._all_clear(Side.MAY, self._scope)
        if level is None:
            return self._all_clear(Side.MAY, Scope.CONTROLLED)
        finding = iter([self._any_reached(Scope.CONTROLLED)])
        return chain(self._all_clear(Side.MAY, self._scope), finding)

    @property
    def _readings(self) -> tuple[Reading, ...]:
        return self._run.rule.readings

    def _equations(self, reading: Reading, side: Side, scope: Scope) -> Equations:
        return Equations(self._run, self._rows, reading, side, scope, books=self._books)

    def _reached(self, reading: Reading, side: Side, scope: Scope) -> Argument | None:
        return reached(self._equations(reading, side, scope), self._party)

    def _must_reach(self, reading: Reading, side: Side) -> Argument:
        argument = self._reached(reading, side, self._scope)
        if argument is None:
            raise NoProof(f"{self._party} is not reached in {side.value} under {reading.value}")
        return argument

    def _any_reached(self, *scopes: Scope) -> Argument:
        for scope in scopes:
            for reading in self._readings:
                for side in (Side.MAY,):
                    argument = self._reached(reading, side, scope)
                    if argument is not None:
                        return argument
        raise NoProof(f"{self._party} is not reached in may")

    def _clear(self, reading: Reading, side: Side, scope: Scope) -> Iterator[Argument]:
        return clear(self._equations(reading, side, scope), self._party)

    def _all_clear(self, side: Side, scope: Scope) -> Iterator[Argument]:
        for reading in self._readings:
            yield from self._clear(reading, side, scope)
