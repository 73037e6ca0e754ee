"""Which arguments a verdict needs, and making them.

1. ``certain``: reached in *must* under every reading. ``no``: clear in *may* under every reading.
   ``possible``: reached in *may* under one reading, clear in *must* under one.
2. The level needs a control finding where it is the finding's, and that there is none where it is
   empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Protocol

from clearance.model.proof import Argument, Run, Scope, Side
from clearance.model.rule import Level, Reading
from clearance.model.verdict import Reached
from clearance.ownership.checker.equations import Equations
from clearance.ownership.proof.known import Known
from clearance.ownership.proof.make import clear, reached


class NoProof(Exception):
    """The verdict does not follow from the rows as the proof's equations read them."""


class Hints(Protocol):
    """What is known about the party before it is worked out again."""

    def reached(self, reading: Reading, side: Side, scope: Scope) -> bool:
        """Is it reached so?"""
        ...

    def clear(self, reading: Reading, side: Side, scope: Scope) -> Argument | None:
        """A ready argument that it is clear so."""
        ...


class Maker:
    """Makes the arguments about one party; ``hints`` spare work, and are not believed."""

    __slots__ = ("_hints", "_known", "_party", "_run")

    def __init__(self, run: Run, known: Known, party: str, hints: Hints | None = None) -> None:
        self._hints = hints
        self._run = run
        self._known = known
        self._party = party

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
            missed = (
                not self._hints.reached(reading, Side.MUST, self._scope)
                if self._hints is not None
                else self._reached(reading, Side.MUST, self._scope) is None
            )
            if missed:
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
        known = self._known
        return Equations(self._run, known, reading, side, scope, books=known.books, near=known.near)

    def _reached(self, reading: Reading, side: Side, scope: Scope) -> Argument | None:
        if self._hints is not None and not self._hints.reached(reading, side, scope):
            return None
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
        ready = self._hints.clear(reading, side, scope) if self._hints else None
        return (
            iter((ready,)) if ready else clear(self._equations(reading, side, scope), self._party)
        )

    def _all_clear(self, side: Side, scope: Scope) -> Iterator[Argument]:
        for reading in self._readings:
            yield from self._clear(reading, side, scope)
