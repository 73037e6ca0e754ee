"""What one subject's holders make of it: the two sums every reading is built on.

1. Lower end: the larger of the disjoint minima's sum and the largest attributed minimum.
2. Upper end: the least of 100 %, the maxima's sum, and what the disjoint minima of holders that
   are not restricted leave.
3. A joint block is one holding: as restricted as its least restricted member in *must*, its most
   restricted one in *may*; one party's own count takes the most restricted in both.
4. What a subject holds in itself is taken out and the rest divided by what remains.
5. A declared indirect holding with components adds only what exceeds the flow through them.

**Source**: domain text section 6.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from clearance.model.proof import EVERYTHING, NOTHING, End, Side
from clearance.ownership.checker_book import ANYBODY, Book, Held
from clearance.ownership.checker_ends import larger, less, plus, rank, smaller, times

Weight = Callable[[str], End]
"""How restricted each holder is, at one end."""

Flow = Callable[[str, AbstractSet[str], AbstractSet[str]], End]
"""How restricted a component is (its id, the declared holders, the components they run through),
what the declared holders own in it without a stated share left out."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One holding that enters the sums, and how restricted its holder is."""

    held: Held
    weight: End


def total(book: Book, side: Side, weight: Weight, flow: Flow, single: bool) -> End:
    """The attributed total of the book's subject at one end.

    ``single`` counts one party's holdings (per-party rules) instead of all restricted ones'.
    """
    entries = _entries(book.held, side, weight, single)
    if side is Side.MUST:
        found = _lower(entries)
        return smaller((EVERYTHING, _divided(found, book.own, side)))
    return _upper(book, entries, flow)


def _entries(held: Sequence[Held], side: Side, weight: Weight, single: bool) -> list[Counted]:
    apart = [item for item in held if not item.joint or item.components]
    plain = [Counted(item, _weight(item.holder, side, weight)) for item in apart]
    for name in sorted({item.joint for item in held if item.joint and not item.components}):
        members = [item for item in held if item.joint == name and not item.components]
        weights = [_weight(item.holder, side, weight) for item in members]
        most = max(weights, key=lambda end: rank(end, side))
        least = min(weights, key=lambda end: rank(end, side))
        counts = most if single or side is Side.MAY else least
        plain.append(Counted(_block(members), counts))
    return plain


def _weight(holder: str, side: Side, weight: Weight) -> End:
    if holder == ANYBODY:
        return EVERYTHING if side is Side.MAY else NOTHING
    return weight(holder)


def _block(members: Sequence[Held]) -> Held:
    """A joint block: its rows together, or what they share where all of them are attributed."""
    disjoint = [item.low for item in members if not item.attributed]
    single = [item.low for item in members if item.attributed]
    if disjoint:
        low = smaller((EVERYTHING, larger((plus(disjoint), *single))))
        high = smaller((EVERYTHING, plus(item.high for item in members)))
        return replace(members[0], low=low, high=high, attributed=bool(single))
    low, high = larger(single), smaller(item.high for item in members)
    if low.value > high.value or (low.value == high.value and (low.open or high.open)):
        low = min(single, key=lambda end: rank(end, Side.MUST))
        high = max((item.high for item in members), key=lambda end: rank(end, Side.MAY))
    return replace(members[0], low=low, high=high, attributed=True)


def _lower(entries: Sequence[Counted]) -> End:
    disjoint = plus(
        times(entry.held.low, entry.weight) for entry in entries if not entry.held.attributed
    )
    attributed = larger(
        times(entry.held.low, entry.weight) for entry in entries if entry.held.attributed
    )
    return larger((disjoint, attributed))


def _upper(book: Book, entries: Sequence[Counted], flow: Flow) -> End:
    declared = [entry for entry in entries if entry.held.components]
    through = {party for entry in declared for party in entry.held.components}
    holders = {entry.held.holder for entry in declared}
    plain, named, flows = [], [], []
    for entry in entries:
        if entry.held.components:
            named.append(times(entry.held.high, entry.weight))
        elif entry.held.holder in through:
            inner = smaller((flow(entry.held.holder, holders, through), entry.weight))
            flows.append(times(entry.held.high, inner))
        else:
            plain.append(times(entry.held.high, entry.weight))
    most = plus((*plain, larger((plus(named), plus(flows)))))
    kept = plus(
        times(entry.held.low, less((entry.weight,)))
        for entry in entries
        if not entry.held.attributed
    )
    left = less((_divided(kept, book.own, Side.MUST),))
    if left.value < 0:
        left = NOTHING
    return smaller((EVERYTHING, _divided(most, book.own, Side.MAY), left))


def _divided(end: End, own: Held | None, side: Side) -> End:
    """``end`` of what remains once the subject's holding in itself is taken out."""
    if own is None:
        return end
    self_held = own.low if side is Side.MUST else own.high
    if self_held.value >= 1:
        return EVERYTHING if end.value > 0 else NOTHING
    return End(end.value / (1 - self_held.value), end.open or (self_held.open and end.value > 0))
