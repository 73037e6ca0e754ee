"""What stands above and below the report's numbers: policy, day, reference, sources, warnings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clearance.adapters.report.page import Head
from clearance.model.dates import text_of_day
from clearance.model.rule import Citation
from clearance.policy.document import Policy
from clearance.policy.reading.rules import force_text
from clearance.usecases.standings import Ruling

_SHOWN = 12
"""Signs of a digest that are enough to tell snapshots apart by eye."""


def head_of(
    policy: Policy, rulings: Sequence[Ruling], as_of: int, parties: int, digest: str
) -> Head:
    """The head of a screening's report."""
    facts = [
        ("Policy", f"{policy.title} ({policy.id})"),
        ("As of", text_of_day(as_of)),
        ("In effect", force_text(policy.force)),
    ]
    if policy.regions is not None:
        facts.append((f"Regions {policy.regions.list.listing.value}", policy.regions.list.title))
    facts.append(("Reference", f"{parties:,} parties, snapshot {digest[:_SHOWN] or 'in memory'}"))
    citations = [cited(citation) for citation in policy.citations]
    for ruling in rulings:
        citations += [f"{ruling.rule.title}: {cited(each)}" for each in ruling.rule.citations]
    return Head(tuple(facts), tuple(dict.fromkeys(citations)), tuple(_notices(policy, rulings)))


def _notices(policy: Policy, rulings: Sequence[Ruling]) -> Iterator[str]:
    if policy.verified != "yes":
        yield f"Not verified in the policy: {_doubt(policy.verified)}"
    for ruling in rulings:
        if ruling.failed:
            yield f"{ruling.rule.title} could not be evaluated: {ruling.failed}"
        elif not ruling.in_force:
            yield f"{ruling.rule.title} is not in force on the day and reaches nobody."
        if ruling.rule.verified != "yes":
            yield f"Not verified in {ruling.rule.title}: {_doubt(ruling.rule.verified)}"


def _doubt(verified: str) -> str:
    return verified.removeprefix("not verified: ")


def cited(citation: Citation) -> str:
    """A citation in one line."""
    place = f" {citation.url}" if citation.url else ""
    return f"{citation.text}{place}{'' if citation.primary else ' (secondary source)'}"
