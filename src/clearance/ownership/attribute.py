"""The answer for all parties: readings, control and seeds put together.

1. A rule that is not in force on the day reaches nobody, its seeds included.
2. Certain: surely reached under every reading. No: not even perhaps under any. Else possible.
3. Where control bars or is presumed, being controlled is being reached.
4. Arrays answer for all parties; ``finding`` explains one, at the cost of its own holdings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module

import numpy as np

from clearance.model.interest import CAPITAL_RIGHTS, GOVERNING, InterestType, Measure
from clearance.model.rule import Aggregation, Level, Reading, Rule, Test, Version
from clearance.model.verdict import Finding, Reached
from clearance.ownership.arrays.graph import Bool, Graph, Int8, Int64, among
from clearance.ownership.because import Answered, Spoken, finding
from clearance.ownership.control.alone import controlled_alone
from clearance.ownership.control.closure import controlled
from clearance.ownership.control.regional import other_kinds, regional
from clearance.ownership.could import could_multiply
from clearance.ownership.day.day import slice_day
from clearance.ownership.day.live import Live
from clearance.ownership.day.ownerless import ownerless
from clearance.ownership.readings.cascade import cascade
from clearance.ownership.readings.reading import Question, ReadingArrays
from clearance.ownership.rest import undeclared
from clearance.ownership.seeds import SeedSets, seeds

LEVELS: tuple[Level | None, ...] = (None, *Level)
"""Levels by the code in ``Attribution.level``."""

_NOT_SHARES = (InterestType.votingRights, *CAPITAL_RIGHTS)
"""Where nobody holds any of these, votes are what shares are."""

_READ = {
    (Reading.CASCADE, Aggregation.POOLED): ("cascade", "cascade"),
    (Reading.CASCADE, Aggregation.PER_PARTY): ("per_party", "cascade"),
    (Reading.PRODUCT, Aggregation.POOLED): ("look_through", "product"),
    (Reading.PRODUCT, Aggregation.PER_PARTY): ("look_through", "product"),
    (Reading.HYBRID, Aggregation.POOLED): ("look_through", "hybrid"),
    (Reading.HYBRID, Aggregation.PER_PARTY): ("look_through", "hybrid"),
    (Reading.MAJORITY_CHAIN, Aggregation.POOLED): ("majority", "majority_chain"),
    (Reading.MAJORITY_CHAIN, Aggregation.PER_PARTY): ("majority", "majority_chain"),
}


@dataclass(frozen=True)
class Attribution:
    """What a rule says about every party on a day.

    **Shape**: by party index, ``reached`` codes of ``Reached`` and ``level`` positions in
    ``LEVELS``. ``answered`` holds, a reading, the ownership alone and what counts (with control
    where the rule lets control reach). Empty where the rule is not in force.
    """

    graph: Graph
    rule: Rule
    day: int
    in_force: bool
    reached: Int8
    level: Int8
    live: Live | None
    tests: tuple[Test, ...]
    seeds: SeedSets
    loops: Mapping[int, int]
    answered: tuple[Answered, ...]

    @cached_property
    def could(self) -> Bool:
        """Which parties pass if every undeclared rest is held by somebody restricted."""
        if self.live is None:
            return np.zeros(self.graph.size, dtype=np.bool_)
        question = question_of(self.live, self.rule, self.tests, self.seeds, self.loops)
        asked = replace(question, rest=self._rests)
        could = np.zeros(self.graph.size, dtype=np.bool_)
        for each in self.answered:
            could |= _could(asked, each.reading)
        return could

    @cached_property
    def undeclared(self) -> Int64:
        """Units of each party that nobody declares to hold, in its deciding measure."""
        found = np.zeros(self.graph.size, dtype=np.int64)
        if self.live is None:
            return found
        chosen = self.answered[0].used.test
        for number, test in enumerate(self.tests):
            found = np.where(chosen == number, self._rests[test.measure], found)
        return found

    @cached_property
    def _rests(self) -> Mapping[Measure, Int64]:
        """The undeclared rest of every party in each measure tested, or that makes a majority."""
        live, wanted = self.live, [test.measure for test in self.tests]
        if live is None:
            return {}
        if any(each.reading is Reading.MAJORITY_CHAIN for each in self.answered):
            wanted += [measure for measure in GOVERNING if measure in live.measures]
        return {m: undeclared(live, live.measures[m]) for m in dict.fromkeys(wanted)}

    @cached_property
    def _others(self) -> Bool | None:
        return None if self.live is None else other_kinds(self.live, self.seeds)[1]

    def others(self, party: int) -> bool:
        """May ``party`` be of a region of the rule, and of a kind that it does not restrict?"""
        return self._others is not None and bool(self._others[party])

    def finding(
        self, index: int, ids: Callable[[int], str], statement: Callable[[int], str]
    ) -> Finding:
        """The answer about one party, explained. **Cost**: its own holdings."""
        spoken = Spoken(self.graph, self.rule, self.day, ids, statement)
        level = LEVELS[self.level[index]]
        reached = Reached(int(self.reached[index]))
        if self.live is None:
            return spoken.nothing(index)
        return finding(spoken, self, index, reached, level)


def attribute(
    graph: Graph,
    rule: Rule,
    as_of: int,
    *,
    seeds: tuple[int, ...] | None = None,
    readings: tuple[Reading, ...] | None = None,
    assume_in_force: bool = False,
) -> Attribution:
    """Attribute under ``rule`` on the day ``as_of``.

    Args:
        seeds: restricted parties, in place of the rule's criteria and kinds.
        readings: in place of the rule's.
        assume_in_force: compute with the nearest version where none is in force.

    **Cost**: after the graph is open, about 0.5 s for a cascade over 10 M parties.
    """
    version = rule.version_on(as_of)
    tests = _tests(rule, as_of, version, assume_in_force)
    found = _seeds(graph, rule, as_of, seeds)
    if not tests:
        nobody = np.zeros(graph.size, dtype=np.uint8)
        return Attribution(
            graph, rule, as_of, False, nobody, nobody, None, (), found, {}, ()
        )  # fmt: skip
    chosen = readings or rule.readings
    live = slice_day(graph, rule, as_of, _measures(graph, rule, tests, chosen))
    loops: dict[int, int] = {}
    for measure in dict.fromkeys(test.measure for test in tests):
        loops |= ownerless(graph, live.measures[measure])
    question = question_of(live, rule, tests, found, loops)
    answered = _answer(question, chosen, found)
    reached, level = _composed(rule, answered)
    in_force = version is not None
    return Attribution(
        graph, rule, as_of, in_force, reached, level, live, tests, found, loops, answered
    )


def _seeds(graph: Graph, rule: Rule, day: int, given: tuple[int, ...] | None) -> SeedSets:
    return seeds(graph, rule, day, given)


def _tests(rule: Rule, day: int, version: Version | None, assume: bool) -> tuple[Test, ...]:
    """The tests in force, or by assumption those next in force, else last."""
    if version is not None:
        return version.tests
    if not assume or not rule.versions:
        return ()
    ordered = sorted(rule.versions, key=lambda each: each.force.start)
    later = [each for each in ordered if each.force.start > day]
    return (later[0] if later else ordered[-1]).tests


def _measures(
    graph: Graph, rule: Rule, tests: tuple[Test, ...], readings: tuple[Reading, ...]
) -> tuple[Measure, ...]:
    """Those tested; and where something else can be found in them, those that give control."""
    wanted = [test.measure for test in tests]
    if rule.control.presumption is not None:
        wanted.append(rule.control.presumption.measure)
    if rule.control.level is not None or Reading.MAJORITY_CHAIN in readings:
        types = graph.interests.type
        if Measure.SHARES not in wanted or among(types, _NOT_SHARES).any():
            wanted.append(Measure.VOTES)
        stand_ins = len(graph.missing_rows) or len(graph.role_rows)
        if stand_ins or (types == InterestType.appointmentOfBoard).any():
            wanted.append(Measure.BOARD)
    return tuple(dict.fromkeys(wanted))


def question_of(
    live: Live, rule: Rule, tests: tuple[Test, ...], found: SeedSets, loops: Mapping[int, int]
) -> Question:
    """What the readings are asked: who is restricted in the first place, surely and perhaps."""
    possible = found.possible | live.unknown
    possible[list(loops)] = True
    return Question(live, rule, tests, found.certain, possible, unowned=tuple(sorted(loops)))


def _could(asked: Question, reading: Reading) -> Bool:
    """Whom one reading could reach, the undeclared rests counted; control left aside."""
    if (reading, asked.rule.aggregation) == (Reading.PRODUCT, Aggregation.POOLED):
        return could_multiply(asked)
    if (reading, asked.rule.aggregation) == (Reading.CASCADE, Aggregation.POOLED):
        return cascade(asked, shown=0).possible
    return read(asked, reading).possible


def _answer(
    question: Question, readings: tuple[Reading, ...], found: SeedSets
) -> tuple[Answered, ...]:
    """Every reading: ownership, then control."""
    control = question.rule.control.level
    held = regional(question, found) if control is not None else None
    answered = []
    for reading in readings:
        owned = read(question, reading)
        wide = owned if held is None else control_of(question, reading, owned, held)
        reaches = control in (Level.BARS, Level.PRESUMED)
        answered.append(Answered(reading, owned, wide, wide if reaches else owned))
    return tuple(answered)


def control_of(
    question: Question, reading: Reading, owned: ReadingArrays, held: tuple[Bool, Bool]
) -> ReadingArrays:
    """The controlled, pooled or each root's own."""
    if question.rule.aggregation is Aggregation.POOLED:
        return controlled(question, reading, owned, held)
    return controlled_alone(question, reading, owned, held, read)


def read(question: Question, reading: Reading) -> ReadingArrays:
    """One reading's answer. Readings that a rule does not ask for are not loaded."""
    module, name = _READ[reading, question.rule.aggregation]
    function = getattr(import_module(f"clearance.ownership.readings.{module}"), name)
    found: ReadingArrays = function(question)
    return found


def _reached(arrays: list[ReadingArrays]) -> Int8:
    certain, possible = arrays[0].certain, arrays[0].possible
    for each in arrays[1:]:
        certain, possible = certain & each.certain, possible | each.possible
    found: Int8 = certain.view(np.uint8) + (possible | certain).view(np.uint8)
    return found


def _composed(rule: Rule, answered: tuple[Answered, ...]) -> tuple[Int8, Int8]:
    """How far every party is reached, and the strongest finding about it."""
    reached = _reached([each.used for each in answered])
    control = rule.control.level
    bars = np.uint8(LEVELS.index(Level.BARS))
    if control is None:
        return reached, (reached > 0).view(np.uint8) * bars
    owned = _reached([each.owned for each in answered])
    wide = _reached([each.wide for each in answered])
    level = (wide > 0).view(np.uint8) * np.uint8(LEVELS.index(control))
    level[(reached > 0) & (owned >= reached)] = bars
    return reached, level
