"""What a person said about two ids: the same, different, or not to be told.

**Source**: nomenklatura's resolver, whose words the values are.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Judgement(StrEnum):
    """What somebody found when they looked."""

    SAME = "positive"
    DIFFERENT = "negative"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, order=True)
class Judged:
    """One judgement.

    **Shape**: ``one`` is the greater id, as nomenklatura writes a pair; either may be an id that
    only joins others (``NK-…``). ``user`` and ``created`` are as written, empty where not told.
    """

    one: str
    other: str
    judgement: Judgement
    score: float | None = None
    user: str = ""
    created: str = ""
