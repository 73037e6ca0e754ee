"""Questions whose answers are known: taught from, or counted.

1. A question is a record with the candidates that were found for it. ``right`` is the candidate
   that it is; ``present`` says whether the reference holds it at all.
2. People judge some pairs and not others. Of a record that is the same as one candidate, every
   other candidate is another party; of a record that was only told apart, nothing is known of the
   candidates that nobody looked at (``known``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clearance.matching.candidates import ENOUGH, Candidate, CandidateSource, Sought
from clearance.matching.compare.pairs import pair
from clearance.matching.compare.sides import Side, side
from clearance.matching.features import FEATURES, Matrix, features
from clearance.matching.judgement import Judged, Judgement
from clearance.matching.rarity import Rarity
from clearance.model.party import PartyKind
from clearance.model.record import Record
from clearance.usecases.evaluate import Outcomes
from clearance.usecases.train import Examples

Score = Callable[[Side, Sequence[Side]], Sequence[float]]
"""How probable each candidate is."""
BATCH = 512


@dataclass(frozen=True, slots=True)
class Question:
    """A query and its candidates.

    **Shape**: ``right`` is a place among the candidates, -1 without; ``known`` are the places
    whose answer is known, all of them where it is ``None``; ``labels`` are what figures are told
    apart by.
    """

    query: Side
    candidates: tuple[Side, ...]
    right: int
    present: bool
    labels: tuple[str, ...] = ()
    known: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What a scorer answered; ``labels`` one tuple a question, ``unknown`` the questions left out
    because nobody knows whether the best candidate is right."""

    outcomes: Outcomes
    labels: list[tuple[str, ...]]
    unknown: int = 0

    def of(self, label: str) -> Outcomes:
        """The questions of one label."""
        return self.outcomes.take(np.array([label in some for some in self.labels], dtype=bool))


def examples(questions: Iterable[Question], rare: Rarity) -> Examples:
    """Rows to learn from, question by question; rivals that nobody judged are seen, not learned."""
    matrices: list[Matrix] = []
    matches: list[NDArray[np.bool_]] = []
    groups: list[NDArray[np.int64]] = []
    for number, one in enumerate(questions):
        places = range(len(one.candidates))
        known = [place for place in places if one.known is None or place in one.known]
        if known:
            rows = features([pair(one.query, other, rare) for other in one.candidates])
            matrices.append(rows[known])
            matches.append(np.array(known) == one.right)
            groups.append(np.full(len(known), number))
    if not matrices:
        return Examples(np.zeros((0, len(FEATURES))), np.zeros(0, bool), np.zeros(0, np.int64))
    return Examples(np.vstack(matrices), np.concatenate(matches), np.concatenate(groups))


def answered(questions: Iterable[Question], score: Score) -> Answered:
    """The best candidate of each question, and whether it is the right one."""
    chance, right, present, labels, unknown = [], [], [], [], 0
    for one in questions:
        scores = score(one.query, one.candidates) if one.candidates else []
        best = max(range(len(scores)), key=scores.__getitem__, default=-1)
        if best >= 0 and one.known is not None and best not in one.known:
            unknown += 1
            continue
        chance.append(scores[best] if best >= 0 else 0.0)
        right.append(best >= 0 and best == one.right)
        present.append(one.present)
        labels.append(one.labels)
    counted = Outcomes(np.array(chance, float), np.array(right, bool), np.array(present, bool))
    return Answered(counted, labels, unknown)


def judged_questions(
    judged: Iterable[Judged],
    customers: Mapping[str, Record],
    party_of: Callable[[str], int | None],
    source: CandidateSource,
) -> Iterator[Question]:
    """People's judgements as questions, in the order of the ids asked about.

    A judgement of a customer and a party asks about the customer; one of two parties asks about
    the second as if it were a customer. Judgements about ids that are neither are passed over.
    """
    said = _by_query(judged, customers, party_of)
    asked = sorted(said)
    for start in range(0, len(asked), BATCH):
        ids = asked[start : start + BATCH]
        sides = [side(_record(id, customers, party_of, source)) for id in ids]
        found = source.search([_sought(one) for one in sides], ENOUGH + 1)
        for id, query, candidates in zip(ids, sides, found, strict=True):
            yield _question(query, candidates, said[id], party_of(id), source)


Said = dict[int, Judgement]


def _by_query(
    judged: Iterable[Judged],
    customers: Mapping[str, Record],
    party_of: Callable[[str], int | None],
) -> dict[str, Said]:
    found: dict[str, Said] = {}
    for one in judged:
        query, other = (one.other, one.one) if one.other in customers else (one.one, one.other)
        party = party_of(other)
        known = query in customers or party_of(query) is not None
        if known and party is not None and one.judgement is not Judgement.UNSURE:
            found.setdefault(query, {})[party] = one.judgement
    return found


def _record(
    id: str,
    customers: Mapping[str, Record],
    party_of: Callable[[str], int | None],
    source: CandidateSource,
) -> Record:
    party = party_of(id)
    return customers[id] if id in customers or party is None else source.record(party)


def _sought(query: Side) -> Sought:
    return Sought(tuple(name.form for name in query.names), tuple(sorted(query.countries)))


def _question(
    query: Side,
    candidates: Sequence[Candidate],
    said: Said,
    itself: int | None,
    source: CandidateSource,
) -> Question:
    names = {one.party: one.name for one in candidates if one.party != itself}
    parties = [*names, *(party for party in said if party not in names)]
    same = [party for party, judgement in said.items() if judgement is Judgement.SAME]
    right = parties.index(same[0]) if same else -1
    sides = tuple(side(source.record(party, names.get(party, ""))) for party in parties)
    known = None if same else frozenset(map(parties.index, said))
    return Question(query, sides, right, bool(same), labels_of(query), known)


def labels_of(query: Side) -> tuple[str, ...]:
    """What the figures of a record are told apart by: kind, script, countries, what it gives."""
    record = query.record
    kind = "person" if record.kind is PartyKind.PERSON else "entity"
    script = query.names[0].form.script or "no script"
    countries = [f"country {code}" for code in sorted(query.countries)] or ["no country"]
    given = "with address" if record.addresses else "name only"
    return (f"kind {kind}", f"script {script}", *countries, given)
