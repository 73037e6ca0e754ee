"""Why a party is reached, or might be, or what is missing to know: one party at a time.

1. Because: the holdings in it of parties that count, in the deciding measures; where control may
   matter their votes and board seats, what a region's other kinds hold, and control interests.
2. Missing: see ``missing``.
3. Flags: oddities of the rows about the party, sorted.

**Cost**: the party's own holdings; for what is missing, those of at most 64 parties above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

from clearance.model.dates import ALWAYS, NEVER, UNDATED, Moment, Period
from clearance.model.interest import GOVERNING, InterestType, Measure
from clearance.model.rule import Level, Reading, Rule, Test
from clearance.model.share import UNSTATED, WHOLE, Share, Unspecified, of_units
from clearance.model.verdict import ABOVE_WHOLE, Finding, Holding, Missing, Reached, ReadingResult
from clearance.ownership.arrays.graph import Graph
from clearance.ownership.day.live import Holdings, Live
from clearance.ownership.day.total import End, Total
from clearance.ownership.missing import Unstated
from clearance.ownership.readings.reading import ReadingArrays
from clearance.ownership.rest import undeclared_of
from clearance.ownership.seeds import SeedSets, location_flags, reason

NOTHING_SHARE = Share.exact(Fraction(0))


@dataclass(frozen=True, slots=True)
class Answered:
    """One reading: ownership alone, with control, and which of the two counts."""

    reading: Reading
    owned: ReadingArrays
    wide: ReadingArrays
    used: ReadingArrays


@dataclass(frozen=True, slots=True)
class Spoken:
    """What turns indexes into words."""

    graph: Graph
    rule: Rule
    day: int
    ids: Callable[[int], str]
    statement: Callable[[int], str]

    def nothing(self, index: int) -> Finding:
        """The finding about a party where the rule is not in force."""
        return Finding(
            id=self.ids(index),
            reached=Reached.NO,
            level=None,
            share=NOTHING_SHARE,
            measure=self.rule.versions[0].tests[0].measure
            if self.rule.versions
            else Measure.SHARES,
            readings={},
            undeclared=Fraction(0),
            flags=location_flags(self.graph, index),
        )

    def period(self, row: int) -> Period:
        """When an interest row holds, as stated."""
        rows = self.graph.interests
        start = (int(rows.start_first[row]), int(rows.start_last[row]))
        end = (int(rows.end_first[row]), int(rows.end_last[row]))
        return Period(
            None if start == (ALWAYS, ALWAYS) else Moment(*start),
            None if end == (NEVER, NEVER) else Moment(*end),
        )


class Answers(Protocol):
    """What a finding is made from; see ``attribute.Attribution``."""

    @property
    def live(self) -> Live | None: ...
    @property
    def tests(self) -> tuple[Test, ...]: ...
    @property
    def seeds(self) -> SeedSets: ...
    @property
    def loops(self) -> Mapping[int, int]: ...
    @property
    def answered(self) -> tuple[Answered, ...]: ...
    def others(self, party: int) -> bool: ...


def finding(
    spoken: Spoken, answers: Answers, index: int, reached: Reached, level: Level | None
) -> Finding:
    """One party's finding."""
    live = answers.live
    assert live is not None  # noqa: S101
    measures = [answers.tests[int(each.used.test[index])].measure for each in answers.answered]
    held = live.measures[measures[0]]
    seed = bool(answers.seeds.possible[index])
    shares = [_share(each.used, index) for each in answers.answered]
    counting = _Counting(spoken, answers, live)
    return Finding(
        id=spoken.ids(index),
        reached=reached,
        level=level,
        share=_hull(shares),
        measure=measures[0],
        readings={
            each.reading.value: ReadingResult(_how_far(each.used, index), share, measure)
            for each, share, measure in zip(answers.answered, shares, measures, strict=True)
        },
        undeclared=of_units(undeclared_of(live, held, index)),
        because=() if answers.seeds.certain[index] else counting.because(index, measures),
        missing=counting.missing(index, measures[0]) if reached is Reached.POSSIBLE else (),
        seed=reason(spoken.graph, spoken.rule, spoken.day, index, answers.seeds.given)
        if seed
        else "",
        flags=_flags(spoken, held, index),
    )


def _how_far(arrays: ReadingArrays, index: int) -> Reached:
    if arrays.certain[index]:
        return Reached.CERTAIN
    return Reached.POSSIBLE if arrays.possible[index] else Reached.NO


def _share(arrays: ReadingArrays, index: int) -> Share:
    """The attributed total, exact."""
    if arrays.exact is not None:
        found = arrays.exact(index)
    else:
        found = Total(
            End(of_units(int(arrays.low[index])), bool(arrays.low_open[index])),
            End(of_units(int(arrays.high[index])), bool(arrays.high_open[index])),
        )
    return _interval(found.low, found.high)


def _interval(low: End, high: End) -> Share:
    if low.value >= high.value:
        return Share.exact(low.value)
    return Share(low.value, high.value, low.open, high.open)


def _hull(shares: list[Share]) -> Share:
    low = min(share.minimum for share in shares)
    high = max(share.maximum for share in shares)
    low_open = all(share.exclusive_minimum for share in shares if share.minimum == low)
    high_open = all(share.exclusive_maximum for share in shares if share.maximum == high)
    return _interval(End(low, low_open), End(high, high_open))


def _flags(spoken: Spoken, held: Holdings, index: int) -> tuple[str, ...]:
    found = {*held.flags_of(index), *location_flags(spoken.graph, index)}
    if _above_whole(held, index):
        found.add(ABOVE_WHOLE)
    return tuple(sorted(found))


def _above_whole(held: Holdings, index: int) -> bool:
    """Do the minima, the party's own included, need more than there is?"""
    apart = [slot for slot in held.slots_in(index) if not held.attributed[slot]]
    own, _, own_open, _ = held.self_held.get(index, (0, 0, False, False))
    least = own + sum(int(held.low[slot]) for slot in apart)
    opened = own_open or any(held.low_open[slot] for slot in apart)
    return least > WHOLE or (least == WHOLE and opened)


@dataclass(frozen=True, slots=True)
class _Counting:
    """Which holders count, and what is missing about them."""

    spoken: Spoken
    answers: Answers
    live: Live

    def counts(self, party: int) -> bool:
        """Might anything that ``party`` holds count?"""
        return any(
            each.wide.possible[party] or each.used.high[party] > 0
            if each.reading in (Reading.PRODUCT, Reading.HYBRID)
            else each.wide.possible[party]
            for each in self.answers.answered
        ) or (self.spoken.rule.control.whole_in_hybrid and bool(self._control(party)))

    def surely(self, party: int) -> bool:
        """Is ``party`` certain under every reading?"""
        return all(each.used.certain[party] for each in self.answers.answered)

    def because(self, index: int, measures: list[Measure]) -> tuple[Holding, ...]:
        """Holdings in the deciding measures; then what control rests on.

        Votes and board seats that a holding of shares stands for are not said again: whether they
        are looked at hangs on what strangers to the party state.
        """
        found = self._held(index, measures, self.counts)
        if any(
            e.wide.possible[index] and not e.owned.certain[index] for e in self.answers.answered
        ):
            tested = [test.measure for test in self.answers.tests]
            beside = [m for m in GOVERNING if m in self.live.measures and m not in tested]
            said = self._held(index, [m for m in tested if m is Measure.SHARES], self.counts)
            found += [
                one
                for one in self._held(index, beside, self.counts)
                if replace(one, measure=Measure.SHARES) not in said
            ]
            found += self._held(index, tested, self.answers.others)
        return tuple(dict.fromkeys((*found, *self._control(index))))

    def _held(
        self, index: int, measures: Iterable[Measure], counts: Callable[[int], bool]
    ) -> list[Holding]:
        """What parties that count hold."""
        found = []
        for held in (self.live.measures[measure] for measure in dict.fromkeys(measures)):
            for slot in held.slots_in(index):
                if held.high[slot] > 0 and counts(int(held.holder[slot])):
                    found.append(self._holding(held, slot))
        return found

    def _holding(self, held: Holdings, slot: int) -> Holding:
        row = int(held.row[slot])
        return Holding(
            holder=self.spoken.ids(int(held.holder[slot])),
            subject=self.spoken.ids(int(held.subject[slot])),
            measure=held.measure,
            share=share_of(held, slot),
            period=self.spoken.period(row) if row >= 0 else UNDATED,
            statement=self.spoken.statement(row) if row >= 0 else "",
            note=_note(self.spoken.graph, held, slot),
        )

    def _control(self, index: int) -> list[Holding]:
        rows, graph = self.live.control_row, self.spoken.graph
        begin, end = graph.subject_start[index], graph.subject_start[index + 1]
        left, right = rows.searchsorted([begin, end])
        found = []
        for row in rows[left:right].tolist():
            holder = int(graph.interests.holder[row])
            if holder == index or not any(e.wide.possible[holder] for e in self.answers.answered):
                continue
            found.append(
                Holding(
                    holder=self.spoken.ids(holder),
                    subject=self.spoken.ids(index),
                    measure=None,
                    share=UNSTATED,
                    period=self.spoken.period(row),
                    statement=self.spoken.statement(row),
                    note=InterestType(int(graph.interests.type[row])).name,
                )
            )
        return found

    def missing(self, index: int, measure: Measure) -> tuple[Missing, ...]:
        """Unstated facts about the party and about possibly restricted parties above it."""
        return Unstated(
            self.live,
            self.live.measures[measure],
            self.spoken.ids,
            self.answers.loops,
            self.counts,
            self.surely,
        ).about(index)


def share_of(held: Holdings, slot: int) -> Share | Unspecified:
    """A slot's figure."""
    if not held.stated[slot] and held.low[slot] == 0 and held.high[slot] == WHOLE:
        return UNSTATED
    low = End(of_units(int(held.low[slot])), bool(held.low_open[slot]))
    high = End(of_units(int(held.high[slot])), bool(held.high_open[slot]))
    return _interval(low, high)


def _note(graph: Graph, held: Holdings, slot: int) -> str:
    row, holder = int(held.row[slot]), int(held.holder[slot])
    if row < 0:
        return "head office of the branch"
    if int(graph.interests.holder[row]) != holder:
        return "through a nominee"
    if slot in held.components:
        return "declared indirect"
    return "joint" if held.joint[slot] != -1 else ""
