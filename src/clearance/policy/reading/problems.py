"""What is wrong in a document, each mistake with its line.

1. A mistake never stops the reading: it is noted and a stand-in is used, so that one run of
   ``policy check`` shows them all.
2. A document with problems is never used.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from clearance.model.errors import InputError
from clearance.policy.reading.located import Located, Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in a file: where, what, and what to do about it."""

    file: str
    line: int
    field: str
    what: str
    remedy: str

    def error(self) -> InputError:
        """The same as an exception; its text is the one line to print."""
        return InputError(
            self.what, file=self.file, line=self.line, field=self.field, remedy=self.remedy
        )


@dataclass(slots=True)
class Sheet:
    """A document under reading, and what was wrong in it so far."""

    file: str
    document: Located
    problems: list[Problem] = field(default_factory=list)

    def note(self, path: Path, what: str, remedy: str) -> None:
        """Remember a mistake at ``path``."""
        line = self.document.line(path)
        self.problems.append(Problem(self.file, line, name_of(path), what, remedy))


def name_of(path: Path) -> str:
    """A path as people write it.

    >>> name_of(("ownership", 0, "rule"))
    'ownership[1].rule'
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text
