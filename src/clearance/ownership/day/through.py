"""Holdings that are really somebody else's: nominees, branches, and holdings in oneself.

1. A nominee's holding is its nominator's; where no nominator is known, an anonymous holder's.
2. A branch is held whole by its head office, by nobody else.
3. What a party holds in itself is taken out of its slots.
4. A declared indirect holding with components is attributed, whatever its source says.

Not here: whose an arrangement is (``roles``).
"""

from __future__ import annotations

import numpy as np

from clearance.model.interest import InterestType
from clearance.model.party import PartyKind
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import Bool, Graph
from clearance.ownership.day.slots import Extra, Slots, pair_of

REALLY = InterestType.nominator


def look_through(slots: Slots, graph: Graph, must: Bool, may: Bool) -> None:
    """Every exception, in the order of the module's rules.

    **Cost**: the exceptional rows, which ``graph`` lists.
    """
    slots.attributed[graph.interests.component_row] = True
    nominees = graph.nominee_rows[may[graph.nominee_rows]].tolist()
    pairs = {pair_of(graph, place): place for place in nominees}
    for (begin, end), place in pairs.items():
        _nominee(slots, graph, place, range(begin, end), must, may)
    _branches(slots, graph)
    _self_holdings(slots, graph)
    _components(slots, graph)
    joint = graph.joint_rows[slots.live[graph.joint_rows]]
    slots.special[graph.interests.subject[joint]] = True


def _nominators(graph: Graph, place: int, must: Bool, may: Bool) -> dict[int, bool]:
    """Whose the holding of this row's nominee is, each with whether it surely is a nominator:
    those in it, in the subject, or in the arrangement through which it was named."""
    rows = graph.interests
    nominee, subject = int(rows.holder[place]), int(rows.subject[place])
    named = [nominee, subject]
    for other in graph.nominee_rows[may[graph.nominee_rows]].tolist():
        through = int(rows.subject[other])
        if rows.holder[other] == nominee and graph.parties.kind[through] == PartyKind.ARRANGEMENT:
            named.append(through)
    live = graph.nominator_rows[may[graph.nominator_rows]]
    chosen = live[np.isin(rows.subject[live], named)]
    found: dict[int, bool] = {}
    for holder, row in zip(rows.holder[chosen].tolist(), chosen.tolist(), strict=True):
        if holder not in (nominee, subject):
            found[holder] = found.get(holder, False) or bool(must[row])
    return dict(sorted(found.items()))


def _nominee(slots: Slots, graph: Graph, place: int, pair: range, must: Bool, may: Bool) -> None:
    """Give what a nominee holds in the row's subject to whom it is held for.

    One nominator has all of it. Of several nobody knows which has how much: each has anything.
    """
    subject = int(graph.interests.subject[place])
    named = [k for k in pair if graph.interests.type[k] == InterestType.nominee]
    surely = any(must[named])
    held = [k for k in pair if slots.live[k] and slots.high[k] > 0]
    owners = _nominators(graph, place, must, may) if held else {}
    sure = surely and len(owners) == 1 and all(owners.values())
    for slot in held:
        for owner in owners:
            slots.extras.append(_passed_on(slots, subject, owner, slot, sure))
        if not owners:
            units, opens = slots.anonymous.get(subject, (0, False))
            opens |= bool(slots.high_open[slot])
            slots.anonymous[subject] = (units + int(slots.high[slot]), opens)
            slots.special[subject] = True
        if surely:
            slots.clear(slot)
        else:
            slots.low[slot], slots.low_open[slot] = 0, False


def _passed_on(slots: Slots, subject: int, owner: int, slot: int, sure: bool) -> Extra:
    return Extra(
        subject=subject,
        holder=owner,
        low=int(slots.low[slot]) if sure else 0,
        high=int(slots.high[slot]),
        low_open=bool(slots.low_open[slot]) and sure,
        high_open=bool(slots.high_open[slot]),
        attributed=bool(slots.attributed[slot]) or not sure,
        row=slot,
    )


def _branches(slots: Slots, graph: Graph) -> None:
    for branch in graph.branches.tolist():
        places = slice(int(graph.subject_start[branch]), int(graph.subject_start[branch + 1]))
        slots.clear(np.arange(places.start, places.stop, dtype=np.int64))
        head = int(graph.parties.branch_of[branch])
        if head != branch:
            slots.extras.append(Extra(branch, head, WHOLE, WHOLE, False, False, False, -1))


def _self_holdings(slots: Slots, graph: Graph) -> None:
    for slot in graph.self_rows[slots.live[graph.self_rows]].tolist():
        subject = int(graph.interests.subject[slot])
        if slots.high[slot] == 0:
            continue
        low, high, low_open, high_open = slots.self_held.get(subject, (0, 0, False, False))
        slots.self_held[subject] = (
            min(WHOLE, low + int(slots.low[slot])),
            min(WHOLE, high + int(slots.high[slot])),
            low_open or bool(slots.low_open[slot]),
            high_open or bool(slots.high_open[slot]),
        )
        slots.clear(slot)
        slots.special[subject] = True


def _components(slots: Slots, graph: Graph) -> None:
    rows = graph.interests
    live = slots.live[rows.component_row]
    pairs = zip(rows.component_row[live].tolist(), rows.component_party[live].tolist(), strict=True)
    for slot, party in pairs:
        slots.components[slot] = (*slots.components.get(slot, ()), party)
        slots.special[rows.subject[slot]] = True
