"""What each rule says of a case: one sentence, or nothing.

Which effect a sentence has stands in the table of ``rules``.
"""

from __future__ import annotations

from collections.abc import Callable

from clearance.matching.case import Case
from clearance.matching.evidence import Agrees, EvidenceKind
from clearance.matching.resolution import Weighed
from clearance.matching.text.scripts import script_of
from clearance.model.party import PartyKind

ODD = {
    "empty": "gives no name",
    "too_short": "is a single letter",
    "only_legal_form": "is nothing but a legal form",
    "only_digits": "is nothing but digits",
    "too_long": "is longer than any name, and was cut",
    "look_alike_letters": "has letters that only look like those of another script",
    "mixed_script": "mixes scripts within a word",
}
"""Names that say too little of who somebody is, or look other than they are, by warning."""

SIGNS = {
    "bidi": "signs that turn the direction of writing",
    "zero_width": "signs that nobody sees",
    "control": "control characters",
    "symbol": "pictures",
    "unknown_sign": "signs that no script has",
}
"""Signs that a name was read without, by warning."""

BESIDES = frozenset(EvidenceKind) - {
    EvidenceKind.NAME,
    EvidenceKind.SPELLING,
    EvidenceKind.NUMBER,
    EvidenceKind.LEGAL_FORM,
}
"""Evidence of something besides the name and its parts."""

_BACKING = BESIDES - {EvidenceKind.COUNTRY} | {EvidenceKind.SPELLING}


def number_agrees(case: Case) -> str:
    return next(case.settled[0].settles()).text if case.settled else ""


def likely(case: Case) -> str:
    best = case.best
    if best is None or case.settled or best.probability < _needed(case, best):
        return ""
    return f"{best.name!r} is at {best.probability:.1%}"


def nobody(case: Case) -> str:
    best = case.best
    if best is None:
        return "no party of the reference is like it"
    if case.settled or any(case.likely):
        return ""
    return f"the party most like it, {best.name!r}, is at {best.probability:.1%}"


def numbers_contradict(case: Case) -> str:
    if len(case.settled) < 2:
        return ""
    told = "; ".join(f"{next(one.settles()).text} ({one.record.id})" for one in case.settled)
    return f"its numbers lead to {len(case.settled)} different parties: {told}"


def number_of_another(case: Case) -> str:
    if not case.settled:
        return ""
    found = case.settled[0]
    if found.likeness is None or found.likeness >= case.limits.stranger or _unread(case, found):
        return ""
    return f"its number is that of {found.name!r}, which is quite another name"


def other_script(case: Case) -> str:
    best = case.best
    if best is None or best.likeness is None or best.likeness >= case.limits.stranger:
        return ""
    told = f"no name of {best.record.id} is in its script: the names say little"
    return told if _unread(case, best) else ""


def _unread(case: Case, found: Weighed) -> bool:
    """Do the two sides have no script in common? Then unlike names contradict nothing."""
    asked, held = (set(map(script_of, each.names)) for each in (case.record, found.record))
    return asked.isdisjoint(held)


def numbers_differ(case: Case) -> str:
    return next((one.text for one in case.best.excludes()), "") if case.best else ""


def against(kind: EvidenceKind) -> Callable[[Case], str]:
    def says(case: Case) -> str:
        found = case.best.says(Agrees.AGAINST, kind) if case.best else ()
        return next((one.text for one in found), "")

    return says


def kind_differs(case: Case) -> str:
    if case.best is None:
        return ""
    kinds = case.record.kind, case.best.record.kind
    if PartyKind.UNKNOWN in kinds or (kinds[0] is PartyKind.PERSON) is (
        kinds[1] is PartyKind.PERSON
    ):
        return ""
    asked, found = (f"{'an' if one.word[0] in 'ae' else 'a'} {one.word}" for one in kinds)
    return f"it is {asked}, the candidate {found}"


def runner_up_near(case: Case) -> str:
    if case.settled or len(case.candidates) < 2:
        return ""
    floor = max(case.candidates[0].probability - case.limits.margin, case.limits.candidate)
    near = [one for one in case.candidates[1:] if one.probability >= floor]
    if not near:
        return ""
    more = f", and so are {len(near) - 1} more" if len(near) > 1 else ""
    return f"{near[0].name!r} ({near[0].record.id}) is about as likely{more}"


def unsure(case: Case) -> str:
    best = case.best
    if best is None or case.settled:
        return ""
    needed = _needed(case, best)
    if best.probability >= needed:
        return ""
    whose = "a match" if needed == case.limits.match else "a match of names that differ"
    return f"{best.name!r} is at {best.probability:.1%}, {whose} needs {needed:.1%}"


def _needed(case: Case, best: Weighed) -> float:
    """The limit of a match: higher where the names differ and nothing but the country agrees."""
    return max(case.limits.match, 0.0 if _backed(best) else case.limits.differing)


def _backed(best: Weighed) -> bool:
    """Are the names the same but for a slip, or does anything but the country agree besides?"""
    return best.likeness == 1.0 or any(best.says(Agrees.FOR, *_BACKING))


def name_alone(case: Case) -> str:
    if case.best is None or any(case.best.says(Agrees.FOR, *BESIDES)):
        return ""
    return "nothing but the name agrees"


def odd_name(case: Case) -> str:
    told = [ODD[code] for code in case.warnings if code in ODD]
    return f"its name {' and '.join(told)}" if told else ""


def initials(case: Case) -> str:
    best = case.best
    if best is None or not best.initials:
        return ""
    return f"the names agree as far as initials go, as others may: {best.name!r}"


def initials_alone(case: Case) -> str:
    best = case.best
    if best is None or not best.initials or _backed(best):
        return ""
    return "of a person, initials and a country are too little"


def signs(case: Case) -> str:
    told = [SIGNS[code] for code in case.warnings if code in SIGNS]
    return f"its name was read without {' and '.join(told)}" if told else ""


def swapped(case: Case) -> str:
    return "its name and its address seem to be swapped" if case.swapped else ""


def check_digit(case: Case) -> str:
    return f"not counted, the check digit is wrong: {', '.join(case.invalid)}" * bool(case.invalid)


def country_unknown(case: Case) -> str:
    return f"no party of the reference is in {', '.join(case.nowhere)}" * bool(case.nowhere)
