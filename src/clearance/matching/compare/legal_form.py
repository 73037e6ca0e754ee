"""Legal forms: a limited company is not the foundation of the same name."""

from __future__ import annotations

from clearance.matching.compare.pairs import Pair
from clearance.matching.evidence import Agrees, Evidence, EvidenceKind
from clearance.matching.text.legal_forms import forms_differ


def agreement(pair: Pair) -> float:
    """1 one class, 0 not told on a side or not to be told, -1 two classes."""
    asked, found = pair.asked.form.form, pair.found.form.form
    if asked and asked == found:
        return 1.0
    return -1.0 if forms_differ(asked, found) else 0.0


def evidence(pair: Pair) -> Evidence | None:
    """What the legal forms say; nothing where neither name has one."""
    asked, found = pair.asked.form, pair.found.form
    if not asked.form and not found.form:
        return None
    if not asked.form or not found.form:
        text = f"the legal form is given on one side only ({asked.form_text or found.form_text})"
        return Evidence(EvidenceKind.LEGAL_FORM, Agrees.NEUTRAL, text)
    both, agrees = f"{asked.form_text} and {found.form_text}", agreement(pair)
    if agrees > 0.0:
        text = f"the legal forms are of one class: {both}"
        return Evidence(EvidenceKind.LEGAL_FORM, Agrees.FOR, text, 0.3)
    if agrees == 0.0:
        text = f"the legal forms may be of one class: {both}"
        return Evidence(EvidenceKind.LEGAL_FORM, Agrees.NEUTRAL, text)
    text = f"the legal forms are of two classes: {both}"
    return Evidence(EvidenceKind.LEGAL_FORM, Agrees.AGAINST, text, 0.6)
