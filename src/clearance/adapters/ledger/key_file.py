"""Keys as files: one line, for the owner's eyes only."""

from __future__ import annotations

import os
from pathlib import Path

from clearance.ledger.keys import ED25519, Signer, signer
from clearance.model.errors import InputError, StorageError

_SECRET_BYTES = 32


def make_key(file: Path, name: str, type: int = ED25519) -> Signer:
    """A new key in a file that nobody else may read.

    Raises:
        InputError: the name cannot name a key.
        StorageError: the file is there already, or cannot be written.
    """
    made = Signer(name, os.urandom(_SECRET_BYTES), type)
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w") as out:
            out.write(made.text + "\n")
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise StorageError(
            f"cannot be written: {error.strerror}", file=str(file), remedy="choose another place"
        ) from None
    return made


def read_key(file: Path) -> Signer:
    """The key of a file.

    Raises:
        InputError: it holds none.
        StorageError: it cannot be read.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise StorageError(
            f"cannot be read: {why}", file=str(file), remedy="make a key with 'log keygen'"
        ) from None
    try:
        return signer(text)
    except InputError as error:
        raise InputError(error.what, file=str(file), remedy=error.remedy) from None
