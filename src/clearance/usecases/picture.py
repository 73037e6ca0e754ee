"""An ownership picture as plain values: boxes, lines and the sum at each step.

1. A picture says what was computed and nothing else; drawing it is an adapter's work.
2. A line goes from holder to subject; its share is written at the holder's end.
3. Lines that are indirect, inferred or attributed are ``dashed``.
4. Boxes and lines have a defined order: the subject first, then as they were reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from clearance.model.party import PartyKind


class Role(StrEnum):
    """What a box is in its picture, told by shape and by colour."""

    RESTRICTED = "restricted"
    REACHED = "reached"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"
    PLAIN = "plain"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Box:
    """One party. ``region`` is where it is run from, marked ``inferred`` where it stands in for
    a headquarters that nobody stated; ``sum`` is the arithmetic of the step that reached it."""

    id: str
    name: str
    kind: PartyKind
    role: Role
    region: str = ""
    inferred: bool = False
    incorporated: str = ""
    sum: str = ""
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One holding: ``share`` as shown (``60 %``, ``25–50 %``, ``?``), ``note`` its kind."""

    holder: str
    subject: str
    share: str
    dashed: bool = False
    note: str = ""
    since: str = ""
    until: str = ""
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """Who owns ``subject``, as far as it matters to the answer.

    **Shape**: every line's ends are boxes; ``title`` is one sentence.
    """

    subject: str
    title: str
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]

    def box(self, id: str) -> Box:
        """The box of that id."""
        return next(box for box in self.boxes if box.id == id)
