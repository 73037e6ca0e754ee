"""The attributed total of one party, exact, given how restricted its holders are.

1. Lower end: the larger of the disjoint minima's sum and the largest attributed minimum.
2. Upper end: the least of 100 %, all maxima's sum, and what disjoint minima of holders that may
   not be restricted leave; never below the lower end.
3. A sum's end is open if an end that counts in it is; a tie is open if any tied end is. Minima that
   reach the whole are the whole, closed: more there cannot be.
4. A self-holding is taken out and the rest divided by what remains.
5. A joint block counts once: as restricted as its least restricted member in *must*, its most
   restricted in *may*; where one party's holdings are counted, each member holds all of it.
6. A declared indirect holding with components and what its holder has through these may be one
   block: at least the larger of them; at most the figure and what others have through the
   components, or all that flows through them but what the figure states.

**Source**: docs/guides/ownership.md; 31 CFR 850.206, SI 2019/855 Sch 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from clearance.model.rule import Operator, Test
from clearance.model.share import of_units
from clearance.ownership.day.live import Holdings


@dataclass(frozen=True, slots=True)
class End:
    """One end of an interval: a fraction of the whole, open if the value itself is excluded."""

    value: Fraction
    open: bool = False


NOTHING = End(Fraction(0))
ALL = End(Fraction(1))


@dataclass(frozen=True, slots=True)
class Total:
    """How much of a party is attributed: both ends."""

    low: End
    high: End


@dataclass(frozen=True, slots=True)
class Restriction:
    """How restricted each holder is.

    **Shape**: ``low`` and ``high`` give a party's x⁻ and x⁺ (cascade: 0 or 1). ``onward`` gives
    the x⁺ of a component of a declared indirect holding if some parties' holdings in it counted
    nothing: it gets the upper total so left in any measure's holdings. ``rest`` gives units that
    the undeclared rest of a subject adds to *may* (0 but in the third fixpoint). ``alone``: one
    party's holdings are counted, and each member of a joint block holds all of it.
    """

    low: Callable[[int], End]
    high: Callable[[int], End]
    onward: Callable[[int, Callable[[Holdings], End]], End] = lambda party, left: ALL
    rest: Callable[[Holdings, int], int] = lambda held, subject: 0
    alone: bool = False


def total(holdings: Holdings, subject: int, restriction: Restriction) -> Total:
    """The attributed total of ``subject``, for any subject, special or not.

    **Cost**: its holders; with components also theirs.
    """
    parts = _parts(holdings, subject, restriction, _NOTHING_OUT)
    low = _low(holdings, subject, parts)
    high = _high(holdings, subject, restriction, parts, _through(restriction))
    return Total(low, high if high.value >= low.value else End(low.value))


def certain(end: End, test: Test) -> bool:
    """Does a total whose lower end this is surely pass?"""
    if end.value == test.threshold:
        return end.open or test.operator is Operator.AT_LEAST
    return end.value > test.threshold


def possible(end: End, test: Test) -> bool:
    """Might a total whose upper end this is pass?"""
    if end.value == test.threshold:
        return test.operator is Operator.AT_LEAST and not end.open
    return end.value > test.threshold


@dataclass(frozen=True, slots=True)
class _Part:
    """One holding or joint block: its figure, and how restricted whoever holds it is."""

    slot: int
    holders: frozenset[int]
    low: End
    high: End
    attributed: bool
    sure: End
    perhaps: End


@dataclass(frozen=True, slots=True)
class _Out:
    """Whose holdings in a component count nothing: all of them, or those of unstated size."""

    holders: frozenset[int]
    stated: bool

    def takes(self, holdings: Holdings, slot: int) -> bool:
        """Does this holding count nothing?"""
        out = int(holdings.holder[slot]) in self.holders
        return out and (self.stated or not holdings.stated[slot])


_NOTHING_OUT = _Out(frozenset(), stated=False)
_Figures: TypeAlias = "tuple[_Part, ...]"
_Through = Callable[[Holdings, int, _Figures, bool], End]
"""How restricted a component is if what the holders of these figures have in it counts nothing:
all of it, or what they have of unstated size."""


def _parts(holdings: Holdings, subject: int, restriction: Restriction, out: _Out) -> list[_Part]:
    """Holdings and joint blocks that hold something; what is ``out`` is as if unrestricted."""
    blocks: dict[int, list[int]] = {}
    found: list[_Part] = []
    for slot in holdings.slots_in(subject):
        if not holdings.high[slot]:
            continue
        joint = int(holdings.joint[slot])
        if joint != -1 and slot not in holdings.components:
            blocks.setdefault(joint, []).append(slot)
        else:
            found.append(_single(holdings, slot, restriction, out))
    found += [_block(holdings, slots, restriction, out) for slots in blocks.values()]
    return found


def _single(holdings: Holdings, slot: int, restriction: Restriction, out: _Out) -> _Part:
    holder = int(holdings.holder[slot])
    low, high = ends_of(holdings, slot)
    attributed = bool(holdings.attributed[slot])
    perhaps = NOTHING if out.takes(holdings, slot) else restriction.high(holder)
    holders = frozenset((holder,))
    return _Part(slot, holders, low, high, attributed, restriction.low(holder), perhaps)


def ends_of(holdings: Holdings, slot: int) -> tuple[End, End]:
    """The figure in a slot, as fractions."""
    return (
        End(of_units(int(holdings.low[slot])), bool(holdings.low_open[slot])),
        End(of_units(int(holdings.high[slot])), bool(holdings.high_open[slot])),
    )


def joint_ends(holdings: Holdings, slots: list[int]) -> tuple[End, End]:
    """A joint block's figure: the sum where disjoint, the intersection where attributed.

    Mixed: at least the larger of the two, at most both.
    """
    ends = [(ends_of(holdings, slot), bool(holdings.attributed[slot])) for slot in slots]
    disjoint = [each for each, attributed in ends if not attributed]
    low, high = _meet([each for each, attributed in ends if attributed])
    lows, highs = [low for low, _ in disjoint], [high for _, high in disjoint]
    return _cap(_largest([_sum(lows), low])), _smallest([ALL, _sum([*highs, high])])


def _meet(ends: list[tuple[End, End]]) -> tuple[End, End]:
    """The intersection, or the hull where that is empty; nothing of nothing."""
    if not ends:
        return NOTHING, NOTHING
    lows, highs = [low for low, _ in ends], [high for _, high in ends]
    low, high = _largest(lows), _smallest(highs)
    if low.value > high.value or (low.value == high.value and (low.open or high.open)):
        return _widest(lows, min), _widest(highs, max)
    return low, high


def _block(holdings: Holdings, slots: list[int], restriction: Restriction, out: _Out) -> _Part:
    low, high = joint_ends(holdings, slots)
    holders = frozenset(int(holdings.holder[slot]) for slot in slots)
    counted = {int(holdings.holder[slot]) for slot in slots if not out.takes(holdings, slot)}
    lows = [restriction.low(holder) for holder in sorted(holders)]
    sure = _largest(lows) if restriction.alone else _widest(lows, min)
    highs = [restriction.high(holder) for holder in sorted(counted)]
    perhaps = _widest(highs, max) if highs else NOTHING
    attributed = any(bool(holdings.attributed[slot]) for slot in slots)
    return _Part(slots[0], holders, low, high, attributed, sure, perhaps)


def _low(holdings: Holdings, subject: int, parts: list[_Part]) -> End:
    summed = _sum([_times(part.low, part.sure) for part in parts if not part.attributed])
    single = [_times(part.low, part.sure) for part in parts if part.attributed]
    return _cap(_outside(_largest([summed, *single]), _self_held(holdings, subject)[0]))


def _high(
    holdings: Holdings,
    subject: int,
    restriction: Restriction,
    parts: list[_Part],
    through: _Through,
) -> End:
    own_low, own_high = _self_held(holdings, subject)
    units, opens = holdings.anonymous.get(subject, (0, False))
    constant = of_units(units + restriction.rest(holdings, subject))
    most = _sum([End(constant, opens), *_maxima(holdings, parts, through)])
    taken = _outside(_sum([_kept(part) for part in parts if not part.attributed]), own_low)
    left = End(max(Fraction(0), 1 - taken.value), taken.open and taken.value <= 1)
    return _smallest([ALL, _outside(most, own_high), left])


def _maxima(holdings: Holdings, parts: list[_Part], through: _Through) -> list[End]:
    """What each part may add: declared figures together with the components they run through.

    Figures that run through one component are taken together; so are those with them, and so on.
    """
    declared = [part for part in parts if part.slot in holdings.components]
    groups: list[tuple[_Figures, _Figures]] = [((part,), ()) for part in declared]
    plain = []
    for part in parts:
        if part in declared:
            continue
        over = [group for group in groups if _over(holdings, group[0], part)]
        if over:
            groups = [group for group in groups if group not in over]
            figures, flows = (sum(side, start=()) for side in zip(*over, strict=True))
            groups.append((figures, (*flows, part)))
        else:
            plain.append(_times(part.high, part.perhaps))
    return plain + [_together(holdings, *group, through) for group in groups]


def _over(holdings: Holdings, figures: _Figures, part: _Part) -> _Figures:
    """Those of the figures that run through the holder of a part, where that is one."""
    if len(part.holders) > 1:
        return ()
    return tuple(each for each in figures if part.holders <= {*holdings.components[each.slot]})


def _together(holdings: Holdings, figures: _Figures, flows: _Figures, through: _Through) -> End:
    """The figures and what others have through the components, or all that flows but them."""
    ends = []
    for stated in (True, False):
        flow = []
        for part in flows:
            (holder,) = part.holders
            without = through(holdings, holder, _over(holdings, figures, part), stated)
            flow.append(_times(part.high, without))
        named = [_times(part.high, part.perhaps) for part in figures] if stated else []
        ends.append(_sum([*named, *flow]))
    return _widest(ends, max)


def _through(restriction: Restriction, passed: frozenset[int] = frozenset()) -> _Through:
    """``passed`` are components already seen on the way: of them everything counts."""

    def through(holdings: Holdings, party: int, figures: _Figures, stated: bool) -> End:
        seen = passed | {party}

        def high(holder: int) -> End:
            inside = tuple(each for each in figures if holder in holdings.components[each.slot])
            if holder in seen or not inside:
                return restriction.high(holder)
            return _through(restriction, seen)(holdings, holder, inside, stated)

        def left(measured: Holdings) -> End:
            out = _Out(frozenset().union(*(each.holders for each in figures)), stated)
            within = replace(restriction, high=high)
            parts = _parts(measured, party, within, out)
            return _high(measured, party, within, parts, lambda held, holder, *_: high(holder))

        return _smallest([restriction.onward(party, left), restriction.high(party)])

    return through


def _self_held(holdings: Holdings, subject: int) -> tuple[End, End]:
    low, high, low_open, high_open = holdings.self_held.get(subject, (0, 0, False, False))
    return End(of_units(low), low_open), End(of_units(high), high_open)


def _outside(sum_: End, own: End) -> End:
    """What a sum is of the part that a party does not hold in itself."""
    if not own.value and not own.open:
        return sum_
    if not sum_.value:
        return sum_
    if own.value >= 1:
        return ALL
    return End(sum_.value / (1 - own.value), sum_.open or own.open)


def _times(share: End, weight: End) -> End:
    if not weight.value and not weight.open:
        return NOTHING
    return End(share.value * weight.value, share.open or (weight.open and share.value > 0))


def _kept(part: _Part) -> End:
    """The least that holders who may not be restricted keep of a disjoint part."""
    return _times(part.low, End(1 - part.perhaps.value, part.perhaps.open))


def _sum(ends: list[End]) -> End:
    return End(sum((end.value for end in ends), Fraction(0)), any(end.open for end in ends))


def _cap(end: End) -> End:
    """A lower end; one that reaches the whole is the whole."""
    return ALL if end.value >= 1 else end


def _largest(ends: list[End]) -> End:
    value = max(end.value for end in ends)
    return End(value, any(end.open for end in ends if end.value == value))


def _smallest(ends: list[End]) -> End:
    value = min(end.value for end in ends)
    return End(value, any(end.open for end in ends if end.value == value))


def _widest(ends: list[End], pick: Callable[[list[Fraction]], Fraction]) -> End:
    """The end that allows most: closed if any end tied with it is."""
    value = pick([end.value for end in ends])
    return End(value, all(end.open for end in ends if end.value == value))
