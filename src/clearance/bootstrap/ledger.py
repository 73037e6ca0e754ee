"""The log, for whoever keeps it: make it, add to it, erase from it, change its key, move it."""

from __future__ import annotations

import json
from pathlib import Path

from clearance.ledger.entry import Kind
from clearance.ledger.keys import COSIGNATURE, ED25519, Signer, Verifier
from clearance.model.errors import InputError


def keygen(file: Path, name: str, *, witness: bool = False) -> Verifier:
    """Make a key, and a file beside it that may be handed out.

    Raises:
        InputError: the name cannot name a key.
        StorageError: the file is there already.
    """
    from clearance.adapters.ledger.key_file import make_key
    from clearance.adapters.output_file import write_whole

    made = make_key(file, name, COSIGNATURE if witness else ED25519)
    write_whole(file.with_name(f"{file.name}.pub"), made.verifier.text + "\n")
    return made.verifier


def init(place: str, key: Path, mark: Path | None = None) -> Signer:
    """Make an empty log.

    Raises:
        InputError: the key is none.
        StorageError: there is a log already.
    """
    from clearance.adapters.ledger.key_file import read_key
    from clearance.adapters.ledger.writer import create

    signer = read_key(key)
    create(place, signer, mark)
    return signer


def append(
    place: str, key: Path, body: bytes, *, kind: Kind, id: str, mark: Path | None = None
) -> int:
    """Add one entry and wait until it is stored; its index.

    Raises:
        InputError: the body is no JSON, or too large.
        StorageError: the log cannot be written.
    """
    from clearance.adapters.ledger.key_file import read_key
    from clearance.adapters.ledger.writer import LogWriter
    from clearance.adapters.ledger.writing import now
    from clearance.ledger.entry import entry_bytes

    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise InputError("is no JSON", file="BODY", remedy="give one JSON value") from None
    leaf = entry_bytes(kind, id, now(), value)
    with LogWriter.open(place, read_key(key), mark=mark) as log:
        return log.submit(leaf, id).result().index


def erase(
    place: str,
    key: Path,
    why: str,
    *,
    subject: str | None = None,
    id: str | None = None,
    mark: Path | None = None,
) -> int:
    """Forget sealed values, of a subject or of one entry, and say so in the log; how many.

    Raises:
        InputError: nothing is kept of them.
        StorageError: the log cannot be written.
    """
    from clearance.adapters.ledger.key_file import read_key
    from clearance.adapters.ledger.reader import LogReader
    from clearance.adapters.ledger.writer import LogWriter
    from clearance.adapters.ledger.writing import now
    from clearance.usecases.log_acts import erasure

    with LogReader.open(place) as reader:
        found = reader.entry(id) if id is not None else None
        places = [(found.index, one.field) for one in found.sealed] if found else []
        if subject is not None:
            places += reader.store.sealed_of(subject)
    if not places:
        raise InputError(f"keeps nothing sealed of {subject or id!r}", file=place)
    with LogWriter.open(place, read_key(key), mark=mark) as log:
        at = now()
        entry = f"erasure-{at}"
        log.erase(erasure(entry, at, places, why), entry, places).result()
    return len(places)


def rotate(place: str, key: Path, new: Path, mark: Path | None = None) -> str:
    """Let another key sign from now on; the checkpoint that both signed.

    Raises:
        InputError: a key is none, or of another log.
        StorageError: the log cannot be written.
    """
    from clearance.adapters.ledger.key_file import read_key
    from clearance.adapters.ledger.rotating import rotate as use
    from clearance.adapters.ledger.writing import now
    from clearance.usecases.log_acts import rotation

    old, other, at = read_key(key), read_key(new), now()
    id = f"rotation-{at}"
    return use(place, old, other, (id, rotation(id, at, old.verifier, other.verifier)), mark)


def copy(place: str, to: str, *, mark: Path | None = None, new_mark: Path | None = None) -> int:
    """Copy a log to another database; how many entries it has.

    Raises:
        StorageError: it is written, or there is something at the new place.
        IntegrityError: it does not lead to its checkpoint.
    """
    from clearance.adapters.ledger.copying import copy as use

    return use(place, to, mark=mark, new_mark=new_mark)
