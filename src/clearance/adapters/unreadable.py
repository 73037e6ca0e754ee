"""What is said where the machine cannot read a file that is there."""

from __future__ import annotations

from clearance.model.errors import StorageError


def unreadable(file: object, error: OSError) -> StorageError:
    """The error to raise about a file that the system refuses to open or to read.

    >>> unreadable("p.csv", PermissionError(13, "Permission denied")).message()
    'p.csv: cannot be read: permission denied; check its rights and the disk'
    """
    why = str(error.strerror or error)
    return StorageError(
        f"cannot be read: {why[:1].lower()}{why[1:]}",
        file=str(file),
        remedy="check its rights and the disk",
    )
