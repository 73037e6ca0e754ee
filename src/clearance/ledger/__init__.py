"""What was decided: entries in a Merkle tree that only grows, and what proves it.

1. ``entry`` says what a leaf is, ``tree`` and ``tiles`` how leaves become a root, ``checkpoint``,
   ``note`` and ``keys`` how a root is signed.
2. ``proofs`` and ``receipt`` make what ``verify`` checks; checking needs the standard library and
   Ed25519, nothing else.
3. Nothing is read or written here, and no time is asked for.

**Source**: RFC 6962, RFC 9162; C2SP tlog-tiles, tlog-checkpoint, signed-note, tlog-cosignature,
tlog-proof.
"""
