"""The attributed total of one party, exact, given how restricted its holders are.

1. Lower end: the larger of the disjoint minima's sum and the largest attributed minimum.
2. Upper end: the least of 100 %, all maxima's sum, and what disjoint minima of holders that may
   not be restricted leave; never below the lower end.
3. A sum's end is open if an end that counts in it is; a tie is open if any tied end is.
4. A self-holding is taken out and the rest divided by what remains.
5. A joint block counts once: as restricted as its least restricted member in *must*, its most
   restricted in *may*; where one party's holdings are counted, each member holds all of it.
6. A declared indirect holding with components: the larger of it and what flows through them.

**Source**: domain text section 6 (31 CFR 850.206, SI 2019/855 Sch 1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from clearance.model.rule import Operator, Test
from clearance.model.share import WHOLE
from clearance.ownership.live import Holdings


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

    **Shape**: ``low`` and ``high`` give a party's x⁻ and x⁺ (cascade: 0 or 1). ``onward`` turns
    an upper total into the x⁺ it makes (cascade: 1 if the test passes, else 0; product: itself);
    it is only asked for components of a declared indirect holding. ``rest`` gives units that the
    undeclared rest of a subject adds to *may* (0 but in the third fixpoint). ``alone``: one party's
    holdings are counted, and each member of a joint block holds all of it.
    """

    low: Callable[[int], End]
    high: Callable[[int], End]
    onward: Callable[[int, End], End]
    rest: Callable[[int], int] = lambda subject: 0
    alone: bool = False


def total(holdings: Holdings, subject: int, restriction: Restriction) -> Total:
    """The attributed total of ``subject``, for any subject, special or not.

    **Cost**: its holders; with components also theirs.
    """
    parts = _parts(holdings, subject, restriction, frozenset())
    return _total(holdings, subject, restriction, parts)


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

    low: End
    high: End
    attributed: bool
    sure: End
    perhaps: End


def _parts(
    holdings: Holdings, subject: int, restriction: Restriction, unstated_out: frozenset[int]
) -> list[tuple[int, _Part]]:
    """Slots and blocks that hold something, with the first slot of each.

    Unstated holdings of the parties in ``unstated_out`` are left out: a declared figure states
    what they hold.
    """
    blocks: dict[int, list[int]] = {}
    found: list[tuple[int, _Part]] = []
    for slot in holdings.slots_in(subject):
        holder = int(holdings.holder[slot])
        if not holdings.high[slot] or (holder in unstated_out and not holdings.stated[slot]):
            continue
        joint = int(holdings.joint[slot])
        if joint != -1 and slot not in holdings.components:
            blocks.setdefault(joint, []).append(slot)
        else:
            found.append((slot, _single(holdings, slot, restriction)))
    found += [(slots[0], _block(holdings, slots, restriction)) for slots in blocks.values()]
    return found


def _single(holdings: Holdings, slot: int, restriction: Restriction) -> _Part:
    holder = int(holdings.holder[slot])
    low, high = ends_of(holdings, slot)
    attributed = bool(holdings.attributed[slot])
    return _Part(low, high, attributed, restriction.low(holder), restriction.high(holder))


def ends_of(holdings: Holdings, slot: int) -> tuple[End, End]:
    """The figure in a slot, as fractions."""
    return (
        End(Fraction(int(holdings.low[slot]), WHOLE), bool(holdings.low_open[slot])),
        End(Fraction(int(holdings.high[slot]), WHOLE), bool(holdings.high_open[slot])),
    )


def joint_ends(holdings: Holdings, slots: list[int]) -> tuple[End, End]:
    """A joint block's figure: the sum where disjoint, the intersection where attributed.

    Mixed: at least the larger of the two, at most both.
    """
    ends = [(ends_of(holdings, slot), bool(holdings.attributed[slot])) for slot in slots]
    disjoint = [each for each, attributed in ends if not attributed]
    low, high = _meet([each for each, attributed in ends if attributed])
    lows, highs = [low for low, _ in disjoint], [high for _, high in disjoint]
    return _cap(_largest([_sum(lows), low])), _cap(_sum([*highs, high]))


def _meet(ends: list[tuple[End, End]]) -> tuple[End, End]:
    """The intersection, or the hull where that is empty; nothing of nothing."""
    if not ends:
        return NOTHING, NOTHING
    lows, highs = [low for low, _ in ends], [high for _, high in ends]
    low, high = _largest(lows), _smallest(highs)
    if low.value > high.value or (low.value == high.value and (low.open or high.open)):
        return _widest(lows, min), _widest(highs, max)
    return low, high


def _block(holdings: Holdings, slots: list[int], restriction: Restriction) -> _Part:
    low, high = joint_ends(holdings, slots)
    holders = sorted({int(holdings.holder[slot]) for slot in slots})
    lows = [restriction.low(holder) for holder in holders]
    sure = _largest(lows) if restriction.alone else _widest(lows, min)
    perhaps = _widest([restriction.high(holder) for holder in holders], max)
    attributed = any(bool(holdings.attributed[slot]) for slot in slots)
    return _Part(low, high, attributed, sure, perhaps)


def _total(
    holdings: Holdings, subject: int, restriction: Restriction, parts: list[tuple[int, _Part]]
) -> Total:
    own_low, own_high = _self_held(holdings, subject)
    disjoint = [part for _, part in parts if not part.attributed]
    summed = _sum([_times(part.low, part.sure) for part in disjoint])
    single = [_times(part.low, part.sure) for _, part in parts if part.attributed]
    low = _cap(_outside(_largest([summed, *single]), own_low))
    most = _most(holdings, subject, restriction, parts)
    taken = _outside(_sum([_kept(part) for part in disjoint]), own_low)
    left = End(max(Fraction(0), 1 - taken.value), taken.open and taken.value <= 1)
    high = _smallest([ALL, _outside(most, own_high), left])
    return Total(low, high if high.value >= low.value else End(low.value))


def _most(
    holdings: Holdings, subject: int, restriction: Restriction, parts: list[tuple[int, _Part]]
) -> End:
    """The sum of all maxima, components and what they are declared as counted once."""
    declared = {slot for slot, _ in parts if slot in holdings.components}
    through = {party for slot in declared for party in holdings.components[slot]}
    constant = holdings.anonymous.get(subject, 0) + restriction.rest(subject)
    plain, named, flow = [End(Fraction(constant, WHOLE))], [], []
    holders = frozenset(int(holdings.holder[slot]) for slot in declared)
    for slot, part in parts:
        holder = int(holdings.holder[slot])
        if slot in declared:
            named.append(_times(part.high, part.perhaps))
        elif holder in through:
            without = _without(holdings, holder, restriction, holders, frozenset(through))
            flow.append(_times(part.high, without))
        else:
            plain.append(_times(part.high, part.perhaps))
    return _sum([*plain, _widest([_sum(named), _sum(flow)], max)])


def _without(
    holdings: Holdings,
    party: int,
    restriction: Restriction,
    holders: frozenset[int],
    open_components: frozenset[int],
) -> End:
    """How restricted a component may be without its declared owners' unstated holdings in it."""
    others = open_components - {party}

    def high(holder: int) -> End:
        if holder not in others:
            return restriction.high(holder)
        return _without(holdings, holder, restriction, holders, others)

    within = replace(restriction, high=high)
    parts = _parts(holdings, party, within, holders)
    onward = restriction.onward(party, _total(holdings, party, within, parts).high)
    return _smallest([onward, restriction.high(party)])


def _self_held(holdings: Holdings, subject: int) -> tuple[End, End]:
    low, high, low_open, high_open = holdings.self_held.get(subject, (0, 0, False, False))
    return End(Fraction(low, WHOLE), low_open), End(Fraction(high, WHOLE), high_open)


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
    weight = 1 - part.perhaps.value
    if not weight:
        return NOTHING
    opened = part.low.open or (part.perhaps.open and part.low.value > 0)
    return End(part.low.value * weight, opened)


def _sum(ends: list[End]) -> End:
    return End(sum((end.value for end in ends), Fraction(0)), any(end.open for end in ends))


def _cap(end: End) -> End:
    return ALL if end.value > 1 else end


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
