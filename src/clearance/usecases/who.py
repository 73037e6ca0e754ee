"""What a policy is told of a customer who is not known to be one party, in words.

1. A doubt about numbers has a code of its own, because it settles otherwise than one about names.
2. Where every candidate would have the same outcome, the text says so; people still decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from clearance.matching.resolution import Answer, Resolution
from clearance.policy.facts import UNIDENTIFIED
from clearance.usecases.screened import Under

AMBIGUOUS = "ambiguous"
CONTRADICTING = "identifiers_contradict"
_AT_ODDS = frozenset({"numbers_contradict", "number_of_another", "numbers_differ"})


def doubt_of(who: Resolution) -> str:
    """The reason code of an answer that names no party."""
    if who.answer is Answer.NONE:
        return UNIDENTIFIED
    if any(one.rule in _AT_ODDS for one in who.reasons):
        return CONTRADICTING
    return AMBIGUOUS


def why(who: Resolution, under: Sequence[Under]) -> str:
    """One sentence: what is doubted, and what each candidate would mean."""
    told = "; ".join(one.text for one in who.reasons)
    if who.answer is Answer.NONE:
        return f"not found in the reference data: {told}"
    return f"not known to be one party: {told}; {told_under(under)}"


def told_under(under: Sequence[Under]) -> str:
    """The outcomes under the candidates, strictest first.

    >>> from clearance.model.outcome import Outcome
    >>> told_under([Under("p", Outcome.DENY), Under("q", Outcome.DENY)])
    'each of the 2 candidates would be deny'
    """
    words = [one.outcome.word for one in sorted(under, key=lambda one: -one.outcome)]
    if len(words) == 1:
        return f"the only candidate would be {words[0]}"
    counts = [(word, len(list(same))) for word, same in groupby(words)]
    if len(counts) == 1:
        return f"each of the {len(words)} candidates would be {words[0]}"
    return "of the candidates " + ", ".join(f"{count} would be {word}" for word, count in counts)
