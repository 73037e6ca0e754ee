"""Numbers in names: "Fund II" is not "Fund III"."""

from __future__ import annotations

from clearance.matching.compare.pairs import Pair
from clearance.matching.evidence import Agrees, Evidence, EvidenceKind


def agreement(pair: Pair) -> float:
    """1 the same numbers, 0 none on either side, -0.5 on one side only, -1 others."""
    asked, found = pair.asked.form.numbers, pair.found.form.numbers
    if not asked and not found:
        return 0.0
    if not asked or not found:
        return -0.5
    return 1.0 if sorted(asked) == sorted(found) else -1.0


def evidence(pair: Pair) -> Evidence | None:
    """What the numbers say; nothing where neither name has any."""
    found = agreement(pair)
    if found == 0.0:
        return None
    asked, held = (", ".join(one.form.numbers) or "none" for one in (pair.asked, pair.found))
    if found > 0.0:
        return Evidence(EvidenceKind.NUMBER, Agrees.FOR, f"both names have {asked}", 0.5)
    text = f"the number in the name is {asked}, the candidate's {held}"
    return Evidence(EvidenceKind.NUMBER, Agrees.AGAINST, text, -found)
