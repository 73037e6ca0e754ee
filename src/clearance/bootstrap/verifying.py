"""Check proofs."""

from __future__ import annotations

from pathlib import Path

from clearance.usecases.verify import Verified


def verify(
    proof: Path, customer: str | None = None, reference: Path | None = None
) -> tuple[Verified, ...]:
    """Check a proof, or a customer's proofs in a proofs file, with the snapshot where there is one.

    Raises:
        InputError: there is no such proof, or it is not of the format.
        IntegrityError: the snapshot does not agree with its manifest.
    """
    from clearance.adapters.policies import load_rule, rule_ids
    from clearance.adapters.proof_reader import read_proofs
    from clearance.adapters.snapshot.folder import damage_told, open_folder
    from clearance.usecases import verify as use

    known = frozenset(rule_ids())
    proofs = read_proofs(proof, customer)
    with damage_told(reference):
        return use.verify(
            proofs,
            open_folder(reference) if reference is not None else None,
            lambda name: load_rule(name) if name in known else None,
        )
