"""From paths to a screening: everything read and checked, then one folder written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clearance.adapters.customers import read_customers
from clearance.adapters.policies import codes, load_policy
from clearance.adapters.report.head import head_of
from clearance.adapters.screen_folder import Proving, ScreenRun, write_screening
from clearance.adapters.snapshot.folder import check_digests, open_folder
from clearance.policy.decide import Judge
from clearance.usecases.draw import picture_of
from clearance.usecases.rulings import rulings
from clearance.usecases.screen import Screening


@dataclass(frozen=True, slots=True)
class ScreenOrder:
    """What to screen, under what, and where to.

    **Shape**: ``as_of`` is a day; ``regions`` names a region list in place of the policy's own.
    """

    reference: Path
    policy: str
    customers: Path
    out: Path
    as_of: int
    previous: Path | None = None
    regions: str | None = None
    proofs: bool = True


def screen_portfolio(
    order: ScreenOrder,
    stage: Callable[[str], None] = lambda name: None,
    passed: Callable[[int], None] | None = None,
) -> ScreenRun:
    """Read, check, ask the engine once a rule, and write every customer's answer.

    Raises:
        InputError: the policy, the customers or the earlier run cannot be used.
        StorageError: ``out`` cannot be written; nothing is left of it then.
        IntegrityError: the snapshot does not agree with its digests.

    **Cost**: 300,000 customers against 10 M parties in under a minute after opening.
    """
    loaded = load_policy(order.policy, order.regions)
    stage("reading customers")
    customers = read_customers(order.customers)
    stage("checking the snapshot")
    check_digests(order.reference)
    reference = open_folder(order.reference)
    stage("asking the rules")
    answers = tuple(rulings(reference, loaded.policy, loaded.rules, codes(), order.as_of))
    parties = reference.graph.parties
    screening = Screening(reference, parties, Judge(loaded.policy, codes()), answers, order.as_of)
    head = head_of(loaded.policy, answers, order.as_of, len(reference), reference.digest)
    stage("screening")
    return write_screening(
        order.out,
        customers,
        screening,
        head,
        lambda screened: picture_of(screened, screening, reference),
        policy=loaded.policy.id,
        snapshot=reference.digest,
        proving=_proving(order),
        previous=order.previous,
        passed=passed,
    )


def _proving(order: ScreenOrder) -> Proving | None:
    return None
