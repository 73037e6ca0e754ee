"""An ingested log on disk: one folder a day, a manifest, the key beside it.

    LOG/log.json                    format, fingerprint of the key, sources, counts
    LOG/key                         sixteen secret bytes, readable by the owner; never share it
    LOG/calibration.json            what the same settings flagged on permuted copies, if asked
    LOG/rejects.jsonl               what could not be used, by source and line
    LOG/day=2026-01-05/rows.parquet, accounts.parquet and the digest's tables

1. A day is replaced whole. What a later source adds to an earlier day is merged into that day.
2. Rows are in order of account, time and row hash; equal rows stand once.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from clearance.campaigns.sketch.siphash import UInt64
from clearance.model.dates import day_of, text_of_day
from clearance.model.errors import InputError, IntegrityError, StorageError

FORMAT = 3
MANIFEST = "log.json"
KEY = "key"
REJECTS = "rejects.jsonl"
_DAY = "day="


def day_folder(log: Path, day: int) -> Path:
    """Where a day's partition stands."""
    return log / f"{_DAY}{text_of_day(day)}"


def days_of(log: Path) -> tuple[int, ...]:
    """The days of a log, ascending.

    Raises:
        InputError: the folder is no ingested log.
    """
    manifest_of(log)
    return tuple(
        sorted(day_of(one.name.removeprefix(_DAY)) for one in log.glob(f"{_DAY}????-??-??"))
    )


def stored(path: Path, columns: list[str] | None = None) -> pa.Table:
    """A table of a day, or some of its columns.

    Raises:
        IntegrityError: it cannot be read.
    """
    try:
        return pyarrow.parquet.read_table(path, columns=columns)
    except (pa.ArrowException, OSError):
        remedy = "take its day away and ingest it anew"
        raise IntegrityError("the table is damaged", file=str(path), remedy=remedy) from None


def manifest_of(log: Path) -> Mapping[str, object]:
    """What the log says of itself.

    Raises:
        InputError: the folder is no ingested log.
        IntegrityError: its manifest cannot be read.
    """
    path = log / MANIFEST
    if not path.is_file():
        raise InputError("is no ingested log", file=str(log), remedy="run 'campaigns ingest' first")
    try:
        said = json.loads(path.read_text("utf-8"))
    except ValueError:
        raise IntegrityError("the manifest is damaged", file=str(path)) from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise InputError("is a log of another format", file=str(log), remedy="ingest it anew")
    return said


def key_of(log: Path, given: Path | None) -> tuple[bytes, UInt64]:
    """The log's key: the given file's, the one that stands there, or a new one.

    Raises:
        InputError: the given key is too short, or is not the key of this log.
        StorageError: the key cannot be written.
    """
    place = log / KEY
    if given is not None:
        secret = _read(given)
    elif place.is_file():
        secret = _read(place)
    elif (log / MANIFEST).is_file():
        raise InputError("the key is missing", file=str(place), remedy="give it with --key")
    else:
        secret = secrets.token_bytes(16)
    stated = manifest_of(log).get("key") if (log / MANIFEST).is_file() else fingerprint(secret)
    if stated != fingerprint(secret):
        raise InputError(
            "is not the key of this log", file=str(given or place), remedy="give the first key"
        )
    return secret, np.frombuffer(secret, np.dtype("<u8")).astype(np.uint64)


def _read(path: Path) -> bytes:
    try:
        secret = path.read_bytes()
    except OSError:
        raise InputError("the key cannot be read", file=str(path), remedy="check path") from None
    if len(secret) != 16:
        raise InputError("a key has 16 bytes", file=str(path), remedy="use 'openssl rand 16'")
    return secret


def fingerprint(secret: bytes) -> str:
    """What tells keys apart and shows nothing of them."""
    import hashlib

    return hashlib.blake2b(secret, digest_size=8, person=b"clearance-key").hexdigest()


def write_key(folder: Path, secret: bytes) -> None:
    """Put the key into a log's folder, for its owner's eyes."""
    handle = os.open(folder / KEY, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secret)


def refuse_foreign(log: Path) -> None:
    """Nothing if a log stands there or can.

    Raises:
        StorageError: something else is in the way.
    """
    if log.exists() and not log.is_dir():
        raise StorageError("is no folder", file=str(log), remedy="choose another")
    if log.is_dir() and not (log / MANIFEST).is_file() and any(log.iterdir()):
        raise StorageError(
            "holds files that are no log's", file=str(log), remedy="choose a new or empty folder"
        )


def put(staging: Path, log: Path) -> None:
    """Move finished days from a staging folder into the log, one whole day after another."""
    log.mkdir(parents=True, exist_ok=True)
    for entry in sorted(staging.iterdir(), key=lambda one: one.name == MANIFEST):
        target = log / entry.name
        if entry.is_dir() and target.exists():
            old = log / f".{entry.name}.old"
            shutil.rmtree(old, ignore_errors=True)
            target.rename(old)
            entry.rename(target)
            shutil.rmtree(old, ignore_errors=True)
        else:
            entry.replace(target)
