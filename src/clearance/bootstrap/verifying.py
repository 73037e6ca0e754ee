"""Check proofs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clearance.bootstrap.regions import known_regions
from clearance.usecases.verify import Restricted, Verified


def verify(
    proof: Path | str,
    customer: str | None = None,
    reference: Path | str | None = None,
    *,
    policy: str | None = None,
    regions: str | None = None,
) -> tuple[Verified, ...]:
    """Check a proof, or a customer's proofs in a proofs file, with the snapshot where there is one.

    Args:
        policy: a policy's id or path: what a proof assumes of regions is held against it.
        regions: with a policy a region list, by id or path, in place of its own; without one the
            restricted regions themselves, separated by commas.

    Raises:
        InputError: there is no such proof, policy or region, or it is not of the format.
        IntegrityError: the snapshot does not agree with its manifest.
    """
    from clearance.adapters.policies.reading import load_rule, rule_ids
    from clearance.adapters.proofs.reading import read_proofs
    from clearance.adapters.snapshot.folder import damage_told, open_folder
    from clearance.usecases import verify as use

    known = frozenset(rule_ids())
    line = _line(policy, regions)
    proofs = read_proofs(Path(proof), customer)
    folder = None if reference is None else Path(reference)
    with damage_told(folder):
        opened = open_folder(folder) if folder is not None else None
        occurring = opened.graph.parties.codes if opened is not None else None
        return use.verify(
            proofs,
            opened,
            lambda name: load_rule(name) if name in known else None,
            line and (lambda assumed: line(assumed if occurring is None else occurring)),
        )


def _line(policy: str | None, regions: str | None) -> Restricted | None:
    """Which of some codes are restricted, if anything says so."""
    from clearance.adapters.policies.loaded import load_policy
    from clearance.adapters.policies.reading import codes

    if policy is None:
        return None if regions is None else _named(regions)
    drawn = load_policy(policy, regions).policy.regions

    def restricted(occurring: Sequence[str]) -> Sequence[str]:
        return () if drawn is None else drawn.restricted(occurring, codes())

    return restricted


def _named(regions: str) -> Restricted:
    """These and no others, separated by commas."""
    among = frozenset(known_regions([code.strip().upper() for code in regions.split(",")]))
    return lambda occurring: sorted(among.intersection(occurring))
