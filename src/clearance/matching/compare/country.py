"""Countries of incorporation and headquarters; never of a person's nationality."""

from __future__ import annotations

from clearance.matching.compare.pairs import Pair
from clearance.matching.compare.sides import Side
from clearance.matching.evidence import Agrees, Evidence, EvidenceKind


def agreement(query: Side, candidate: Side) -> float:
    """1 one in common, 0 not stated on a side, -1 none in common."""
    if not query.countries or not candidate.countries:
        return 0.0
    return -1.0 if query.countries.isdisjoint(candidate.countries) else 1.0


def of_pair(pair: Pair) -> float:
    """The agreement of the two sides of a pair."""
    return agreement(pair.query, pair.candidate)


def evidence(query: Side, candidate: Side) -> Evidence:
    """What the countries say."""
    found = agreement(query, candidate)
    if found == 0.0:
        where = "one side" if query.countries or candidate.countries else "both sides"
        text = f"the country is not stated on {where}"
        return Evidence(EvidenceKind.COUNTRY, Agrees.NEUTRAL, text)
    if found > 0.0:
        text = f"both are in {', '.join(sorted(query.countries & candidate.countries))}"
        return Evidence(EvidenceKind.COUNTRY, Agrees.FOR, text, 0.3)
    asked, held = (", ".join(sorted(one.countries)) for one in (query, candidate))
    text = f"it is in {asked}, the candidate in {held}"
    return Evidence(EvidenceKind.COUNTRY, Agrees.AGAINST, text, 0.5)
