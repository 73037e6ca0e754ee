"""Past decisions on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from clearance.adapters.decisions.logged import LoggedDecision
from clearance.model.plain import Fields, canonical
from clearance.usecases.replay import Replay

_WIDE = 18  # the longest outcome, and a space


def replay_lines(replay: Replay) -> list[str]:
    """The verdict, and what differs or is missing."""
    lines = [f"{replay.id}: {replay.verdict.value}"]
    lines += [f"  missing: {one}" for one in replay.missing]
    for one in replay.differences:
        lines.append(f"  {one.path}: logged {canonical(one.logged)}, now {canonical(one.now)}")
    return lines


def decision_lines(decision: LoggedDecision) -> list[str]:
    """What was asked, decided, weighed and known."""
    return [f"{name:{_WIDE}}{said}".rstrip() for name, said in _said(decision) if said]


def _said(decision: LoggedDecision) -> Iterator[tuple[str, str]]:
    body = Fields(decision.body, "body")
    policy = body.object("policy")
    yield "decision", f"{decision.id}, entry {decision.index}, {decision.at}"
    yield "account", body.text("account")
    yield "asked", f"to {body.text('action')} on {body.text('day')}: {canonical(body.raw('asked'))}"
    yield "outcome", body.text("outcome")
    yield "policy", f"{policy.text('id')} ({policy.text('digest')})"
    yield from _reasons(decision)
    facts = decision.documents.get("facts")
    unknown = "" if body.text("facts", "") else "nothing was known"
    yield "facts", canonical(facts.says) if facts is not None else unknown
    origin = decision.documents.get("origin")
    yield "address", canonical(origin.says) if origin is not None else ""
    for field, value in decision.sealed.items():
        yield f"{field} (sealed)", value if value is not None else "erased"
    for missing in decision.missing:
        yield "missing", missing


def _reasons(decision: LoggedDecision) -> Iterator[tuple[str, str]]:
    judgement = decision.documents.get("judgement")
    if judgement is None:
        return
    for reason in Fields(judgement.says, "judgement").objects("reasons"):
        stands = ", ".join(
            one for one in (reason.text("basis", ""), reason.text("citation", "")) if one
        )
        yield reason.text("outcome"), f"{reason.text('text')}{f' ({stands})' if stands else ''}"
