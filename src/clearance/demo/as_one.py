"""Act 6: accounts that act as one, found in an invented log; then what a policy makes of them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from httpx import Client

from clearance.adapters.campaigns.fact_files import read_facts, write_facts
from clearance.adapters.campaigns.finding import FindOrder
from clearance.bootstrap import campaigns, state
from clearance.campaigns.verdict import counts
from clearance.demo.chat import Chat
from clearance.demo.draw import Draw
from clearance.demo.gateway import BY, GATEWAY, PATIENCE, Gateway, served
from clearance.demo.pictures import draw_raster
from clearance.demo.requests import HOME, PROMPT, why
from clearance.demo.stage import Stage, say
from clearance.usecases.campaign_facts import Membership, Ruling
from clearance.usecases.findings import Finding, Run

FOLDER = "campaigns"
KEY = b"clearance's demo"
SIZES = (20, 50, 170)
SUPPORTED = 50
"""The campaign all of whose accounts belong to customers that act 2 allows."""

AFTERWARDS = "2026-02-02T10:00:00Z"
REVIEWER = "a reviewer"
ALLOWED = ("allow", "allow_with_notice")


@dataclass(frozen=True, slots=True)
class Truth:
    """The group of every account, and the customer of each account of a campaign."""

    groups: Mapping[str, str]
    customers: Mapping[str, str]

    @property
    def planted(self) -> set[str]:
        """The accounts of campaigns."""
        return set(self.customers)


def act_as_one(stage: Stage) -> tuple[Path, Path]:
    """Invent, ingest and search a log; compare with the truth; ask the decision point.

    Returns:
        The report, and a picture of the campaign that neither seat nor owners tell of.
    """
    folder = stage.folder / FOLDER
    folder.mkdir()
    run, truth = _found(stage, folder)
    allowed = {id for id, row in stage.answers("after").items() if row.outcome in ALLOWED}
    say()
    say(f"Act 6. accounts that act as one: {run.requests:,} requests of {run.accounts:,} accounts")
    say(f"  {'verdict':9}{'accounts':>8}{'requests':>10}{'allowed*':>10}  evidence that counts")
    for one in run.findings:
        _row(one, sum(truth.customers.get(each.account) in allowed for each in one.members))
    say("  * accounts whose customers act 2 allows: seated and owned where it may be")
    _against(run, truth)
    _at_the_gateway(stage, folder, truth)
    hidden = next(one for one in run.findings if len(one.members) == SUPPORTED)
    return folder / "found" / "report.html", draw_raster(stage, hidden.picture)


def _found(stage: Stage, folder: Path) -> tuple[Run, Truth]:
    campaigns.simulate(
        folder / "made",
        seed=stage.world.seed,
        accounts=2_500,
        rows=240_000,
        members=",".join(map(str, SIZES)),
        exchanges=160_000,
        days=28,
        variant="base",
        crowds=True,
        outputs=False,
    )
    (folder / "key").write_bytes(KEY)
    campaigns.ingest([folder / "made" / "log"], folder / "log", key=folder / "key")
    run = campaigns.find(FindOrder(folder / "log", folder / "found"))
    return run, _truth(stage, folder / "made" / "truth.csv")


def _truth(stage: Stage, file: Path) -> Truth:
    """The groups of a log, with a customer of the portfolio for each account of a campaign."""
    with file.open(encoding="utf-8") as rows:
        groups = {row["account"]: row["group"] for row in csv.DictReader(rows)}
    answers, draw = stage.answers("after"), Draw(stage.world.seed)
    allowed = [id for id, row in answers.items() if row.outcome == "allow"]
    customers: dict[str, str] = {}
    sizes = Counter(groups.values())
    for account, group in groups.items():
        if group.startswith("campaign-"):
            among = allowed if sizes[group] == SUPPORTED else list(answers)
            customers[account] = draw.one(among)
    return Truth(groups, customers)


def _row(one: Finding, allowed: int) -> None:
    kinds = ", ".join(
        f"{said.kind.value} {said.lift:.1f}x" for said in one.evidence if counts(said)
    )
    many = len(one.members)
    say(f"  {one.verdict.value:9}{many:8}{one.volume.requests:10,}{allowed:10}  {kinds}")


def _against(run: Run, truth: Truth) -> None:
    named = {member.account for one in run.findings for member in one.members}
    others = len(truth.groups) - len(truth.planted)
    say("against the truth, known by construction:")
    say(f"  named {len(named & truth.planted)} of {len(truth.planted)} members of campaigns")
    say(f"  named {len(named - truth.planted)} of {others:,} others, whom to find would be wrong:")
    crowds = Counter(group for group in truth.groups.values() if "campaign-" not in group)
    told = [f"{group} {count:,}" for group, count in sorted(crowds.items())]
    for at in range(0, len(told), 5):
        say(f"    {', '.join(told[at : at + 5])}")


def _at_the_gateway(stage: Stage, folder: Path, truth: Truth) -> None:
    """Accounts that neither seat nor owners tell of, at the decision point."""
    gateway = Gateway(stage.folder / GATEWAY)
    found = list(read_facts(folder / "found" / "facts.csv"))
    sizes = Counter(truth.groups[one.account] for one in found)
    mine = [one for one in found if sizes[truth.groups[one.account]] == SUPPORTED]
    place = str(gateway.folder / "state.db")
    rows = "".join(f"{one.account},{truth.customers[one.account]}\n" for one in mine)
    (folder / "accounts.csv").write_text(f"id,customer\n{rows}", encoding="utf-8")
    state.import_accounts(place, folder / "accounts.csv", BY, "accounts.csv", None)
    say(f"the {len(mine)} at the gateway:")
    _ask(gateway, {"one of them, before the search": mine[0]})
    asked = {
        "found, and nobody looked at it yet": mine[0],
        "found, and confirmed by a reviewer": _ruled(mine[1], Ruling.CONFIRMED),
        "found, and cleared by a reviewer": _ruled(mine[2], Ruling.CLEARED),
    }
    write_facts(folder / "reviewed.csv", asked.values())
    state.import_campaigns(place, folder / "reviewed.csv", BY)
    _ask(gateway, asked)


def _ruled(one: Membership, ruling: Ruling) -> Membership:
    return replace(one, ruling=ruling, reviewer=REVIEWER)


def _ask(gateway: Gateway, asked: Mapping[str, Membership]) -> None:
    requests = gateway.folder / "requests.jsonl"
    with served(gateway) as url, Client(base_url=url, timeout=PATIENCE, trust_env=False) as client:
        chat = Chat(client, requests)
        for title, one in asked.items():
            answer = chat.ask(one.account, HOME, AFTERWARDS, PROMPT)
            outcome = answer.decision["outcome"]
            say(f"  {title:38}{answer.status:<8}{outcome:19}{why(answer)}".rstrip())
