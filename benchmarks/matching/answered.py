"""Questions answered by a scorer: outcomes and their labels, set by set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.matching.held import Held
from benchmarks.matching.lists import Labelled, Listed, nearest
from clearance.matching.compare.sides import Side, side
from clearance.model.party import PartyKind
from clearance.model.record import Record
from clearance.usecases.evaluate import Outcomes

Score = Callable[[Side, Sequence[Side]], Sequence[float]]
"""How probable each candidate is: ours, or a peer's figure in its place."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a scorer answered to a set of questions; ``labels`` one tuple a question."""

    outcomes: Outcomes
    labels: list[tuple[str, ...]]

    def of(self, label: str) -> Outcomes:
        """The questions of one label."""
        return self.outcomes.take(np.array([label in some for some in self.labels]))


def answered(held: Iterable[Held], score: Score) -> Answered:
    """The best candidate of each question, and whether it is the right one."""
    chance, right, present, labels = [], [], [], []
    for one in held:
        scores = score(one.query, one.candidates) if one.candidates else []
        best = max(range(len(scores)), key=scores.__getitem__, default=-1)
        chance.append(scores[best] if best >= 0 else 0.0)
        right.append(best >= 0 and best == one.right)
        present.append(one.present)
        labels.append(one.slices)
    return Answered(Outcomes(np.array(chance), np.array(right), np.array(present)), labels)


def pairs_held(pairs: Iterable[Labelled]) -> Iterator[Held]:
    """Labelled pairs as questions with one candidate."""
    for one in pairs:
        sides = (_alone(name, one.kind) for name in (one.first, one.second))
        query, candidate = sides
        kind = "person" if one.kind is PartyKind.PERSON else "entity"
        yield Held(query, (candidate,), 0 if one.match else -1, one.match, (kind,))


def strangers_held(names: Iterable[str], listed: Sequence[Listed]) -> Iterator[Held]:
    """Persons who are not on a list, with whom of the list they are most like."""
    sides = [side(Record(one.id, tuple(one.names), one.kind)) for one in listed]
    for name in names:
        query = _alone(name, PartyKind.PERSON)
        yield Held(query, tuple(nearest(query, sides, 5)), -1, False)


def _alone(name: str, kind: PartyKind) -> Side:
    return side(Record("", (name,), kind))
