"""The picture of an explanation: owners above the party, what it owns below, as stated.

1. The nearest parties are drawn, at most ``MOST``; what is left out is said in the title.
2. Of each party the ``BRANCHING`` largest children are drawn; below, one step is.
3. Several interests of one holder in one party are one line: the share first, all kinds named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from clearance.model.dates import text_of
from clearance.model.interest import Direct, Interest, InterestType
from clearance.model.share import range_text
from clearance.usecases.explain import Explanation
from clearance.usecases.path_picture import box_of
from clearance.usecases.picture import Box, Line, Picture
from clearance.usecases.tree import Node, nodes

MOST = 36
"""Boxes of one picture."""

BRANCHING = 4
"""Children of one party that are drawn."""

_COARSE = (InterestType.otherInfluenceOrControl, InterestType.unknownInterest)

_SHORT = {
    InterestType.shareholding: "",
    InterestType.votingRights: "votes",
    InterestType.appointmentOfBoard: "board",
}


def tree_picture(explanation: Explanation) -> Picture:
    """The picture of an explanation's trees."""
    sums = _sums(explanation)
    boxes: dict[str, Box] = {}
    lines: dict[tuple[str, str], Line] = {}
    left = 0
    below = replace(
        explanation.downward,
        children=tuple(replace(one, children=()) for one in explanation.downward.children),
    )
    for root in (_narrow(explanation.upward), _narrow(below)):
        for node in nodes(root):
            if node.party.id not in boxes:
                if len(boxes) >= MOST:
                    left += 1
                    continue
                sum = sums.get(node.party.id, "")
                boxes[node.party.id] = box_of(node.party.id, node.party, node.role, sum)
            left += node.more
            for child in node.children:
                line = _line(child)
                lines.setdefault((line.holder, line.subject), line)
    asked = explanation.party.id
    boxes[asked] = replace(boxes[asked], asked=True)
    drawn = tuple(line for ends, line in lines.items() if ends[0] in boxes and ends[1] in boxes)
    name = explanation.party.name or asked
    more = f"; {left} more parties are not drawn" if left else ""
    return Picture(asked, f"Who owns {name}, and what it owns{more}", tuple(boxes.values()), drawn)


def _narrow(node: Node) -> Node:
    """The tree with the largest children only, the others counted."""
    kept = tuple(_narrow(child) for child in node.children[:BRANCHING])
    return replace(node, children=kept, more=node.more + len(node.children) - len(kept))


def _sums(explanation: Explanation) -> Mapping[str, str]:
    """The arithmetic of each party under the first reading of the first rule that has steps."""
    for answer in explanation.answers:
        if answer.steps:
            first = answer.steps[0].reading
            return {step.party: step.sum for step in answer.steps if step.reading == first}
    return {}


def _line(child: Node) -> Line:
    """All that joins a child to its parent."""
    stated = [tie.interest for tie in child.ties]
    first = min(stated, key=lambda one: (one.type is not InterestType.shareholding, one.type))
    kinds = (one.detail if one.detail and one.type in _COARSE else one.type.name for one in stated)
    dashed = any(
        one.attributed or one.direct is not Direct.DIRECT or one.consolidation for one in stated
    ) or not all(tie.certain for tie in child.ties)
    return Line(
        first.interested_party,
        first.subject,
        interest_text(first),
        dashed,
        note=", ".join(dict.fromkeys(kinds)),
        since=text_of(first.period.start) or "",
        until=text_of(first.period.end) or "",
        statement=first.statement,
    )


def shares_text(stated: Sequence[Interest]) -> str:
    """Interests of one holder in one party in a few words, equal ones once."""
    return ", ".join(dict.fromkeys(map(interest_text, stated)))


def details_of(stated: Sequence[Interest]) -> Sequence[str]:
    """What the source calls interests that the code list tells coarsely."""
    told = (one.detail for one in stated if one.detail and one.type in _COARSE)
    return tuple(dict.fromkeys(told))


def interest_text(interest: Interest) -> str:
    """An interest in a few words: its share and, unless it is a shareholding, its kind."""
    kind = _SHORT.get(interest.type, interest.type.name)
    if kind not in _SHORT.values():
        shown = range_text(interest.share)
        return kind if shown == "?" else f"{shown} {kind}"
    return f"{range_text(interest.share)} {kind}".strip()
