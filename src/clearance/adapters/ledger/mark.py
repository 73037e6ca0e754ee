"""The file beside a log that lets one process write it, and outlives that process.

1. Whoever holds the file locked writes the log; the lock ends with the process, however it ends.
2. It counts what was promised before it was stored, so that after a crash the gap is known.
3. It remembers the last checkpoint that left the process: a log that is shorter, or differs, was
   put back, and signing on would contradict what was signed.
4. It survives the process, not the machine: nothing here waits for the disk. After the machine was
   started anew the count is not believed.
"""

from __future__ import annotations

import fcntl
import mmap
import os
from hashlib import sha256
from pathlib import Path
from zlib import crc32

from clearance.adapters.ledger.engine import ONE_WRITER
from clearance.ledger.tree import HASH_BYTES
from clearance.model.errors import StorageError

_MAGIC = b"clrlog1\n"
_PROMISED = slice(8, 16)
_STAMP = slice(16, 16 + 8 + HASH_BYTES)
_CHECK = slice(56, 60)
_BOOT = slice(64, 64 + HASH_BYTES)
_BYTES = 96
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Mark:
    """The lock and the memory beside a log.

    **Shape**: ``promised`` holds one number, the entries that were ever promised before they were
    stored; ``known`` says that there was a mark before, ``counts`` that its number can be believed.

    Args:
        file: where it is; without one nobody is kept out and nothing is remembered.

    Raises:
        StorageError: another process holds it, or it cannot be written.
    """

    def __init__(self, file: Path | None) -> None:
        self.name = str(file or "the mark")
        self.file = str(file or "")
        self._open = -1 if file is None else _locked(file)
        self._held = mmap.mmap(self._open, _BYTES)
        boot = _boot()
        self.known = self._held[: len(_MAGIC)] == _MAGIC
        self.counts = self.known and self._held[_BOOT] == boot
        self._held[: len(_MAGIC)] = _MAGIC
        self._held[_BOOT] = boot
        self.promised = memoryview(self._held)[_PROMISED].cast("Q")

    @property
    def stamped(self) -> tuple[int, bytes] | None:
        """Size and root of the last checkpoint that left the process, if that is known."""
        data = self._held[_STAMP]
        if not self.known or self._held[_CHECK] != _check(data):
            return None
        return int.from_bytes(data[:8], "big"), data[8:]

    def stamp(self, size: int, root: bytes) -> None:
        """Remember a checkpoint."""
        data = size.to_bytes(8, "big") + root
        self._held[_STAMP] = data
        self._held[_CHECK] = _check(data)

    def close(self) -> None:
        """Let others write."""
        self.promised.release()
        self._held.close()
        if self._open >= 0:
            os.close(self._open)


class Promised:
    """The count of promises in a mark that another process holds.

    Args:
        file: the mark; without one the count is its own, and ends with the process.
        begun: where a count of its own begins.
    """

    def __init__(self, file: str, begun: int) -> None:
        opened = os.open(file, os.O_RDWR | os.O_CLOEXEC) if file else -1
        self._held = mmap.mmap(opened, _BYTES)
        self.count = memoryview(self._held)[_PROMISED].cast("Q")
        if file:
            os.close(opened)
        else:
            self.count[0] = begun

    def close(self) -> None:
        """Count no more."""
        self.count.release()
        self._held.close()


def _locked(file: Path) -> int:
    try:
        held = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageError(
            f"cannot be written: {error.strerror}", file=str(file), remedy="check the rights"
        ) from None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(held).st_size != _BYTES:
            os.ftruncate(held, _BYTES)
    except OSError as error:
        os.close(held)
        if isinstance(error, BlockingIOError):
            raise StorageError(
                "the log is written by another process", file=str(file), remedy=ONE_WRITER
            ) from None
        raise StorageError(str(error.strerror), file=str(file), remedy="check the disk") from None
    return held


def _boot() -> bytes:
    """Which start of the machine this is, where the system tells."""
    try:
        return sha256(_BOOT_ID.read_bytes()).digest()
    except OSError:
        return sha256(os.urandom(HASH_BYTES)).digest()


def _check(data: bytes) -> bytes:
    return crc32(data).to_bytes(4, "big")
