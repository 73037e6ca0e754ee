"""What the process that makes entries and the process that writes them say to each other.

**Shape**: frames in a pipe: four bytes of length, most significant first, and MessagePack.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO, TypeAlias, TypeVar

import msgspec

from clearance.adapters.ledger.opening import Found
from clearance.adapters.ledger.store import Logged, Row
from clearance.model.errors import (
    ClearanceError,
    InputError,
    IntegrityError,
    SourceError,
    StorageError,
)

T = TypeVar("T")

_LENGTH_BYTES = 4
_ERRORS = {one.__name__: one for one in (InputError, SourceError, StorageError, IntegrityError)}


class Open(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Take up the log at a place, with the key in a file; ``mark`` is a file, empty for none."""

    place: str
    key: str
    mark: str
    bound: int
    pause: float


class Rows(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Entries to be stored, in their order."""

    rows: Sequence[Row]


class Close(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Nothing more comes: store what waits, and end in order."""


class Fault(msgspec.Struct, frozen=True, array_like=True):
    """An error of the other process."""

    kind: str
    what: str
    file: str | None
    field: str | None
    remedy: str | None

    @property
    def error(self) -> ClearanceError:
        """The error, as if it were this process's."""
        kind = _ERRORS.get(self.kind, StorageError)
        return kind(self.what, file=self.file, field=self.field, remedy=self.remedy)


class Ready(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """The log is taken up; ``mark`` is the file in which promises are counted, empty for none.

    **Shape**: ``buffered`` are the promises that were kept so far.
    """

    found: Found
    size: int
    checkpoint: str
    buffered: int
    mark: str


class Stored(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """So many more entries are stored; receipts of those that are waited for, by ticket."""

    count: int
    size: int
    checkpoint: str
    buffered: int
    answers: Sequence[tuple[int, Logged]]


class Failed(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Entries that are waited for are not stored; ``dropped`` of them were given up for good."""

    fault: Fault
    tickets: Sequence[int]
    dropped: int


class Ended(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Nothing is written any more, in order or for a reason."""

    fault: Fault | None


Order: TypeAlias = Open | Rows | Close
Report: TypeAlias = Ready | Stored | Failed | Ended

_encode_into = msgspec.msgpack.Encoder().encode_into
order = msgspec.msgpack.Decoder(Order).decode
report = msgspec.msgpack.Decoder(Report).decode


def fault(error: ClearanceError) -> Fault:
    """An error as it is told to the other process."""
    return Fault(type(error).__name__, error.what, error.file, error.field, error.remedy)


def framed(frame: Order | Report) -> bytearray:
    """The bytes of one frame."""
    data = bytearray(_LENGTH_BYTES)
    _encode_into(frame, data, _LENGTH_BYTES)
    data[:_LENGTH_BYTES] = (len(data) - _LENGTH_BYTES).to_bytes(_LENGTH_BYTES, "big")
    return data


def send(to: BinaryIO, frame: Order | Report) -> None:
    """Send one frame, however long that takes.

    Raises:
        OSError: nobody is there any more.
    """
    to.write(framed(frame))
    to.flush()


def receive(of: BinaryIO, decode: Callable[[bytes], T]) -> T | None:
    """The next frame, or ``None`` where there is no whole one any more."""
    try:
        size = int.from_bytes(of.read(_LENGTH_BYTES), "big")
        data = of.read(size)
    except OSError:
        return None
    return decode(data) if size and len(data) == size else None
