"""What is missing to know whether a party is reached: facts that nobody stated.

1. Who stands behind an unknown holder, how large an unstated or wide holding is, when an interest
   began or ended, who owns a loop that owns itself, whose a nominee's holding is.
2. Where holdings are pooled: whose the holding of a joint block or a trust is that also has
   members who are not restricted.
3. Whether holdings that may describe the same shares do.
4. Where a holder is only possibly restricted, what is missing about the holder.

**Cost**: the holdings of at most 64 parties above the party.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clearance.model.rule import Aggregation
from clearance.model.verdict import Missing
from clearance.ownership.day.live import TRUST, Holdings, Live

_FAR = 64


@dataclass(frozen=True, slots=True)
class Unstated:
    """Looks for what is missing in one measure: ``counts`` and ``surely`` speak of holders."""

    live: Live
    held: Holdings
    ids: Callable[[int], str]
    loops: Mapping[int, int]
    counts: Callable[[int], bool]
    surely: Callable[[int], bool]

    def about(self, index: int) -> tuple[Missing, ...]:
        """Unstated facts about the party and about possibly restricted parties above it."""
        found: list[tuple[int, str]] = []
        if self.live.unknown[index]:
            found.append((index, "who the unknown holder is"))
        seen, waiting = {index}, [index]
        while waiting and len(seen) < _FAR:
            party = waiting.pop(0)
            slots = [slot for slot in self.held.slots_in(party) if self._counts(slot)]
            found += self._of_party(party)
            found += [(party, what) for slot in slots for what in self._of_holding(slot)]
            found += [(party, what) for what in self._between(party, slots)]
            above = [h for h in map(self._holder, slots) if self._above(h) and h not in seen]
            waiting += above
            seen.update(above)
        settles = f"whether {self.ids(index)} is reached"
        return tuple(
            Missing(self.ids(subject), what, settles) for subject, what in dict.fromkeys(found)
        )

    def _holder(self, slot: int) -> int:
        return int(self.held.holder[slot])

    def _counts(self, slot: int) -> bool:
        return bool(self.held.high[slot]) and self.counts(self._holder(slot))

    def _above(self, holder: int) -> bool:
        return not self.live.unknown[holder] and not self.surely(holder)

    def _of_party(self, party: int) -> list[tuple[int, str]]:
        found = []
        if party in self.loops:
            found.append((self.loops[party], "an owner outside the loop"))
        if party in self.held.anonymous:
            found.append((party, "whose the nominee's holding is"))
        return found

    def _of_holding(self, slot: int) -> list[str]:
        held, found = self.held, []
        if self.live.unknown[held.holder[slot]]:
            found.append("who the unknown holder is")
        if held.low[slot] != held.high[slot]:
            found.append(self._wide(slot))
        return found

    def _wide(self, slot: int) -> str:
        """What is not known of a holding whose ends differ."""
        row = int(self.held.row[slot])
        if row >= 0 and not self.live.must[row]:
            return "when the interest began or ended"
        return "the exact share" if self.held.stated[slot] else "the size of a holding"

    def _between(self, party: int, slots: list[int]) -> list[str]:
        """What is not known of several holdings beside each other."""
        held, found = self.held, []
        if self.live.rule.aggregation is Aggregation.POOLED:
            blocks = {int(held.joint[slot]) for slot in slots} - {-1}
            members = [slot for slot in held.slots_in(party) if held.joint[slot] in blocks]
            if not all(self.surely(self._holder(slot)) for slot in members):
                trust = TRUST in blocks
                found.append(f"whose the {'trust' if trust else 'joint arrangement'}'s holding is")
        alone = [slot for slot in slots if held.joint[slot] == -1 and slot not in held.components]
        if len(alone) > 1 and any(held.attributed[slot] for slot in alone):
            found.append("whether the holdings are of the same shares")
        return found
