"""What can go wrong, and whose fault it is.

    ClearanceError
    ├── InputError       the caller's: a flag, a file, a policy, a customer row      exit 2
    ├── SourceError      the data supplier's: a reference file, a download           exit 3
    ├── StorageError     the machine's: disk, permissions, a folder in the way       exit 4
    └── IntegrityError   nobody's to swallow: a digest, a proof, a log that differs  exit 5

1. A finding is a value; an exception is somebody's fault and its root says whose.
2. A message is one line: what is wrong, where (file, line, field), what to do.
3. Only ``cli`` and ``service`` translate errors, each by one table.
"""

from __future__ import annotations

_QUOTED = 40
"""Characters of what a message quotes."""


class ClearanceError(Exception):
    """Root of every error that Clearance raises on purpose.

    Args:
        what: what is wrong, in one line, without the place.
        file: the file, flag or address it was found in, if any.
        line: one-based line (or record) number inside ``file``.
        field: column, key or path inside the record.
        remedy: what the reader can do about it.
    """

    def __init__(
        self,
        what: str,
        *,
        file: str | None = None,
        line: int | None = None,
        field: str | None = None,
        remedy: str | None = None,
    ) -> None:
        self.what = what
        self.file = file
        self.line = line
        self.field = field
        self.remedy = remedy
        super().__init__(self.message())

    def message(self) -> str:
        """One line: ``file:line: field: what; remedy``, leaving out what is not known."""
        place = self.file or ""
        if self.line is not None:
            place = f"{place}:{self.line}" if place else f"line {self.line}"
        parts = [part for part in (place, self.field, self.what) if part]
        text = ": ".join(parts)
        if self.remedy:
            text = f"{text}; {self.remedy}"
        return " ".join(text.split())


class InputError(ClearanceError):
    """The caller gave something that cannot be used."""


class SourceError(ClearanceError):
    """A supplier's data cannot be read as what it claims to be."""


class StorageError(ClearanceError):
    """The machine could not read or write."""


class IntegrityError(ClearanceError):
    """Stored bytes, a digest or a proof do not agree; never swallowed."""


def shown(text: str) -> str:
    """What was read, as a message quotes it: its end left out where it is long.

    >>> shown("50%"), shown("9" * 5000)
    ("'50%'", "'999999999999999999999999999999999999999…'")
    """
    return repr(text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…")
