"""Every party of the published samples under every shipped rule: each verdict proved, each proof
written, read back and held against the snapshot.

Seeds are a region, the one that most of the data's companies are in, or every eleventh holder.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from clearance.adapters.policies.reading import load_rule, rule_ids
from clearance.adapters.proofs.reading import read_proofs
from clearance.adapters.proofs.writing import NAME, ProofFiles, ProofLines
from clearance.adapters.snapshot.folder import open_folder
from clearance.adapters.snapshot.reference import Reference
from clearance.bootstrap import referencing
from clearance.model.dates import day_of
from clearance.model.rule import Rule
from clearance.ownership.attribute import Attribution, attribute
from clearance.ownership.proof.prover import Prover
from clearance.policy.reading.rules import needs_regions, with_regions
from clearance.usecases.verify import verify

pytestmark = pytest.mark.real_data

SOURCES = ("bods04_real", "bods_official/examples", "uk_psc_raw/fixtures")
DAY = day_of("2025-03-01")


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    root = Path(os.environ.get("CLEARANCE_TEST_DATA", "")) / "ownership"
    if not root.is_dir() or not os.environ.get("CLEARANCE_TEST_DATA"):
        pytest.skip("CLEARANCE_TEST_DATA names no folder of published data")
    published = [path for path in (root / "gleif_raw").iterdir() if "-out." not in path.name]
    out = tmp_path_factory.mktemp("registers") / "snapshot"
    referencing.build_reference(out, [root / name for name in SOURCES] + sorted(published))
    return open_folder(out)


@pytest.mark.parametrize("name", rule_ids())
def test_every_party_has_a_valid_proof(name: str, reference: Reference, tmp_path: Path) -> None:
    answer = _answer(load_rule(name), reference)
    ids = list(reference.party_ids())
    proofs = ProofLines([Prover(answer, reference, reference.digest)])
    with ProofFiles(tmp_path, proofs) as files:
        where = [proofs.add(id, index) for index, id in enumerate(ids)]
        files.join(proofs.taken())
    assert answer.reached.any()
    assert b'"unproved"' not in (tmp_path / NAME).read_bytes()
    for id in where[:: max(1, len(where) // 200)] + _reached(answer, where):
        file, _, customer = id.partition("#")
        (found,) = verify(read_proofs(tmp_path / file, customer), reference)
        assert found.checked.flaw == "", (name, answer.rule.readings)


def _reached(answer: Attribution, where: list[str]) -> list[str]:
    """Whoever the rule says something about."""
    told = np.flatnonzero((answer.reached > 0) | (answer.level > 0))
    return [where[index] for index in told.tolist()[:200]]


def _answer(rule: Rule, reference: Reference) -> Attribution:
    """By the region of most companies, or of every eleventh holder where a rule goes by lists."""
    graph = reference.graph
    if needs_regions(rule):
        codes = graph.parties.jurisdiction
        most = int(np.argmax(np.bincount(codes[codes > 0])))
        rule = with_regions(rule, (graph.parties.codes[most],))
        return attribute(graph, rule, DAY, assume_in_force=True)
    holders = np.unique(graph.interests.holder)[::11]
    seeds = None if rule.seeds.everyone else tuple(holders.tolist())
    return attribute(graph, rule, DAY, seeds=seeds, assume_in_force=True)
