"""What is said where the machine cannot read a file that is there, or not as often as it must."""

from __future__ import annotations

from pathlib import Path

from clearance.model.errors import InputError, StorageError


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


def refuse_stream(path: Path) -> None:
    """Refuse a pipe or a device: what is recognised by its content is opened more than once.

    Raises:
        InputError: the path is there, and neither a file nor a folder.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise InputError(
            "is a pipe or a device, which can be read once only",
            file=str(path),
            remedy="write it to a file first",
        )
