"""Reading what every rule of a policy has: its ground, its outcomes, its cases.

1. Unknown never yields plain ``allow``: where a policy says so, it is a finding.
2. What rests on weak evidence yields at most ``review``.
"""

from __future__ import annotations

from clearance.model.outcome import Outcome
from clearance.policy.clauses.cases import REVIEW, Case, Cases
from clearance.policy.clauses.ground import Basis, Ground
from clearance.policy.facts import Channel
from clearance.policy.reading.fields import Fields

OUTCOMES = {outcome.word: outcome for outcome in Outcome}
CHANNELS = {channel.value: channel for channel in Channel}
_BASES = {basis.value: basis for basis in Basis}
_NEVER_ALLOW = ("unknown is never plain allow", "write allow_with_notice or review")


def ground(table: Fields) -> Ground:
    """What a rule stands on."""
    return Ground(
        basis=table.choice("basis", _BASES),
        citation=table.text("citation"),
        ordered_by=table.text("ordered_by", ""),
        applies_to=_scope(table.table("applies_to")),
    )


def guarded(table: Fields, name: str, default: Outcome | None) -> Outcome:
    """An outcome for something unknown."""
    outcome = table.choice(name, OUTCOMES, default)
    if outcome is Outcome.ALLOW and table.raw(name) == "allow":
        table.note(name, *_NEVER_ALLOW)
    return outcome


def or_skip(table: Fields, name: str) -> Outcome | None:
    """An outcome for something unknown, ``None`` where it is skipped."""
    return None if table.raw(name) == "skip" else guarded(table, name, None)


def mild(table: Fields, name: str, default: Outcome | None = None) -> Outcome:
    """An outcome that rests on weak evidence."""
    outcome = table.choice(name, OUTCOMES, default)
    if outcome > Outcome.REVIEW:
        table.note(name, "weak evidence leads at most to review", 'write "review" or less')
    return outcome


def cases(table: Fields, name: str, *, known: bool = False) -> Cases:
    """One outcome for everybody, or a case for each class and revenue; review where not written.

    Args:
        known: plain ``allow`` is a fair answer.
    """
    if not isinstance(table.raw(name), list):
        if known:
            return (Case(table.choice(name, OUTCOMES, Outcome.REVIEW)),)
        return (Case(guarded(table, name, Outcome.REVIEW)),)
    return tuple(_case(case, known) for case in table.tables(name)) or REVIEW


def words(table: Fields, name: str) -> tuple[str, ...]:
    """A list of words, sorted and without repetition; an empty one is a mistake."""
    found = set()
    for place, word in table.words(name):
        if not word.strip():
            table.sheet.note(place, "is empty", "write a word, or leave it out")
        found.add(word)
    return tuple(sorted(found))


def _case(table: Fields, known: bool) -> Case:
    def outcome(name: str, default: Outcome | None) -> Outcome:
        if known:
            return table.choice(name, OUTCOMES, default)
        return guarded(table, name, default)

    case = Case(
        outcome=outcome("outcome", None),
        segment=table.text("segment", ""),
        revenue_below=table.amount("revenue_below"),
        attestation=table.text("attestation", ""),
        attested=outcome("attested", Outcome.ALLOW_WITH_NOTICE),
    )
    if table.has("attested") and not case.attestation:
        table.note("attested", "no attestation is asked for", "write attestation as well")
    table.done()
    return case


def _scope(table: Fields) -> tuple[str, ...]:
    named = {f"{kind}:{word}" for kind in ("service", "model") for word in words(table, kind)}
    named |= {f"channel:{channel.value}" for channel in table.choices("channel", CHANNELS)}
    table.done()
    return tuple(sorted(named))
