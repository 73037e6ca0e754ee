"""What every reading is asked, and what it answers: the seam between readings and composition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from clearance.model.interest import Measure
from clearance.model.rule import Rule, Test
from clearance.ownership.arrays.graph import Bool, Int8, Int32, Int64
from clearance.ownership.day.live import Live
from clearance.ownership.day.total import Total


@dataclass(frozen=True, slots=True)
class Question:
    """Which parties does the restriction reach, under one reading?

    **Shape**: ``certain`` marks parties fixed at 1 at both ends (seeds); ``possible`` marks those
    fixed at 1 in *may*: the seeds, holders of kind unknown, members of ownerless groups.
    ``tests`` are those in force, any-of. ``rest`` treats every undeclared rest (``undeclared``
    units a party, by measure) as held by somebody who may be restricted; of other measures none.
    ``by_control``: parties count for other reasons than holdings, too. ``unowned`` are the members
    of ownerless groups: somebody owns them whom nobody names, whoever else they are.
    """

    live: Live
    rule: Rule
    tests: tuple[Test, ...]
    certain: Bool
    possible: Bool
    rest: Mapping[Measure, Int64] = field(default_factory=dict)
    by_control: bool = False
    unowned: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingArrays:
    """The answer for all parties.

    **Shape**: ``n`` values each. ``certain`` within ``possible``; the parties of
    ``Question.certain`` and ``Question.possible`` are in them. ``low`` and ``high`` are the
    attributed total of the deciding test in units, rounded to the nearest unit (for showing;
    the flags were decided exactly); fixed parties show 100 % (possible ones: 0 to 100 %).
    ``test`` indexes ``Question.tests``: the deciding one, which is the first that is certain,
    else the first that is possible, else the first with the largest upper end.
    ``exact(party)`` gives the deciding total exactly. ``halves()`` says who is held half or more
    in any tested measure, surely and perhaps. ``root`` (per party only) is the party whose holdings
    decide, -1 where that is nobody named.
    """

    certain: Bool
    possible: Bool
    low: Int64
    high: Int64
    low_open: Bool
    high_open: Bool
    test: Int8
    exact: Callable[[int], Total] | None = None
    halves: Callable[[], tuple[Bool, Bool]] | None = None
    root: Int32 | None = None
