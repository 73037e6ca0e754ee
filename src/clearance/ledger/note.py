"""Signed notes: a text, and below it who signed it.

1. The text ends in a newline; an empty line parts it from signatures; each is a line of its own.
2. Signatures of keys that nobody asked about are kept and not judged.
3. A known key's signature that does not hold spoils the note, whoever else signed.

**Source**: C2SP signed-note, section "Format" and "Signatures".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clearance.ledger.base import bytes_of, text_of
from clearance.ledger.keys import Signer, Verifier
from clearance.model.errors import InputError, IntegrityError

MOST_SIGNATURES = 100
_ID_BYTES = 4
_LINE = re.compile(r"— ([^ +\s]+) (\S+)")
_REMEDY = "give a signed note: a text, an empty line, signatures"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, with which of its keys, and the signature."""

    name: str
    id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        """As it stands below the text."""
        return f"— {self.name} {text_of(self.id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and its signatures, in the order they stand."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(one.line for one in self.signatures)

    def with_others(self, signatures: Iterable[Signature]) -> Note:
        """The note with what others signed below; a key signs once, and the last word counts."""
        kept = {(one.name, one.id): one for one in (*self.signatures, *signatures)}
        return Note(self.text, tuple(kept.values()))

    def signed_by(self, verifiers: Sequence[Verifier]) -> tuple[Verifier, ...]:
        """Those of the keys that signed.

        Raises:
            IntegrityError: a signature of theirs does not hold.
        """
        known = {(one.name, one.id): one for one in verifiers}
        found = []
        for one in self.signatures:
            key = known.get((one.name, one.id))
            if key is None:
                continue
            if not key.is_by(one.signature, self.text):
                raise IntegrityError(f"the signature of {one.name} does not hold")
            found.append(key)
        return tuple(found)


def signed(text: str, *signers: Signer) -> Note:
    """A text, signed."""
    return Note(
        text, tuple(Signature(one.name, one.verifier.id, one.sign(text)) for one in signers)
    )


def note(data: str) -> Note:
    """The note of its text.

    Raises:
        InputError: it is none.
    """
    text, parted, lines = data.rpartition("\n\n")
    if not parted or not lines.endswith("\n") or any(char < " " and char != "\n" for char in data):
        raise InputError("is no signed note", remedy=_REMEDY)
    signatures = tuple(_signature(line) for line in lines[:-1].split("\n"))
    if len(signatures) > MOST_SIGNATURES:
        raise InputError(f"has more than {MOST_SIGNATURES} signatures", remedy=_REMEDY)
    return Note(f"{text}\n", signatures)


def signatures(lines: str) -> tuple[Signature, ...]:
    """Signature lines without a text, as a witness answers.

    Raises:
        InputError: a line is none.
    """
    return tuple(_signature(line) for line in lines.splitlines())


def _signature(line: str) -> Signature:
    found = _LINE.fullmatch(line)
    data = bytes_of(found[2]) if found else None
    if found is None or data is None or len(data) <= _ID_BYTES:
        raise InputError("has a line that is no signature", remedy=_REMEDY)
    return Signature(found[1], data[:_ID_BYTES], data[_ID_BYTES:])
