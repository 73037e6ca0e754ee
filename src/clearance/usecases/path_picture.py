"""The picture of an answer: the holdings that counted, from restricted parties to the customer.

1. Nothing is drawn that is not in the path; a party's facts come from the reference as stated.
2. A party that nothing in the path leads to is where the path starts: restricted itself, or a
   holder nobody knows.
3. The sum in a box adds the holdings drawn into it, and holds them against the threshold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from clearance.model.dates import text_of
from clearance.model.party import Party, PartyKind
from clearance.model.rows import Rows
from clearance.model.share import Share, Unspecified, range_text
from clearance.model.verdict import Holding, Reached
from clearance.usecases.picture import Box, Line, Picture, Role
from clearance.usecases.shares import sum_text

DASHED = ("indirect", "inferred", "attributed", "declared", "control", "presumed")
"""Words in a holding's note that make its line dashed."""

FITS = 30
"""Letters of a sum beside which the threshold still finds room."""


def path_picture(
    asked: str,
    title: str,
    path: Sequence[Holding],
    rows: Rows,
    role_of: Callable[[str], Role],
    threshold: str = "",
) -> Picture:
    """The picture of one path.

    Args:
        asked: the party the answer is about.
        title: one sentence for those who do not see the drawing.
        path: holdings in the order in which they were reached.
        rows: the reference as stated.
        role_of: what a party is under the rule.
        threshold: the test, such as ``> 50 %``.
    """
    into: dict[str, list[Holding]] = {}
    for holding in path:
        into.setdefault(holding.subject, []).append(holding)
    order = [asked, *(holding.subject for holding in reversed(path))]
    order += [holding.holder for holding in reversed(path)]
    boxes = tuple(
        box_of(
            id,
            rows.party(id),
            _role(id, role_of, into),
            _sum([_counted(one, role_of) for one in into.get(id, ()) if one.measure], threshold),
        )
        for id in dict.fromkeys(order)
    )
    boxes = tuple(replace(box, asked=box.id == asked) for box in boxes)
    return Picture(asked, title, boxes, tuple(line_of(holding) for holding in path))


def box_of(id: str, party: Party | None, role: Role, sum: str = "") -> Box:
    """A party's box; a party that the reference does not know is drawn by its id alone."""
    if party is None:
        return Box(id, id, PartyKind.UNKNOWN, role, sum=sum)
    seat = party.residence if party.kind is PartyKind.PERSON else party.headquarters
    inferred = not seat and party.kind is not PartyKind.PERSON
    return Box(
        id,
        party.name or party.unspecified or id,
        party.kind,
        Role.UNKNOWN if party.kind is PartyKind.UNKNOWN else role,
        region=party.jurisdiction if inferred else seat,
        inferred=inferred,
        incorporated=party.jurisdiction,
        sum=sum,
    )


def line_of(holding: Holding) -> Line:
    """A holding as a line."""
    words = [holding.measure.value if holding.measure else "control", holding.note]
    note = ", ".join(word for word in words if word)
    share = "control" if holding.measure is None else range_text(holding.share)
    return Line(
        holding.holder,
        holding.subject,
        share,
        dashed=any(word in note for word in DASHED),
        note=note,
        since=text_of(holding.period.start) or "",
        until=text_of(holding.period.end) or "",
        statement=holding.statement,
    )


def role_under(reached: Reached, seed: bool) -> Role:
    """What the rule makes of a party."""
    if seed:
        return Role.RESTRICTED
    return {
        Reached.CERTAIN: Role.REACHED,
        Reached.POSSIBLE: Role.POSSIBLE,
        Reached.NO: Role.PLAIN,
    }[reached]


def _role(id: str, role_of: Callable[[str], Role], into: Mapping[str, Sequence[Holding]]) -> Role:
    role = role_of(id)
    if role is Role.REACHED and id not in into:
        return Role.RESTRICTED
    return role


def _counted(holding: Holding, role_of: Callable[[str], Role]) -> Share | Unspecified:
    """What a holding adds: from nothing, where its holder is only possibly restricted."""
    share = holding.share
    if isinstance(share, Share) and role_of(holding.holder) in (Role.POSSIBLE, Role.UNKNOWN):
        return Share(Fraction(0), share.maximum, exclusive_maximum=share.exclusive_maximum)
    return share


def _sum(counted: Sequence[Share | Unspecified], threshold: str) -> str:
    if not counted:
        return ""
    arithmetic = sum_text(counted)
    whole = f"{arithmetic} {threshold}".rstrip()
    return whole if len(whole) <= FITS else arithmetic
