"""The equations of a cycle group: what each member counts for, given what the others do.

1. A plain member is the largest (lower end) or smallest (upper end) of a few sums; a *piece* is
   one such sum: a constant and a slope for each member it hangs on.
2. Any other member is asked as a whole, and its slopes are found by moving one member at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

Values = Mapping[int, Fraction]

_NUDGE = Fraction(1, 2**90)


@dataclass(frozen=True, slots=True)
class Piece:
    """``constant`` plus the slopes times the members' values."""

    constant: Fraction
    slope: Mapping[int, Fraction]

    def at(self, values: Values) -> Fraction:
        """Its value."""
        sum_ = self.constant
        for member, slope in self.slope.items():
            sum_ += slope * values[member]
        return sum_


class Equation(Protocol):
    """One member's right-hand side."""

    def at(self, values: Values) -> Fraction:
        """Its value, exactly."""
        ...

    def near(self, values: Mapping[int, float]) -> float:
        """Its value, roughly."""
        ...

    def piece(self, values: Values) -> Piece:
        """The piece that is active there."""
        ...


@dataclass(frozen=True, slots=True)
class Pieces:
    """The largest, or (``smallest``) the smallest of pieces, not below ``floor``."""

    pieces: tuple[Piece, ...]
    rough: tuple[tuple[float, tuple[tuple[int, float], ...]], ...]
    smallest: bool
    floor: Fraction

    @classmethod
    def of(cls, pieces: list[Piece], smallest: bool, floor: Fraction = Fraction(0)) -> Pieces:
        """Pieces, capped at 1."""
        rough = tuple(
            (float(piece.constant), tuple((m, float(slope)) for m, slope in piece.slope.items()))
            for piece in pieces
        )
        return cls(tuple(pieces), rough, smallest, floor)

    def at(self, values: Values) -> Fraction:
        """Its value, exactly."""
        found = [piece.at(values) for piece in self.pieces]
        value = min(found) if self.smallest else max(found)
        return min(max(value, self.floor), Fraction(1))

    def near(self, values: Mapping[int, float]) -> float:
        """Its value, roughly."""
        found = [
            constant + sum(slope * values[member] for member, slope in slopes)
            for constant, slopes in self.rough
        ]
        value = min(found) if self.smallest else max(found)
        return min(max(value, float(self.floor)), 1.0)

    def piece(self, values: Values) -> Piece:
        """The piece that is active there."""
        found = [(piece.at(values), piece) for piece in self.pieces]
        choose = min if self.smallest else max
        value, piece = choose(found, key=lambda each: each[0])
        if not self.floor <= value <= 1:
            return Piece(self.floor if value < self.floor else Fraction(1), {})
        return piece


@dataclass(frozen=True, slots=True)
class Whole:
    """A member that is only known as a whole: ``ask`` gives its value, ``hangs_on`` its members."""

    ask: Callable[[Values], Fraction]
    hangs_on: tuple[int, ...]

    def at(self, values: Values) -> Fraction:
        """Its value, exactly."""
        return self.ask(values)

    def near(self, values: Mapping[int, float]) -> float:
        """Its value, roughly."""
        return float(self.ask({member: Fraction(value) for member, value in values.items()}))

    def piece(self, values: Values) -> Piece:
        """The piece that is active just above."""
        here = self.ask(values)
        slope = {}
        for member in self.hangs_on:
            moved = self.ask({**values, member: values[member] + _NUDGE})
            slope[member] = (moved - here) / _NUDGE
        constant = here - sum((s * values[m] for m, s in slope.items()), Fraction(0))
        return Piece(constant, slope)
