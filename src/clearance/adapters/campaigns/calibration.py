"""The last calibration of a log, kept beside it: every later report tells it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

from clearance.model.errors import IntegrityError, StorageError
from clearance.usecases.detect import Calibrated

NAME = "calibration.json"


def keep_calibration(said: Calibrated, log: Path) -> None:
    """Put it beside the log, in place of an earlier one.

    Raises:
        StorageError: the log cannot be written.
    """
    part = log / f".{NAME}.part-{os.getpid()}"
    try:
        part.write_text(json.dumps(asdict(said), indent=1) + "\n", "utf-8")
        part.replace(log / NAME)
    except OSError as error:
        what = str(error.strerror or error)
        raise StorageError(what, file=str(log / NAME), remedy="free space") from None


def kept_calibration(log: Path) -> Calibrated | None:
    """The last one, if there was any.

    Raises:
        IntegrityError: the file is damaged.
    """
    path = log / NAME
    if not path.is_file():
        return None
    try:
        said = json.loads(path.read_text("utf-8"))
        return Calibrated(**{name: int(value) for name, value in said.items()})
    except (ValueError, TypeError, AttributeError):
        raise IntegrityError("the calibration is damaged; calibrate anew", file=str(path)) from None
