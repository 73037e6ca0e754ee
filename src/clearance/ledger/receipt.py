"""Receipts: one entry's place in the log and the proof of it, for whoever holds the entry.

1. A receipt stands alone: with the entry's bytes and the log's key nothing else is needed.
2. Its first lines are the format, extra data if there are, and the entry's index; then come the
   hashes of the proof, an empty line, and the signed checkpoint as the log gave it.
3. Extra data is signed by nobody.

**Source**: C2SP tlog-proof, sections "Format" and "Verifying a tlog proof".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clearance.ledger.base import bytes_of, text_of
from clearance.ledger.checkpoint import Checkpoint, checkpoint, hash_of, number, trusted
from clearance.ledger.keys import Verifier
from clearance.ledger.note import Note, note
from clearance.ledger.tree import leaf_hash
from clearance.ledger.verify import is_included
from clearance.model.errors import InputError, IntegrityError

FORMAT = "c2sp.org/tlog-proof@v1"
_MOST_HASHES = 63
_REMEDY = "give a receipt as 'log prove' writes it"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where an entry is, and what shows it."""

    index: int
    proof: tuple[bytes, ...]
    signed: Note
    extra: bytes = b""

    @property
    def checkpoint(self) -> Checkpoint:
        """What the log said of itself."""
        return checkpoint(self.signed.text)

    @property
    def text(self) -> str:
        """The receipt as a file."""
        return receipt_text(self.index, self.proof, str(self.signed), self.extra)

    def flaw(self, entry: bytes, keys: Sequence[Verifier], witnesses: int = 0) -> str:
        """Why it does not prove that the log holds the entry; empty if it does.

        Args:
            entry: the entry's bytes.
            keys: the log's key, and those of witnesses that are believed.
            witnesses: how many of them must have signed.

        **Cost**: a hash for each level of the tree, and a signature for each key.
        """
        try:
            found = trusted(self.signed, keys, witnesses)
        except IntegrityError as error:
            return error.what
        if not is_included(leaf_hash(entry), self.index, self.proof, found.size, found.root):
            return f"the proof does not lead from the entry to the root at size {found.size}"
        return ""


def receipt_text(index: int, proof: Sequence[bytes], signed: str, extra: bytes = b"") -> str:
    """The text of a receipt, of a signed checkpoint's."""
    said = f"extra {text_of(extra)}\n" if extra else ""
    hashes = "".join([f"{text_of(one)}\n" for one in proof])
    return f"{FORMAT}\n{said}index {index}\n{hashes}\n{signed}"


def receipt(text: str) -> Receipt:
    """The receipt of its text.

    Raises:
        InputError: it is none.
    """
    head, parted, signed = text.partition("\n\n")
    lines = head.split("\n")
    if not parted or lines[0] != FORMAT:
        raise InputError(f"is no receipt of the format {FORMAT}", remedy=_REMEDY)
    extra = _extra(lines.pop(1)) if lines[1:] and lines[1].startswith("extra ") else b""
    if len(lines) < 2 or not lines[1].startswith("index ") or len(lines) > 2 + _MOST_HASHES:
        raise InputError("has no index, or too long a proof", remedy=_REMEDY)
    proof = tuple(hash_of(line) for line in lines[2:])
    found = Receipt(number(lines[1].removeprefix("index ")), proof, note(signed), extra)
    checkpoint(found.signed.text)
    return found


def _extra(line: str) -> bytes:
    data = bytes_of(line.removeprefix("extra "))
    if data is None:
        raise InputError("has extra data that cannot be read", remedy=_REMEDY)
    return data
