"""The proofs file: JSON lines, and an index that finds one customer's without reading the rest.

1. ``proofs.jsonl`` starts with the runs and certificates that later lines cite by digest; then
   comes one line for each customer that has a party, in the portfolio's order.
2. ``proofs.index`` has a line for each of them: the name as a JSON string, a tab, the offset, a
   tab, the length, sorted by bytes.
3. The bytes depend on nothing but the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from pickle import PickleBuffer
from typing import NamedTuple

import orjson

from clearance.adapters.packed import Long
from clearance.model.plain import Json, canonical
from clearance.model.proof import FORMAT, Proof
from clearance.model.proof_json import body_json, digest
from clearance.model.proof_run import run_json
from clearance.ownership.proof.prover import NoProof, Prover

NAME = "proofs.jsonl"
INDEX = "proofs.index"
FILES = (NAME, INDEX)
_PARTY = "\x00party\x00"


class Lines(NamedTuple):
    """Lines one after the other, each with its end, and of whom they are.

    **Shape**: ``lengths`` count the end of the line.
    """

    names: list[bytes]
    lengths: list[int]
    text: Long

    def __reduce__(self) -> tuple[type[Lines], tuple[object, ...]]:
        return Lines, (self.names, self.lengths, PickleBuffer(self.text))


class ProofLines:
    """Proofs in memory, a line each customer.

    **Shape**: ``provers`` one a rule of the policy; each customer's line holds a proof from each.

    **Cost**: some microseconds for a customer whom nothing restricted is near.
    """

    def __init__(self, provers: Sequence[Prover]) -> None:
        self.provers = tuple(provers)
        self.runs = tuple(digest(run_json(prover.run)) for prover in self.provers)
        self._plain = tuple(
            _around(run, prover) for run, prover in zip(self.runs, self.provers, strict=True)
        )
        self._kept: dict[int, bytes] = {}
        self._names: list[bytes] = []
        self._lines: list[bytes] = []

    def add(self, customer: str, party: int) -> str:
        """Prove what every rule says of a party; the address of the customer's proofs."""
        proofs = self._kept.get(party)
        if proofs is None:
            proofs = b",".join(self._proof(at, party) for at in range(len(self.provers)))
            self._kept = {party: proofs}
        name = orjson.dumps(customer)
        self._names.append(name)
        self._lines.append(b'{"customer":%b,"proofs":[%b]}\n' % (name, proofs))
        return address_of(customer)

    def taken(self) -> Lines:
        """Those so far, which are then gone."""
        found = Lines(self._names, [len(line) for line in self._lines], b"".join(self._lines))
        self._names, self._lines = [], []
        return found

    def _proof(self, at: int, party: int) -> bytes:
        prover, run = self.provers[at], self.runs[at]
        id = prover.rows.id(party)
        if prover.is_quiet(party):
            before, after = self._plain[at]
            return b"%b%b%b" % (before, orjson.dumps(id), after)
        try:
            proof = prover.prove(party)
        except NoProof as error:
            return orjson.dumps({"run": run, "party": id, "unproved": str(error)})
        return _body(run, proof)


class ProofFiles:
    """The files of a run's proofs; a context manager."""

    def __init__(self, folder: Path, proofs: ProofLines) -> None:
        self._folder = folder
        self._proofs = proofs
        self._places: list[tuple[bytes, int, int]] = []
        self._offset = 0

    def __enter__(self) -> ProofFiles:
        self._out = (self._folder / NAME).open("wb")
        head = orjson.dumps({"format": FORMAT}) + b"\n"
        self._offset += self._out.write(head)
        for name, prover in zip(self._proofs.runs, self._proofs.provers, strict=True):
            run: Json = {"digest": name, "run": run_json(prover.run)}
            self._entry(name, canonical(run).encode())
            for cited, text in sorted(prover.written.items()):
                self._entry(cited, f'{{"certificate":{text},"digest":"{cited}"}}'.encode())
        return self

    def __exit__(self, *failure: object) -> None:
        self._out.close()
        with (self._folder / INDEX).open("wb") as out:
            for place in sorted(self._places):
                out.write(b"%b\t%d\t%d\n" % place)

    def join(self, lines: Lines) -> None:
        """Lines that were made in memory, after those that are there."""
        for name, length in zip(lines.names, lines.lengths, strict=True):
            self._places.append((name, self._offset, length - 1))
            self._offset += length
        self._out.write(lines.text)

    def _entry(self, name: str, line: bytes) -> None:
        key = orjson.dumps(name)
        if all(key != known for known, _, _ in self._places):
            self.join(Lines([key], [len(line) + 1], line + b"\n"))


def address_of(customer: str) -> str:
    """Where a customer's proofs are found."""
    return f"{NAME}#{customer}"


def _body(run: str, proof: Proof) -> bytes:
    return orjson.dumps({"run": run, **body_json(proof)})


def _around(run: str, prover: Prover) -> tuple[bytes, bytes]:
    """What stands before and after the party's id in the proof of one whom nobody is near."""
    before, _, after = _body(run, prover.quiet(_PARTY)).partition(orjson.dumps(_PARTY))
    return before, after
