"""A folder that appears whole or not at all.

1. Everything is written beside the target, under a hidden name, brought to the disk, and renamed
   when complete.
2. Whether the place can be had is asked before the first byte and again before the renaming.
3. An exception, an interrupt included, removes what was written; what stood there stays.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from clearance.model.errors import InputError, StorageError


@contextmanager
def output_folder(target: Path, ours: Collection[str]) -> Iterator[Path]:
    """A new folder for results; it replaces what an earlier run left there, and nothing else.

    Args:
        target: where the results shall stand.
        ours: file names that an earlier run may have left there.

    Raises:
        StorageError: something else stands there, or the machine cannot write.
    """
    remedy = "free space or choose another --out"
    with whole_folder(target, partial(refuse_if_taken, ours=ours), remedy=remedy) as folder:
        yield folder


@contextmanager
def whole_folder(target: Path, refuse: Callable[[Path], None], *, remedy: str) -> Iterator[Path]:
    """A folder to write into, renamed to ``target`` at the end, in the place of what is there.

    Args:
        target: where the folder shall stand.
        refuse: raises if it must not stand there.
        remedy: what to do where the machine cannot write.

    Raises:
        StorageError: the machine cannot write.
    """
    refuse(target)
    staging = target.with_name(f".{target.name}.part-{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        yield staging
        _settle(staging)
        refuse(target)
        _swap(staging, target)
        _sync(target.parent)
    except OSError as error:
        raise StorageError(
            f"cannot be written: {error.strerror or error}",
            file=str(target),
            remedy=remedy,
        ) from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def settle_ahead(folder: Path) -> None:
    """Have the disk begin with what a folder's files hold so far, and wait for nothing.

    Use this now and then where much is written, so that little is left to bring there at the end.
    """
    if not hasattr(os, "posix_fadvise"):
        return
    for entry in folder.iterdir():
        with entry.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def refuse_if_taken(target: Path, ours: Collection[str]) -> None:
    """Nothing if results can stand there.

    Raises:
        StorageError: something that no screening wrote is in the way.
    """
    around = next((folder for folder in target.parents if folder.exists()), target)
    if not around.is_dir():
        raise StorageError("is no folder", file=str(around), remedy="choose another --out")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise StorageError("is no folder", file=str(target), remedy="choose another --out")
    if target.exists():
        foreign = sorted(entry.name for entry in target.iterdir() if entry.name not in ours)
        if foreign:
            raise StorageError(
                f"holds {foreign[0]!r}, which no screening wrote",
                file=str(target),
                remedy="choose a new or empty folder",
            )


def refuse_within(snapshot: Path, target: Path) -> None:
    """Nothing if results would not stand inside a snapshot.

    Raises:
        InputError: they would.
    """
    if snapshot.resolve() in target.resolve().parents:
        raise InputError(
            "lies in the snapshot, which never changes",
            file=str(target),
            remedy="choose another --out",
        )


def _swap(staging: Path, target: Path) -> None:
    """Put the new folder in the place of the old; the old one survives a failure."""
    if not target.exists():
        staging.rename(target)
        return
    old = target.with_name(f".{target.name}.old-{os.getpid()}")
    target.rename(old)
    try:
        staging.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _settle(folder: Path) -> None:
    """Bring a folder's files to the disk, so that no power cut leaves a name without its bytes."""
    for entry in sorted(folder.iterdir()):
        _sync(entry)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
