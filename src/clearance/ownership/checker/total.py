"""What one subject's holders make of it: the two sums every reading is built on.

1. Lower end: the larger of the disjoint minima's sum and the largest attributed minimum; where it
   reaches 100 %, that, closed.
2. Upper end: the least of 100 %, the maxima's sum, and what the disjoint minima of holders that
   are not restricted leave.
3. A joint block is one holding: as restricted as its least restricted member in *must*, its most
   restricted one in *may*; one party's own count takes the most restricted in both.
4. What a subject holds in itself is taken out and the rest divided by what remains.
5. A declared indirect holding with components may be the block that its holder has through them:
   at most the figure and what others have through the components, or all that flows through them
   but what the figure states.

**Source**: docs/guides/ownership.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from clearance.model.proof import EVERYTHING, NOTHING, End, Side
from clearance.ownership.checker.book import ANYBODY, Book, Held
from clearance.ownership.checker.ends import capped, larger, less, plus, rank, smaller, times

Weight = Callable[[str], End]
"""How restricted each holder is, at one end."""

Flow = Callable[[str, Sequence[Held], bool], End]
"""How restricted a component is (its id) if what the holders of declared figures have in it counts
nothing: all of it, or what they state no share of."""

Out = Callable[[Held], bool]
"""Whether a holding counts as if its holder were not restricted."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One holding that enters the sums, how restricted its holder is, and who that is."""

    held: Held
    weight: End
    holders: frozenset[str]


def total(book: Book, side: Side, weight: Weight, flow: Flow, single: bool) -> End:
    """The attributed total of the book's subject at one end.

    ``single`` counts one party's holdings (per-party rules) instead of all restricted ones'.
    """
    entries = _entries(book.held, side, weight, single, lambda held: False)
    if side is Side.MUST:
        return capped(_divided(_lower(entries), book.own, side))
    return _upper(book, entries, flow)


def lower(book: Book, weight: Weight, single: bool) -> End:
    """The lower end alone."""
    return total(book, Side.MUST, weight, lambda component, figures, everything: NOTHING, single)


def upper_without(book: Book, weight: Weight, out: Out) -> End:
    """The upper end of a component's total, what is ``out`` left unrestricted."""
    entries = _entries(book.held, Side.MAY, weight, False, out)
    return _upper(book, entries, lambda component, figures, everything: weight(component))


def _entries(
    held: Sequence[Held], side: Side, weight: Weight, single: bool, out: Out
) -> list[Counted]:
    def counts(item: Held) -> End:
        return NOTHING if out(item) else _weight(item.holder, side, weight)

    apart = [item for item in held if not item.joint or item.components]
    found = [Counted(item, counts(item), frozenset((item.holder,))) for item in apart]
    for name in sorted({item.joint for item in held if item.joint and not item.components}):
        members = [item for item in held if item.joint == name and not item.components]
        weights = [counts(item) for item in members]
        most = max(weights, key=lambda end: rank(end, side))
        least = min(weights, key=lambda end: rank(end, side))
        chosen = most if single or side is Side.MAY else least
        holders = frozenset(item.holder for item in members)
        found.append(Counted(_block(members), chosen, holders))
    return found


def _weight(holder: str, side: Side, weight: Weight) -> End:
    if holder == ANYBODY:
        return EVERYTHING if side is Side.MAY else NOTHING
    return weight(holder)


def _block(members: Sequence[Held]) -> Held:
    """A joint block: its disjoint rows together, and what its attributed rows share.

    Of both kinds it is at least the larger, at most the two together.
    """
    disjoint = [item for item in members if not item.attributed]
    low, high = _shared([item for item in members if item.attributed])
    low = capped(larger((plus(item.low for item in disjoint), low)))
    high = smaller((EVERYTHING, plus((*(item.high for item in disjoint), high))))
    return replace(members[0], low=low, high=high, attributed=len(disjoint) < len(members))


def _shared(members: Sequence[Held]) -> tuple[End, End]:
    """What attributed rows all say, or if that is nothing, what any of them says."""
    if not members:
        return NOTHING, NOTHING
    low, high = larger(item.low for item in members), smaller(item.high for item in members)
    if low.value > high.value or (low.value == high.value and (low.open or high.open)):
        low = min((item.low for item in members), key=lambda end: rank(end, Side.MUST))
        high = max((item.high for item in members), key=lambda end: rank(end, Side.MAY))
    return low, high


def _lower(entries: Sequence[Counted]) -> End:
    disjoint = plus(
        times(entry.held.low, entry.weight) for entry in entries if not entry.held.attributed
    )
    attributed = larger(
        times(entry.held.low, entry.weight) for entry in entries if entry.held.attributed
    )
    return larger((disjoint, attributed))


def _upper(book: Book, entries: Sequence[Counted], flow: Flow) -> End:
    figures = [entry for entry in entries if entry.held.components]
    through = {party for entry in figures for party in entry.held.components}
    plain, around = [], []
    for entry in entries:
        if len(entry.holders) == 1 and entry.holders <= through and not entry.held.components:
            around.append(entry)
        elif not entry.held.components:
            plain.append(times(entry.held.high, entry.weight))
    most = plus((*plain, *(_together(*group, flow) for group in _groups(figures, around))))
    kept = plus(
        times(entry.held.low, less((entry.weight,)))
        for entry in entries
        if not entry.held.attributed
    )
    left = less((_divided(kept, book.own, Side.MUST),))
    if left.value < 0:
        left = NOTHING
    return smaller((EVERYTHING, _divided(most, book.own, Side.MAY), left))


def _groups(
    figures: Sequence[Counted], around: Sequence[Counted]
) -> Iterator[tuple[list[Counted], list[Counted]]]:
    """Declared figures that run through common components, with what these hold."""
    left = list(figures)
    while left:
        group, found, size = [left.pop(0)], list[Counted](), 0
        while size < len(group):
            size = len(group)
            parties = {party for entry in group for party in entry.held.components}
            found = [entry for entry in around if entry.holders <= parties]
            met = {entry.held.holder for entry in found}
            group += [entry for entry in left if met & set(entry.held.components)]
            left = [entry for entry in left if not met & set(entry.held.components)]
        yield group, found


def _together(group: Sequence[Counted], around: Sequence[Counted], flow: Flow) -> End:
    """The figures and what others have through their components, or all but what they state."""
    sums = []
    for everything in (True, False):
        terms = [times(entry.held.high, entry.weight) for entry in group if everything]
        for entry in around:
            name = entry.held.holder
            over = [one.held for one in group if name in one.held.components]
            inner = smaller((flow(name, over, everything), entry.weight))
            terms.append(times(entry.held.high, inner))
        sums.append(plus(terms))
    return max(sums, key=lambda end: rank(end, Side.MAY))


def _divided(end: End, own: Held | None, side: Side) -> End:
    """``end`` of what remains once the subject's holding in itself is taken out."""
    if own is None:
        return end
    self_held = own.low if side is Side.MUST else own.high
    if self_held.value >= 1:
        return EVERYTHING if end.value > 0 else NOTHING
    return End(end.value / (1 - self_held.value), end.open or (self_held.open and end.value > 0))
