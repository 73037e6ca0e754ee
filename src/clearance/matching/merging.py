"""Which parties are one: ties taken by rank, none that would join what contradicts itself.

1. People's judgements come first, then numbers that settle, then names: the table ``RANKS``.
2. A tie is refused if it would bring two parties together that somebody judged different or unsure,
   that hold an interest in each other, or that carry two numbers of one settling scheme, however
   long the chain between them. Only a judgement joins parties whose numbers differ.
3. Within a rank ties are taken in the order of parties. The result depends on neither the order of
   the ties nor on that of the sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from clearance.matching.identifiers import Validity, canonical, settles, validity
from clearance.model.party import Identifier


class Rank(IntEnum):
    """By what two parties are tied, the strongest first."""

    JUDGEMENT = 0
    NUMBER = 1
    NAME = 2

    @property
    def word(self) -> str:
        """The rank as it stands in files."""
        return self.name.lower()


RANKS: Mapping[Rank, str] = {
    Rank.JUDGEMENT: "a person judged them the same",
    Rank.NUMBER: "both carry one sound number that settles (LEI, register)",
    Rank.NAME: "of different sources, one name without legal form, one jurisdiction, and one "
    "address or number that supports",
}
"""What each rank asks for."""


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """Two parties that may be one; ``one`` < ``other``."""

    rank: Rank
    one: int
    other: int
    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A tie that was not taken, and why."""

    tie: Tie
    because: str


@dataclass(frozen=True, slots=True)
class Merges:
    """**Shape**: ``groups`` of two or more, each ascending, in the order of their first; every tie
    was either used (in the order taken) or refused."""

    groups: tuple[tuple[int, ...], ...]
    used: tuple[Tie, ...]
    refused: tuple[Refused, ...]


@dataclass(slots=True)
class _Group:
    """Parties that are one so far, and their settling numbers by scheme."""

    members: list[int]
    numbers: dict[str, set[str]] = field(default_factory=dict)


def resolve(
    ties: Iterable[Tie],
    numbers: Callable[[int], Sequence[Identifier]],
    related: Callable[[int, int], bool],
    apart: Mapping[int, Mapping[int, str]],
) -> Merges:
    """Take every tie that contradicts nothing.

    Args:
        numbers: the identifiers of a party.
        related: does one of two parties hold an interest in the other?
        apart: for a party, those it was judged not to be one with, and how; in both directions.

    **Cost**: about a look a tie and one a member moved, the smaller group into the larger.
    """
    group_of: dict[int, _Group] = {}
    used, refused = [], []
    for tie in sorted(ties):
        pair = [
            group_of.setdefault(party, _alone(party, numbers)) for party in (tie.one, tie.other)
        ]
        if pair[0] is pair[1]:
            used.append(tie)
            continue
        smaller, larger = sorted(pair, key=lambda group: (len(group.members), group.members))
        because = _forbidden(smaller, group_of, larger, apart)
        if not because and tie.rank is not Rank.JUDGEMENT:
            because = _differing(smaller, larger) or _holding(smaller, larger, related)
        if because:
            refused.append(Refused(tie, because))
            continue
        used.append(tie)
        _join(smaller, larger, group_of)
    groups = {min(group.members): tuple(sorted(group.members)) for group in group_of.values()}
    several = tuple(groups[first] for first in sorted(groups) if len(groups[first]) > 1)
    return Merges(several, tuple(used), tuple(refused))


def _alone(party: int, numbers: Callable[[int], Sequence[Identifier]]) -> _Group:
    group = _Group([party])
    for one in numbers(party):
        if settles(one.scheme) and validity(one) is not Validity.INVALID:
            plain = canonical(one)
            group.numbers.setdefault(plain.scheme, set()).add(plain.id)
    return group


def _forbidden(
    smaller: _Group,
    group_of: Mapping[int, _Group],
    larger: _Group,
    apart: Mapping[int, Mapping[int, str]],
) -> str:
    """Why somebody of one group must not be joined with somebody of the other."""
    for party in sorted(smaller.members):
        for other, why in sorted(apart.get(party, {}).items()):
            if group_of.get(other) is larger:
                return why
    return ""


def _differing(some: _Group, others: _Group) -> str:
    """Two numbers of one scheme that would meet in one group."""
    for scheme in sorted(some.numbers.keys() & others.numbers.keys()):
        both = sorted(some.numbers[scheme] | others.numbers[scheme])
        if len(both) > 1:
            return f"{scheme} {both[0]} is not {both[1]}"
    return ""


def _holding(some: _Group, others: _Group, related: Callable[[int, int], bool]) -> str:
    """An interest of one group in the other: nobody is another's owner and the same party."""
    if any(related(one, other) for one in some.members for other in others.members):
        return "one holds an interest in the other"
    return ""


def _join(smaller: _Group, larger: _Group, group_of: dict[int, _Group]) -> None:
    larger.members += smaller.members
    for scheme, ids in smaller.numbers.items():
        larger.numbers.setdefault(scheme, set()).update(ids)
    for party in smaller.members:
        group_of[party] = larger
