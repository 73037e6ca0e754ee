"""Reading proofs back: one document, or one customer out of a proofs file.

Anything that is not of the format is named with its place; nothing read here is believed.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path

import orjson

from clearance.adapters.proofs.writing import INDEX
from clearance.adapters.unreadable import refuse_stream, unreadable
from clearance.model.errors import ClearanceError, InputError
from clearance.model.plain import Fields, Json
from clearance.model.proof import FORMAT, Certificate, Run
from clearance.model.proof_json import certificate_from_json, digest, proof_from_json
from clearance.model.proof_run import run_from_json
from clearance.usecases.verify import Filed

LARGEST = 1 << 30
_REMEDY = "give a proof that Clearance wrote"


def read_proofs(path: Path, customer: str | None = None) -> tuple[Filed, ...]:
    """The proofs of a document, or of one customer of a proofs file (``proofs.jsonl#ID``).

    Raises:
        InputError: there is no such file or customer, or it is not of the format.
    """
    if customer is None and not path.exists():
        path, customer = _addressed(str(path))
    if path.is_dir():
        raise InputError("is a folder", file=str(path), remedy="name the proofs file in it")
    refuse_stream(path)
    if not path.is_file():
        raise InputError("no such file", file=str(path), remedy="name a proof or a proofs file")
    try:
        if customer is None:
            return (_document(path),)
        return tuple(_of_customer(_Lines(path), customer))
    except OSError as error:
        raise unreadable(path, error) from None
    except ClearanceError as error:
        raise type(error)(
            error.what,
            file=error.file or str(path),
            line=error.line,
            field=error.field,
            remedy=error.remedy,
        ) from None


def _addressed(address: str) -> tuple[Path, str | None]:
    """The file and the customer of ``FILE#CUSTOMER``; either may hold a ``#`` of its own."""
    cuts = [at for at, sign in enumerate(address) if sign == "#"]
    at = next((at for at in cuts if Path(address[:at]).is_file()), cuts[0] if cuts else None)
    return (Path(address), None) if at is None else (Path(address[:at]), address[at + 1 :])


def _document(path: Path) -> Filed:
    if path.stat().st_size > LARGEST:
        raise InputError("is too large for one proof", remedy=_REMEDY)
    raw = path.read_bytes()
    value = _parsed(raw)
    proof = proof_from_json(value)
    fields = Fields(value, "proof")
    certificates = fields.raw("certificates")
    found: dict[str, Certificate] = {}
    if certificates is not None:
        held = fields.object("certificates")
        names = certificates if isinstance(certificates, dict) else {}
        found = {name: certificate_from_json(held.object(name)) for name in names}
    return Filed(proof, found, proof.party)


def _parsed(raw: bytes) -> Json:
    try:
        value: Json = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        lines = raw.count(b"\n")
        remedy = "name a customer with --customer" if lines > 1 else _REMEDY
        raise InputError(f"is no JSON document ({error.msg})", remedy=remedy) from None
    if isinstance(value, dict) and value == {"format": FORMAT}:
        raise InputError("is a proofs file", remedy="name a customer with --customer")
    return value


class _Lines:
    """A proofs file and its index."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._index = path.with_name(INDEX)
        if not self._index.is_file() or not self._index.stat().st_size:
            raise InputError("has no index beside it", remedy=f"keep {INDEX} with the proofs file")

    def line(self, name: str) -> Json:
        """The line that the index has for a customer or a digest; ``None`` if there is none."""
        key = orjson.dumps(name) + b"\t"
        with (
            self._index.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held,
        ):
            at = 0 if held[: len(key)] == key else held.find(b"\n" + key) + 1
            if at == 0 and held[: len(key)] != key:
                return None
            end = held.find(b"\n", at)
            numbers = held[at + len(key) : end].split(b"\t")
        with self._path.open("rb") as file:
            try:
                offset, length = (int(number) for number in numbers)
                if not 0 <= offset < offset + length <= self._path.stat().st_size:
                    raise ValueError
            except ValueError:
                what = "does not fit the proofs file"
                raise InputError(what, file=str(self._index), remedy="screen again") from None
            file.seek(offset)
            return _parsed(file.read(length))


def _of_customer(lines: _Lines, customer: str) -> Iterator[Filed]:
    value = lines.line(customer)
    if value is None:
        raise InputError(
            f"holds no proof for the customer {customer!r}",
            remedy="name a customer that was identified",
        )
    line = Fields(value, "line")
    if line.text("customer") != customer:
        raise InputError("the index points elsewhere", remedy="screen again")
    for place, fields in enumerate(line.objects("proofs")):
        party = fields.text("party")
        if fields.has("unproved"):
            yield Filed(None, {}, party, fields.text("unproved"))
            continue
        run = _run(lines, fields.text("run"))
        body = line.items("proofs")[place]
        proof = proof_from_json(
            {name: item for name, item in body.items() if name != "run"}
            if isinstance(body, dict)
            else body,
            run,
        )
        cited = {name for argument in proof.arguments for name in argument.cites}
        yield Filed(proof, dict(_certificates(lines, cited)), party)


def _run(lines: _Lines, name: str) -> Run:
    value = lines.line(name)
    if value is None:
        raise InputError(f"names the run {name[:19]}, which is not there", remedy=_REMEDY)
    fields = Fields(value, "run")
    if digest(fields.raw("run")) != name:
        raise InputError("holds a run whose digest differs", remedy=_REMEDY)
    return run_from_json(fields.object("run"))


def _certificates(lines: _Lines, cited: set[str]) -> Iterator[tuple[str, Certificate]]:
    for name in sorted(cited):
        value = lines.line(name)
        if value is not None:
            yield name, certificate_from_json(Fields(value, "line").object("certificate"))
