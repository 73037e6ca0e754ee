"""What was measured, against what was asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement.

    **Shape**: ``value`` in ``unit``; ``target`` as asked for at 10 M parties, ``None`` where
    nothing was; ``more`` where more is better; ``note`` holds what else was seen; ``day`` is the
    day it was taken.
    """

    name: str
    what: str
    value: float
    unit: str
    target: float | None = None
    more: bool = False
    note: str = ""
    day: str = ""

    @property
    def met(self) -> bool | None:
        """Was the target met, if there is one?"""
        if self.target is None:
            return None
        return self.value >= self.target if self.more else self.value <= self.target


@dataclass(frozen=True, slots=True)
class Race:
    """One tool's answer to the same question about the same world.

    **Shape**: ``seconds`` a median; ``ratio`` to ours (above 1: ours is faster); ``agrees`` says
    whether the answer is ours; ``note`` how far off, or why it did not run; ``day`` when.
    """

    question: str
    tool: str
    parties: int
    seconds: float
    ratio: float
    agrees: bool
    note: str = ""
    day: str = ""
