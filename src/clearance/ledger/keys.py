"""Keys that sign notes: Ed25519, with the name of whoever signs.

1. A key's id is derived from name, type and public key, so one key may serve two purposes under two
   ids.
2. A cosignature covers the time at which the witness saw the checkpoint.

**Source**: C2SP signed-note, sections "Signatures" and "Verifier keys"; C2SP tlog-cosignature; the
text of a private key is that of golang.org/x/mod/sumdb/note.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from clearance.ledger.base import bytes_of, text_of
from clearance.model.errors import InputError

ED25519 = 1
COSIGNATURE = 4
_PRIVATE = "PRIVATE+KEY+"
_STAMP_BYTES = 8
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key, and under which name it signs what."""

    name: str
    type: int
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return _id(self.name, self.type, self.public)

    @property
    def text(self) -> str:
        """The key as it is handed out."""
        return f"{self.name}+{self.id.hex()}+{text_of(bytes([self.type]) + self.public)}"

    def is_by(self, signature: bytes, text: str) -> bool:
        """Did the holder of the key sign that text?

        **Cost**: 100 microseconds.
        """
        message = text.encode()
        if self.type == COSIGNATURE:
            stamp, signature = signature[:_STAMP_BYTES], signature[_STAMP_BYTES:]
            message = _stamped(int.from_bytes(stamp, "big"), text)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class Signer:
    """A private key, and the name it signs under."""

    def __init__(self, name: str, secret: bytes, type: int = ED25519) -> None:
        self._secret = secret
        self._private = Ed25519PrivateKey.from_private_bytes(secret)
        public = self._private.public_key().public_bytes_raw()
        self.verifier = Verifier(_named(name), type, public)

    @property
    def name(self) -> str:
        """Whose signature it is: for a log its origin."""
        return self.verifier.name

    @property
    def text(self) -> str:
        """The key as it is kept; whoever has it signs as its holder."""
        data = text_of(bytes([self.verifier.type]) + self._secret)
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{data}"

    def sign(self, text: str) -> bytes:
        """The signature of a text that ends its last line; equal texts have equal signatures.

        **Cost**: 50 microseconds.
        """
        return self._private.sign(text.encode())

    def cosign(self, text: str, time: int) -> bytes:
        """A witness's signature of a checkpoint that it saw at that time, in seconds since 1970."""
        return time.to_bytes(_STAMP_BYTES, "big") + self._private.sign(_stamped(time, text))


def verifier(text: str) -> Verifier:
    """The key of its text.

    Raises:
        InputError: it is no verifier key of a type that is known, or its id is another key's.
    """
    name, id, data = _parts(text, "a verifier key is NAME+ID+KEY")
    found = Verifier(_named(name), data[0], data[1:])
    if found.id.hex() != id:
        raise InputError(f"the key of {name!r} does not have the id {id}", remedy="copy it whole")
    return found


def signer(text: str) -> Signer:
    """The private key of its text.

    Raises:
        InputError: it is no private key; the message does not repeat it.
    """
    remedy = "a private key is PRIVATE+KEY+NAME+ID+KEY, as 'log keygen' writes it"
    if not text.startswith(_PRIVATE):
        raise InputError("is no private key", remedy=remedy)
    name, id, data = _parts(text.removeprefix(_PRIVATE), remedy)
    found = Signer(name, data[1:], data[0])
    if found.verifier.id.hex() != id:
        raise InputError("is a private key whose parts do not agree", remedy=remedy)
    return found


def _parts(text: str, remedy: str) -> tuple[str, str, bytes]:
    name, _, rest = text.strip().partition("+")
    id, _, data = rest.partition("+")
    key = bytes_of(data) or b""
    if len(key) != 1 + _KEY_BYTES or key[0] not in (ED25519, COSIGNATURE):
        raise InputError("is no Ed25519 key", remedy=remedy)
    return name, id, key


def _named(name: str) -> str:
    if not name or "+" in name or any(char.isspace() or not char.isprintable() for char in name):
        raise InputError(
            f"{name!r} cannot name a key", remedy="give a name without spaces and plus signs"
        )
    return name


def _id(name: str, type: int, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + bytes([type]) + public).digest()[:4]


def _stamped(time: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()
