"""Asking a witness to sign the log's checkpoint.

The witness says how far it has seen the log; it gets the proof from there on, and answers with its
signature.

**Source**: C2SP tlog-witness, section "add-checkpoint".
"""

from __future__ import annotations

from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from clearance.adapters.ledger.reader import LogReader
from clearance.ledger.base import text_of
from clearance.ledger.checkpoint import checkpoint, number
from clearance.ledger.note import Note, note, signatures
from clearance.ledger.proofs import consistency
from clearance.model.errors import InputError, IntegrityError, StorageError

_SECONDS = 20
_MOST_BYTES = 65_536
_CONFLICT = 409


def ask(url: str, reader: LogReader) -> Note:
    """The log's checkpoint with what the witness signed below it; nobody has checked that yet.

    Args:
        url: the witness's submission prefix, http or https.

    Raises:
        InputError: it is no such URL.
        StorageError: the witness cannot be reached, or refuses.
        IntegrityError: the witness has seen more of this log than there is.
    """
    if not url.startswith(("http://", "https://")):
        raise InputError(f"{url!r} is no http or https URL")
    signed = note(reader.checkpoint())
    size = checkpoint(signed.text).size
    old = 0
    for _ in range(2):
        proof = consistency(old, size, reader.nodes(size))
        status, answer = _post(f"{url.rstrip('/')}/add-checkpoint", _request(old, proof, signed))
        if status != _CONFLICT:
            return signed.with_others(signatures(answer))
        old = number(answer.strip())
        if old > size:
            raise IntegrityError(f"the witness has seen {old} entries, the log has {size}")
    raise StorageError("the witness goes on meanwhile; ask again", file=url)


def _request(old: int, proof: list[bytes], signed: Note) -> bytes:
    return "".join(
        [f"old {old}\n", *(f"{text_of(one)}\n" for one in proof), f"\n{signed}"]
    ).encode()


def _post(url: str, body: bytes) -> tuple[int, str]:
    try:
        return _answer(url, body)
    except (OSError, HTTPException, UnicodeDecodeError) as error:
        raise StorageError(f"cannot be asked: {error}", file=url) from None


def _answer(url: str, body: bytes) -> tuple[int, str]:
    try:
        with urlopen(Request(url, body, method="POST"), timeout=_SECONDS) as answer:  # noqa: S310 -- the scheme was checked
            return 200, answer.read(_MOST_BYTES).decode()
    except HTTPError as error:
        if error.code == _CONFLICT:
            return _CONFLICT, error.read(_MOST_BYTES).decode("utf-8", "replace")
        raise StorageError(f"the witness answers {error.code}", file=url) from None
