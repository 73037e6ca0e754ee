"""Act 5: requests at the gateway, what each gets, and what is left of it to check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from httpx import Client

from clearance.bootstrap import campaigns, ledger_check
from clearance.demo.chat import Chat, Said
from clearance.demo.gateway import PATIENCE, Gateway, prepared, served
from clearance.demo.stage import DAY, Stage, say

MONTH_3 = "2025-12-05"
AFTER_MONTH_6 = "2026-03-06"
HOME = "192.0.2.7"
VPN = "192.0.2.200"
LISTED = "L00001"
"""A customer that acts 1 to 4 do not have: it declares a tax residence that a law is about."""

PROMPT = "Please sum up these minutes of a meeting"


@dataclass(frozen=True, slots=True)
class Request:
    """One request: what is told of it, and what it is."""

    title: str
    account: str
    day: str = DAY
    address: str = HOME


REQUESTS = (
    Request("a customer of a supported region", "fine"),
    Request("located in an unsupported one", "located"),
    Request("taxed where a law forbids it", "listed"),
    Request("the first, by a VPN one source knows", "fine", address=VPN),
    Request("an enterprise owned from there, day 0", "owned"),
    Request("  in month 3", "owned", MONTH_3),
    Request("  a day after month 6", "owned", AFTER_MONTH_6),
)


def act_requests(stage: Stage) -> None:
    """A chat service behind the real decision point; then the receipts, then the log."""
    say()
    say("Act 5. at the gateway: a chat service (a stub) asks the real decision point")
    gateway = prepared(stage, accounts(stage), LISTED)
    requests = gateway.folder / "requests.jsonl"
    with served(gateway) as url, Client(base_url=url, timeout=PATIENCE, trust_env=False) as client:
        chat = Chat(client, requests)
        answers = [
            chat.ask(one.account, one.address, f"{one.day}T10:00:00Z", PROMPT) for one in REQUESTS
        ]
    say(f"  {'':38}{'status':8}{'outcome':19}why")
    for request, answer in zip(REQUESTS, answers, strict=True):
        line = f"  {request.title:38}{answer.status:<8}{answer.decision['outcome']:19}{why(answer)}"
        say(line.rstrip())
    _receipts(gateway, answers)
    kept = campaigns.ingest([requests], gateway.folder / "interactions")
    say(f"interaction log: {kept.rows} requests of {len(kept.days)} days, as keyed sketches")


def accounts(stage: Stage) -> dict[str, str]:
    """The customer of each account of the act."""
    before, after = stage.answers("before"), stage.answers("after")
    segments = {row["id"]: row["segment"] for row in stage.world.customers}
    denied = [id for id, row in after.items() if row.outcome == "deny"]
    newly = [id for id in denied if before[id].outcome != "deny"]
    return {
        "fine": next(id for id, row in after.items() if row.outcome == "allow"),
        "located": next(id for id in denied if before[id].outcome == "deny"),
        "listed": LISTED,
        "owned": next(id for id in newly if segments[id] == "enterprise"),
    }


def why(answer: Said) -> str:
    """The basis and the strictest reason, or how far a wind-down is."""
    said = answer.decision
    if winding := said.get("wind_down"):
        end = "over since" if winding["phase"] == "over" else "out on"
        return f"{said['basis']}: wind-down, {end} {winding['exit']}"
    codes = [one["code"] for one in said["reasons"] if one.get("outcome") == said["outcome"]]
    return f"{said['basis']}: {codes[0]}" if codes else ""


def _receipts(gateway: Gateway, answers: Sequence[Said]) -> None:
    """Each answer's receipt, checked as whoever got it can: by the log's public key alone."""
    folder = gateway.folder / "receipts"
    proved = [_flaw(gateway, answer, folder) for answer in answers].count("")
    say(f"receipts: {proved} of {len(answers)} answers are in the log, by its public key alone")
    say(f"  the last one altered to allow: {_flaw(gateway, answers[-1], folder, altered=True)}")


def _flaw(gateway: Gateway, answer: Said, folder: Path, *, altered: bool = False) -> str:
    """Why the receipt that came with an answer does not prove the log's entry; empty if it does."""
    entry = ledger_check.prove(gateway.log, answer.id, folder).files[0]
    receipt = folder / f"{answer.id}.answered"
    receipt.write_text(answer.decision["receipt"]["proof"], encoding="utf-8")
    if altered:
        entry.write_bytes(entry.read_bytes().replace(b'"deny"', b'"allow"'))
    return ledger_check.check(receipt, entry, [str(gateway.public_key)]).flaw
