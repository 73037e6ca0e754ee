"""Who holds what of one subject on one day: the stated rows, sorted out slowly and plainly.

1. A row counts if it may be live; if it is not surely live its minimum is 0.
2. Which rows feed a measure, and which stand in for missing ones, is decided per subject.
3. Rows of one holder are fused: within a source the largest minimum and the sum of maxima, between
   sources the intersection, or the hull where nothing is left. Declared rows with components stay.
4. A subject's holding in itself is set apart; a nominee's holding is its nominator's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from clearance.model.interest import CAPITAL_RIGHTS, MISSING_TYPES, Interest, InterestType, Measure
from clearance.model.party import PartyKind
from clearance.model.proof import EVERYTHING, NOTHING, End
from clearance.model.rows import Rows
from clearance.model.rule import Rule
from clearance.model.share import Share
from clearance.ownership.checker.ends import larger, less, plus, smaller

TRUST = "\ntrust"
"""The joint block that the role-holders of an arrangement form; no source can name one so."""

ANYBODY = "\nanybody"
"""A holder nobody knows: the other side of a nomination whose nominator is not stated."""

OPTION = InterestType.conditionalRightsGrantedByContract
MAJORITY = Share(Fraction(1, 2), Fraction(1), exclusive_minimum=True)


@dataclass(frozen=True, slots=True)
class Held:
    """One holding, fused. ``joint`` and ``components`` keep it apart from others of its holder."""

    holder: str
    low: End
    high: End
    attributed: bool
    stated: bool
    joint: str = ""
    components: tuple[str, ...] = ()
    option: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """The holdings in one subject, in one measure; ``own`` is what it holds in itself."""

    subject: str
    measure: Measure
    held: tuple[Held, ...]
    own: Held | None = None

    def holders(self) -> tuple[str, ...]:
        """Everybody whose restriction matters here, components included, sorted."""
        names = {held.holder for held in self.held}
        names.update(party for held in self.held for party in held.components)
        return tuple(sorted(names - {ANYBODY, self.subject}))


def book(rows: Rows, subject: str, measure: Measure, rule: Rule, day: int) -> Book:
    """The book of ``subject``: see the module's rules."""
    party = rows.party(subject)
    if party is not None and party.branch_of and party.branch_of != subject:
        whole = Held(party.branch_of, EVERYTHING, EVERYTHING, attributed=False, stated=True)
        return Book(subject, measure, (whole,))
    live = [row for row in rows.interests_in(subject) if row.period.live(day)[1]]
    told, untold = _roles(live if is_arrangement(rows, subject) else (), rule)
    fused = _fused(told + counted(live, measure, rule), day)
    held = _looked_through(rows, _left(told, untold, day) + fused, live, day)
    own = [item for item in held if item.holder == subject]
    others = tuple(item for item in held if item.holder != subject)
    return Book(subject, measure, others, _own(own) if own else None)


def _own(held: Sequence[Held]) -> Held:
    """What a subject holds in itself, by whatever kinds of interest."""
    low = smaller((EVERYTHING, plus(item.low for item in held)))
    high = smaller((EVERYTHING, plus(item.high for item in held)))
    return replace(held[0], low=low, high=high)


def counted(live: Sequence[Interest], measure: Measure, rule: Rule) -> list[Interest]:
    """The live rows that feed ``measure``, stand-ins and untold interests included."""
    missing = [row for row in live if row.type in MISSING_TYPES]
    if measure is Measure.SHARES:
        return _shares(live, rule) + missing
    if measure is Measure.BOARD:
        return [row for row in live if row.type is InterestType.appointmentOfBoard] + missing
    return _votes(live, rule) + missing


def _votes(live: Sequence[Interest], rule: Rule) -> list[Interest]:
    """A holder's stated votes, else its shares, else its votes of unstated size."""
    votes = [row for row in live if row.type is InterestType.votingRights]
    shares = [row for row in live if row.type is InterestType.shareholding]
    shares += _majorities(live, rule)
    by_votes = {row.interested_party for row in votes if isinstance(row.share, Share)}
    stated = {row.interested_party for row in shares if isinstance(row.share, Share)}
    by_shares = stated - by_votes
    return (
        [row for row in votes if row.interested_party not in by_shares]
        + [row for row in shares if row.interested_party not in by_votes]
        + _options(live, rule)
    )


def _shares(live: Sequence[Interest], rule: Rule) -> list[Interest]:
    found = [row for row in live if row.type is InterestType.shareholding]
    if not found:
        found = _larger_rights([row for row in live if row.type in CAPITAL_RIGHTS])
    return found + _majorities(live, rule) + _options(live, rule)


def _options(live: Sequence[Interest], rule: Rule) -> list[Interest]:
    """Options of stated size, where the rule counts them as exercised."""
    wanted = (row for row in live if row.type is OPTION and rule.options)
    return [row for row in wanted if isinstance(row.share, Share)]


def _majorities(live: Sequence[Interest], rule: Rule) -> list[Interest]:
    """Majorities presumed from consolidation, where the rule counts them."""
    told = {
        row.interested_party
        for row in live
        if row.type is InterestType.shareholding
        and isinstance(row.share, Share)
        and not row.consolidation
    }
    return [
        replace(row, share=MAJORITY, attributed=True)
        for row in live
        if rule.consolidation and row.consolidation and row.interested_party not in told
    ]


def _larger_rights(rows: Sequence[Interest]) -> list[Interest]:
    """Of each holder only the kind of capital right with the larger maximum."""
    kept: dict[str, Interest] = {}
    for row in rows:
        best = kept.get(row.interested_party)
        if best is None or _size(row) > _size(best):
            kept[row.interested_party] = row
    return [row for row in rows if kept[row.interested_party].type is row.type]


def _size(row: Interest) -> tuple[Fraction, Fraction]:
    if isinstance(row.share, Share):
        return row.share.minimum, row.share.maximum
    return Fraction(0), Fraction(1)


def _roles(live: Sequence[Interest], rule: Rule) -> tuple[list[Interest], list[Interest]]:
    """An arrangement's role-holders: those whose share is stated, and the others."""
    roles = [row for row in live if row.type in (*rule.trusts, InterestType.nominator)]
    told = [row for row in roles if isinstance(row.share, Share)]
    return told, [row for row in roles if not isinstance(row.share, Share)]


def _left(told: Sequence[Interest], others: Sequence[Interest], day: int) -> list[Held]:
    """One joint block of the others: what stated shares leave of the arrangement."""
    own = _fused(told, day)
    most = smaller((EVERYTHING, plus(End(item.high.value) for item in own)))
    least = smaller((EVERYTHING, plus(End(item.low.value) for item in own)))
    sure = any(row.period.live(day)[0] for row in others)
    low = less((most,)) if sure else NOTHING
    return [
        Held(name, low, less((least,)), attributed=True, stated=False, joint=TRUST)
        for name in sorted({row.interested_party for row in others})
    ]


def _looked_through(
    rows: Rows, fused: Sequence[Held], live: Sequence[Interest], day: int
) -> list[Held]:
    """Holdings of nominees given to their nominators; to anybody where none is known."""
    found: list[Held] = []
    for held in fused:
        nominations = [
            row.period.live(day)[0]
            for row in live
            if row.type is InterestType.nominee and row.interested_party == held.holder
        ]
        if not nominations:
            found.append(held)
            continue
        behind = _nominators(rows, held.holder, live[0].subject, day) or {ANYBODY: False}
        sure = any(nominations) and len(behind) == 1 and all(behind.values())
        found += [_given(held, owner, sure) for owner in sorted(behind)]
        if not any(nominations):
            found.append(replace(held, low=NOTHING))
    return found


def _given(held: Held, owner: str, sure: bool) -> Held:
    return replace(
        held,
        holder=owner,
        low=held.low if sure else NOTHING,
        attributed=held.attributed or not sure,
        joint="",
        components=(),
    )


def _nominators(rows: Rows, nominee: str, subject: str, day: int) -> dict[str, bool]:
    """Nominators in the nominee, in the subject, or in the arrangement that names the nominee.

    **Shape**: each with whether it surely is one on ``day``.
    """
    places = {nominee, subject}
    for other in rows.interests_of(nominee):
        arranged = is_arrangement(rows, other.subject)
        if other.type is InterestType.nominee and arranged and other.period.live(day)[1]:
            places.add(other.subject)
    found: dict[str, bool] = {}
    for place in sorted(places):
        for other in rows.interests_in(place):
            sure, perhaps = other.period.live(day)
            if other.type is InterestType.nominator and perhaps:
                name = other.interested_party
                found[name] = found.get(name, False) or sure
    return {name: sure for name, sure in found.items() if name not in (nominee, subject)}


def is_arrangement(rows: Rows, party: str) -> bool:
    """Do roles in it count, and does it name nominees for others?"""
    record = rows.party(party)
    return record is not None and record.kind is PartyKind.ARRANGEMENT


def _fused(rows: Iterable[Interest], day: int) -> list[Held]:
    groups: dict[tuple[str, str, tuple[str, ...], bool, int], list[Interest]] = {}
    for place, row in enumerate(rows):
        option = row.type is OPTION
        alone = place if row.components else -1
        key = (row.interested_party, row.joint, tuple(sorted(row.components)), option, alone)
        groups.setdefault(key, []).append(row)
    return [_one(groups[key], day) for key in sorted(groups)]


def _one(rows: Sequence[Interest], day: int) -> Held:
    """All rows of one holder as one holding."""
    sources: dict[str, set[tuple[End, End]]] = {}
    for row in rows:
        sources.setdefault(row.source, set()).add(_ends(row, day))
    ends = [_within(found) for _, found in sorted(sources.items())]
    low, high = _between(ends)
    first = rows[0]
    return Held(
        first.interested_party,
        low,
        high,
        any(row.attributed or row.components for row in rows),
        any(isinstance(row.share, Share) for row in rows),
        first.joint,
        tuple(sorted(first.components)),
        first.type is OPTION,
    )


def _ends(row: Interest, day: int) -> tuple[End, End]:
    if isinstance(row.share, Share):
        low = End(row.share.minimum, row.share.exclusive_minimum)
        high = End(row.share.maximum, row.share.exclusive_maximum)
    else:
        low, high = NOTHING, EVERYTHING
    surely = row.period.live(day)[0] and row.type not in MISSING_TYPES
    return (low if surely else NOTHING), high


def _within(ends: set[tuple[End, End]]) -> tuple[End, End]:
    """One source: equal rows once, unequal ones the largest minimum and all maxima."""
    if len(ends) == 1:
        return next(iter(ends))
    total = plus(high for _, high in ends)
    return larger(low for low, _ in ends), smaller((EVERYTHING, total))


def _between(ends: Sequence[tuple[End, End]]) -> tuple[End, End]:
    """Several sources: what all of them leave, or else what any of them says."""
    low, high = larger(low for low, _ in ends), smaller(high for _, high in ends)
    if low.value < high.value or (low.value == high.value and not (low.open or high.open)):
        return low, high
    lowest = min((low for low, _ in ends), key=lambda end: (end.value, end.open))
    highest = max((high for _, high in ends), key=lambda end: (end.value, not end.open))
    return lowest, highest
