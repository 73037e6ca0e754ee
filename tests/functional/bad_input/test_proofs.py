"""Bad input to ``verify``: proofs that were cut, moved, mended or mixed up."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from tests.functional.bad_input.saying import VERIFY, Run, one_clear_line, refused

REMEDIES = ("screen again", "keep proofs.index", "proof")


def test_the_proof_of_this_world_is_valid(screened: Path, run: Run) -> None:
    said = run(*VERIFY)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("valid: S is certain")


def test_a_proofs_file_without_its_index_is_told(screened: Path, run: Run) -> None:
    (screened / "answers" / "proofs.index").unlink()
    refused(run, VERIFY, 2, ("proofs.jsonl", "no index", "keep proofs.index"))


@pytest.mark.parametrize(
    "index",
    [
        b"",
        b"nonsense\n",
        b'"C1"\t999999999\t10\n',
        b'"C1"\t-5\t10\n',
        b'"C1"\t0\t-1\n',
        b'"C1"\t99999999999999999999999\t10\n',
        b'"C1"\t0\t99999999999999999\n',
        b'"C1"\t1.5\t10\n',
        b'"C1"\t1\t2\t3\n',
        b"\xff\xfe\0\n",
    ],
)
def test_an_index_of_something_else_is_told(screened: Path, run: Run, index: bytes) -> None:
    (screened / "answers" / "proofs.index").write_bytes(index)
    refused(run, VERIFY, 2, ("answers/proofs",))


def test_a_proof_of_another_snapshot_is_invalid(screened: Path, run: Run) -> None:
    (screened / "interests.csv").write_text("interested_party,subject,share\nP,S,52\n")
    assert run("reference", "build", "other", "parties.csv", "interests.csv").code == 0
    said = run(*VERIFY[:3], "other")
    assert (said.code, said.err) == (1, "")
    assert "invalid: the proof speaks of" in said.out


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.99])
def test_a_proofs_file_that_was_cut_off_is_told(screened: Path, run: Run, share: float) -> None:
    file = screened / "answers" / "proofs.jsonl"
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    refused(run, VERIFY, 2, ("answers/proofs",))


def test_no_flipped_byte_of_a_proof_ends_in_a_traceback(screened: Path, run: Run) -> None:
    file = screened / "answers" / "proofs.jsonl"
    content, chance = file.read_bytes(), random.Random(1)
    for _ in range(50):
        broken = bytearray(content)
        broken[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        file.write_bytes(broken)
        said = run(*VERIFY)
        assert said.code in (0, 1, 2)
        assert said.code < 2 or one_clear_line(said.err, ())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"5",
        b"null",
        b"[]",
        b"{}",
        b'{"format":',
        b'{"format":NaN}',
        b"[" * 100_000,
        b'{"format":' + b"9" * 5000 + b"}",
        b"\xff\xfe{\0}\0",
        b'{"format":"clearance-proof/9"}',
    ],
)
def test_a_document_that_is_no_proof_is_told(screened: Path, run: Run, content: bytes) -> None:
    (screened / "one.json").write_bytes(content)
    refused(run, ("verify", "one.json"), 2, ("one.json",))


def test_a_customer_whose_id_looks_like_a_path_is_found(screened: Path, run: Run) -> None:
    shutil.copytree(screened / "answers", screened / "a#b")
    said = run("verify", "a#b/proofs.jsonl#C1")
    assert (said.code, said.err) == (0, "")
