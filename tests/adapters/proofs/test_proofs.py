"""Proof files: one line a customer, found by the index, the same bytes every time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.graphs import graph
from tests.ownership.proof_world import WorldRows, prover_of
from tests.reference.world import World
from tests.worlds import DAY

from clearance.adapters.policies.reading import load_rule
from clearance.adapters.proofs.reading import read_proofs
from clearance.adapters.proofs.writing import INDEX, NAME, ProofFiles, ProofLines
from clearance.model.errors import InputError
from clearance.model.proof_json import certificate_json, proof_json
from clearance.usecases.verify import verify

WORLD = World(
    (),
    graph("P -51%-> S; S -60%-> T; Q -40%-> T; P -20%-> N"),
    load_rule("cascade-50"),
    DAY,
    frozenset("P"),
)


def written(folder: Path) -> Path:
    """A proofs file about every party of the world, customers named after them."""
    rows = WorldRows(WORLD)
    proofs = ProofLines([prover_of(WORLD)])
    with ProofFiles(folder, proofs) as files:
        for index, party in enumerate(rows.party_ids()):
            assert proofs.add(f'"{party}"\n', index) == f'{NAME}#"{party}"\n'
            files.join(proofs.taken())
    return folder / NAME


def test_every_customer_is_found_and_valid(tmp_path: Path) -> None:
    path = written(tmp_path)
    for party in WorldRows(WORLD).party_ids():
        (one,) = verify(read_proofs(path, f'"{party}"\n'))
        assert one.checked.valid
        assert one.filed.party == party


def test_the_bytes_are_the_same_every_time(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        path = written(tmp_path / name)
        files.append((path.read_bytes(), path.with_name(INDEX).read_bytes()))
    assert files[0] == files[1]


def test_a_proof_stands_alone_as_one_document(tmp_path: Path) -> None:
    prover = prover_of(WORLD)
    for index in range(len(WORLD.everybody())):
        document = proof_json(prover.prove(index))
        document["certificates"] = {
            name: certificate_json(item) for name, item in prover.certificates.items()
        }
        path = tmp_path / "proof.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        (one,) = verify(read_proofs(path))
        assert one.checked.flaw == ""


def test_an_altered_line_is_invalid(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"share":"51"', b'"share":"45"'))
    (one,) = verify(read_proofs(path, '"T"\n'))
    assert one.checked.flaw == "step 2: 45 % of S held by P is not > 50 %"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no JSON document"),
        (b"[]", "is not an object"),
        (b"{}", "is not the format clearance-proof/1"),
        (b'{"format":"clearance-proof/1"}', "is a proofs file"),
        (b'{"format":"clearance-proof/1","run":3}', "is not an object"),
        (b"\xff\xfe", "is no JSON document"),
    ],
)
def test_what_is_no_proof_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "proof.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_proofs(path)


def test_an_unknown_customer_and_a_missing_index_are_named(tmp_path: Path) -> None:
    path = written(tmp_path)
    with pytest.raises(InputError, match="holds no proof for the customer 'zz'"):
        read_proofs(path, "zz")
    path.with_name(INDEX).unlink()
    with pytest.raises(InputError, match="has no index beside it"):
        read_proofs(path, "zz")
    with pytest.raises(InputError, match="no such file"):
        read_proofs(tmp_path / "nothing.json")
