"""Checkpoints: what a log says it holds, signed.

1. The first three lines are origin, tree size and root hash; further lines are kept unread.
2. A number is written the one way there is: no sign, no leading zero.

**Source**: C2SP tlog-checkpoint, section "Note text".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clearance.ledger.base import bytes_of, text_of
from clearance.ledger.keys import COSIGNATURE, Signer, Verifier
from clearance.ledger.note import Note, signed
from clearance.ledger.tree import HASH_BYTES
from clearance.model.errors import InputError, IntegrityError, shown

_REMEDY = "give a checkpoint: origin, tree size, root hash, signatures"
_MOST_DIGITS = 19


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Origin, size and root of a log's tree at one moment."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What is signed.

        >>> Checkpoint("example.org/log", 0, bytes(32)).text.splitlines()[:2]
        ['example.org/log', '0']
        """
        lines = (self.origin, str(self.size), text_of(self.root), *self.extensions)
        return "\n".join(lines) + "\n"

    def signed(self, *signers: Signer) -> Note:
        """The checkpoint as a signed note."""
        return signed(self.text, *signers)


def checkpoint(text: str) -> Checkpoint:
    """The checkpoint of a note's text; its signatures are another question.

    Raises:
        InputError: it is none.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise InputError("is no checkpoint", remedy=_REMEDY)
    origin, size, root, *extensions = lines[:-1]
    return Checkpoint(origin, number(size), hash_of(root), tuple(extensions))


def trusted(signed: Note, keys: Sequence[Verifier], witnesses: int = 0) -> Checkpoint:
    """The checkpoint of a note that the log has signed, and enough witnesses with it.

    Args:
        signed: a signed checkpoint.
        keys: the log's key, named as its origin, and those of witnesses that are believed.
        witnesses: how many of them must have signed.

    Raises:
        InputError: it is no checkpoint.
        IntegrityError: the log did not sign it, witnesses are missing, a signature does not hold.
    """
    found = checkpoint(signed.text)
    by = signed.signed_by(keys)
    if not any(key.type != COSIGNATURE and key.name == found.origin for key in by):
        names = ", ".join(one.name for one in signed.signatures)
        raise IntegrityError(
            f"the checkpoint of {found.origin} is signed by no key of that log, but by {names}"
        )
    seen = len({key.public for key in by if key.type == COSIGNATURE})
    if seen < witnesses:
        raise IntegrityError(f"{seen} of {witnesses} witnesses signed the checkpoint")
    return found


def number(text: str) -> int:
    """A number of leaves, or a leaf's index.

    Raises:
        InputError: it is none, or not written the one way.
    """
    if not (text.isascii() and text.isdigit()) or len(text) > _MOST_DIGITS:
        raise InputError(f"{shown(text)} is no number", remedy=_REMEDY)
    if text != str(int(text)):
        raise InputError(f"{text!r} has a leading zero", remedy=_REMEDY)
    return int(text)


def hash_of(text: str) -> bytes:
    """The hash that was written.

    Raises:
        InputError: it is none.
    """
    value = bytes_of(text)
    if value is None or len(value) != HASH_BYTES:
        raise InputError(f"{shown(text)} is no hash", remedy=_REMEDY)
    return value
