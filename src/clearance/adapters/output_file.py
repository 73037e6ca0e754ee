"""A file that appears whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from clearance.model.errors import StorageError


def write_whole(file: Path, content: str | bytes) -> None:
    """Write beside the place and rename; what stood there is replaced.

    Raises:
        StorageError: the disk refuses.
    """
    staging = file.with_name(f".{file.name}.part-{os.getpid()}")
    try:
        staging.write_bytes(content.encode() if isinstance(content, str) else content)
        staging.replace(file)
    except OSError as error:
        raise StorageError(
            f"cannot be written: {error.strerror or error}",
            file=str(file),
            remedy="check the place and the disk",
        ) from None
    finally:
        staging.unlink(missing_ok=True)
