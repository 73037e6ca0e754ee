"""The log, for whoever checks it: verify it, prove an entry, check a receipt, hand out files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.source import FiledLog, log_files
from clearance.ledger.checkpoint import Checkpoint
from clearance.ledger.entry import Entry
from clearance.ledger.keys import Verifier, verifier
from clearance.ledger.note import Note, note
from clearance.model.errors import InputError, StorageError
from clearance.usecases.log_findings import LogFindings

ENTRY = ".entry"
RECEIPT = ".tlog-proof"
SEALED = ".sealed.json"


@dataclass(frozen=True, slots=True)
class Proved:
    """What was written of an entry: its bytes, its receipt, and sealed values if asked for."""

    index: int
    size: int
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of a receipt: where the entry is, what it says, and why not, if not."""

    index: int
    checkpoint: Checkpoint
    entry: Entry
    flaw: str


def verify(
    place: str, keys: Sequence[str], *, earlier: Path | None = None, witnesses: int = 0
) -> LogFindings:
    """Check a whole log: a database, a folder of tiles, or a URL of tiles.

    Args:
        keys: the log's key and those of witnesses, as texts or files.
        earlier: a checkpoint that was kept.
        witnesses: how many of them must have signed.

    Raises:
        InputError: a key or the earlier checkpoint is none.
        StorageError: there is no log.
    """
    from clearance.adapters.ledger.kept import StoreKept
    from clearance.usecases.verify_log import verify_log

    known = [key_of(one) for one in keys]
    before = note(_text(earlier)) if earlier is not None else None
    with opened(place) as log:
        log.checkpoint()
        kept = StoreKept(log.store) if isinstance(log, LogReader) else None
        return verify_log(log, known, kept, earlier=before, witnesses=witnesses)


def prove(
    place: str, id: str, out: Path, *, disclose: bool = False, witnessed: bool = False
) -> Proved:
    """Write an entry and its receipt, and if it is asked the values that it seals.

    Args:
        witnessed: prove it under a checkpoint that a witness signed.

    Raises:
        InputError: the log has no such entry, or no witness has seen it.
        StorageError: there is no log, or the folder cannot be written.
    """
    from clearance.adapters.output_file import write_whole

    with LogReader.open(place) as reader:
        found = reader.entry(id)
        if found is None:
            raise InputError(f"the log has no entry {id!r}", file=place)
        receipt = reader.receipt(found.index, reader.witnessed(found.index) if witnessed else None)
    texts = {ENTRY: found.leaf.decode(), RECEIPT: receipt.text}
    if disclose:
        sealed = {
            one.field: {"salt": one.salt.hex(), "subject": one.subject, "value": one.value}
            for one in found.sealed
        }
        texts[SEALED] = json.dumps(sealed, indent=1, sort_keys=True) + "\n"
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"cannot be made: {error.strerror}", file=str(out)) from None
    files = {suffix: out / f"{quote(id, safe='')}{suffix}" for suffix in texts}
    for suffix, file in files.items():
        write_whole(file, texts[suffix])
    return Proved(found.index, receipt.checkpoint.size, tuple(files.values()))


def check(
    receipt: Path,
    entry: Path,
    keys: Sequence[str],
    *,
    sealed: Path | None = None,
    witnesses: int = 0,
) -> Checked:
    """Check that a log holds an entry, with nothing but its receipt and the log's key.

    Args:
        sealed: values that were disclosed with it.

    Raises:
        InputError: a file is not what it should be.
        StorageError: a file cannot be read.
    """
    from clearance.ledger import entry as entries
    from clearance.ledger import receipt as receipts

    proof = receipts.receipt(_text(receipt))
    leaf = _bytes(entry)
    said = entries.entry(leaf)
    flaw = proof.flaw(leaf, [key_of(one) for one in keys], witnesses)
    if not flaw and sealed is not None:
        flaw = _disclosed(said, sealed)
    return Checked(proof.index, proof.checkpoint, said, flaw)


def export(place: str, folder: Path) -> Checkpoint:
    """Write a log's tiles and checkpoint as files that any web server can offer.

    Raises:
        StorageError: there is no log, or the folder cannot be written.
        IntegrityError: a tile is missing, or the folder holds what this log does not.
    """
    from clearance.adapters.ledger.export import export as use

    with LogReader.open(place) as reader:
        return use(reader, folder)


def witness(place: str, keys: Sequence[str], state: Path, key: Path | None = None) -> Note:
    """Look whether a log has only grown since it was looked at last, and remember what was seen.

    Args:
        place: a folder or URL of tiles, or a database.
        keys: the log's key, text or file.
        state: the file that remembers the last checkpoint.
        key: the witness's key, to sign what was seen.

    Raises:
        InputError: a key or the state is none.
        StorageError: the log cannot be read, or the state cannot be written.
        IntegrityError: the log was rewritten, or is not signed by its key.
    """
    from clearance.adapters.ledger.key_file import read_key
    from clearance.adapters.output_file import write_whole
    from clearance.bootstrap.days import seconds
    from clearance.usecases.witness_log import cosigned, grown

    before = note(_text(state)) if state.exists() else None
    with opened(place) as log:
        found = grown(log, [key_of(one) for one in keys], before)
    if key is not None:
        found = cosigned(found, read_key(key), seconds())
    write_whole(state, str(found))
    return found


def cosign(
    place: str, keys: Sequence[str], *, signed: Path | None = None, ask: str | None = None
) -> Checkpoint:
    """Keep a checkpoint that witnesses signed, so that receipts can be given under it.

    Args:
        keys: the witnesses' keys, texts or files; one of them at least must have signed.
        signed: the checkpoint as a witness returned it.
        ask: without it, the URL of a witness to ask.

    Raises:
        InputError: it is no checkpoint.
        StorageError: the witness cannot be reached, or refuses.
        IntegrityError: it is not of this log, or no witness of these signed it.
    """
    from clearance.adapters.ledger.cosigning import keep
    from clearance.adapters.ledger.witnessing import ask as use

    if signed is not None:
        found = note(_text(signed))
    else:
        with LogReader.open(place) as reader, reader.steady():
            found = use(ask or "", reader)
    return keep(place, found, [key_of(one) for one in keys])


@contextmanager
def opened(place: str) -> Iterator[FiledLog | LogReader]:
    """A log to be read as it is at one moment: a database, a folder of tiles, or a URL of tiles.

    Raises:
        StorageError: there is none.
    """

    files = log_files(place)
    if files is not None:
        yield FiledLog(files)
        return
    with LogReader.open(place) as reader, reader.steady():
        yield reader


def key_of(text: str) -> Verifier:
    """A verifier key, as its text or as a file that holds it.

    Raises:
        InputError: it is neither.
    """
    return verifier(_text(Path(text)) if "+" not in text else text)


def _disclosed(said: Entry, file: Path) -> str:
    """Why disclosed values are not those that the entry seals; empty if they are."""
    from clearance.ledger.entry import Sealed
    from clearance.model.plain import Fields

    try:
        values = Fields(json.loads(_text(file)), "sealed")
        for field, digest in said.sealed.items():
            if not values.has(field):
                continue
            one = values.object(field)
            salt = bytes.fromhex(one.text("salt"))
            if Sealed(field, salt, one.text("value"), one.text("subject")).digest != digest:
                return f"the {field} that was disclosed is not the one that was sealed"
        values.done()
    except ValueError:
        raise InputError("holds no disclosed values", file=str(file)) from None
    return ""


def _text(file: Path) -> str:
    try:
        return _bytes(file).decode()
    except UnicodeDecodeError:
        raise InputError("is no text", file=str(file)) from None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=str(file)) from None
