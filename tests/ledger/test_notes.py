"""Notes, keys, checkpoints, receipts and entries: one way to write each, and no other is read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference import merkle

from clearance.ledger.checkpoint import Checkpoint, checkpoint, number, trusted
from clearance.ledger.entry import Kind, Sealed, entry, entry_bytes, framed
from clearance.ledger.keys import COSIGNATURE, Signer, signer, verifier
from clearance.ledger.note import Note, Signature, note, signed
from clearance.ledger.receipt import Receipt, receipt
from clearance.ledger.tree import NOTHING, leaf_hash
from clearance.model.errors import InputError, IntegrityError

KEY = Signer("example.org/log", bytes(range(32)))
WITNESS = Signer("example.org/witness", bytes(range(1, 33)), COSIGNATURE)
OTHER = Signer("example.org/log", bytes(32))
ENTRIES = [b"one", b"two", b"three"]
LEAVES = [leaf_hash(one) for one in ENTRIES]
CHECKPOINT = Checkpoint(KEY.name, 3, merkle.root(LEAVES))
RECEIPT = Receipt(1, tuple(merkle.path(1, LEAVES)), CHECKPOINT.signed(KEY))


def cosigned(found: Note, by: Signer = WITNESS) -> Note:
    made = Signature(by.name, by.verifier.id, by.cosign(found.text, 1_760_000_000))
    return found.with_others([made])


def test_the_standards_example_is_read_checked_and_written() -> None:
    key = verifier("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    text = (
        "This is an example message.\n\n— example.com/foo "
        "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72"
        "IneyaQM=\n"
    )
    assert note(text).signed_by([key]) == (key,)
    assert str(note(text)) == text
    assert verifier(key.text) == key


def test_keys_have_a_text_that_gives_them_back() -> None:
    assert signer(KEY.text).verifier == KEY.verifier == verifier(KEY.verifier.text)
    assert verifier(WITNESS.verifier.text).type == COSIGNATURE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org/log",
        "example.org/log+00000000+AQ==",
        KEY.verifier.text.replace("+", "-", 1),
        KEY.verifier.text[:-4],
        "other" + KEY.verifier.text,
        "two words" + KEY.verifier.text[len(KEY.name) :],
        OTHER.verifier.text[:20] + KEY.verifier.text[20:],
    ],
)
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        verifier(text)


@pytest.mark.parametrize("text", ["", KEY.verifier.text, KEY.text[:-5] + "AAAA=", KEY.text[:-9]])
def test_a_private_key_that_is_refused_is_not_repeated(text: str) -> None:
    with pytest.raises(InputError) as told:
        signer(text)
    assert KEY.text[-20:-9] not in str(told.value)


NOT_NOTES = {
    "no text": "",
    "no signature": "a\n",
    "no empty line": f"a\n— b {'A' * 12}\n",
    "no last newline": f"a\n\n— b {'A' * 12}",
    "a hyphen": f"a\n\n- b {'A' * 12}\n",
    "a name with a plus": f"a\n\n— b+c {'A' * 12}\n",
    "a control character": f"a\tb\n\n— b {'A' * 12}\n",
    "too short a signature": "a\n\n— b AAAA\n",
    "no base64": "a\n\n— b ÄÄÄÄ\n",
    "a hundred and one": "a\n\n" + f"— b {'A' * 12}\n" * 101,
}


@pytest.mark.parametrize("text", NOT_NOTES.values(), ids=NOT_NOTES)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        note(text)


def test_a_signature_of_a_known_key_that_does_not_hold_spoils_the_note() -> None:
    made = signed("a\n", KEY, WITNESS)
    spoiled = Note("b\n", made.signatures)
    assert spoiled.signed_by([OTHER.verifier]) == ()
    with pytest.raises(IntegrityError, match=r"signature of example\.org/log does not hold"):
        spoiled.signed_by([KEY.verifier])


@pytest.mark.parametrize(
    "text",
    ["a\n1\n", "a\n1\nAAAA\n", "a\n01\n" + "A" * 43 + "=\n", "a\n-1\n" + "A" * 43 + "=\n",
     "\n1\n" + "A" * 43 + "=\n", "a\n1\n" + "A" * 43 + "=\n\n", "a\n1\n" + "A" * 42 + "B=\n",
     "a\n1\n" + "A" * 43 + "="],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        checkpoint(text)


@pytest.mark.parametrize("text", ["", "١", "1_0", " 1", "+1", "00", "9" * 20])
def test_a_number_is_written_one_way(text: str) -> None:
    with pytest.raises(InputError):
        number(text)


def test_a_checkpoint_is_trusted_by_the_logs_key_and_enough_witnesses() -> None:
    found = CHECKPOINT.signed(KEY)
    keys = [KEY.verifier, WITNESS.verifier]
    assert trusted(found, keys) == CHECKPOINT
    assert trusted(cosigned(found), keys, witnesses=1) == CHECKPOINT
    with pytest.raises(IntegrityError, match="0 of 1 witnesses"):
        trusted(found, keys, witnesses=1)
    with pytest.raises(IntegrityError, match="no key of that log"):
        trusted(cosigned(found), [WITNESS.verifier])
    stranger = Signer("example.org/other", bytes(range(32)))
    with pytest.raises(IntegrityError, match="no key of that log"):
        trusted(CHECKPOINT.signed(stranger), [stranger.verifier])


def test_a_cosignature_covers_its_time() -> None:
    (one,) = cosigned(Note(CHECKPOINT.text, ())).signatures
    later = replace(one, signature=(1_760_000_001).to_bytes(8, "big") + one.signature[8:])
    assert WITNESS.verifier.is_by(one.signature, CHECKPOINT.text)
    assert not WITNESS.verifier.is_by(later.signature, CHECKPOINT.text)
    assert not WITNESS.verifier.is_by(b"", CHECKPOINT.text)


def test_a_receipt_is_read_as_it_was_written_and_proves_its_entry() -> None:
    for one in (RECEIPT, replace(RECEIPT, extra=b"\x00e"), replace(RECEIPT, index=0, proof=())):
        assert receipt(one.text) == one
    assert RECEIPT.flaw(b"two", [KEY.verifier]) == ""
    assert "does not lead" in RECEIPT.flaw(b"one", [KEY.verifier])
    assert "does not lead" in replace(RECEIPT, index=0).flaw(b"two", [KEY.verifier])
    assert "no key of that log" in RECEIPT.flaw(b"two", [OTHER.verifier])
    assert "witnesses" in RECEIPT.flaw(b"two", [KEY.verifier], witnesses=1)


def test_every_flipped_bit_of_a_receipt_is_seen() -> None:
    text = RECEIPT.text.encode()
    for bit in range(8 * len(text)):
        flipped = bytearray(text)
        flipped[bit // 8] ^= 1 << bit % 8
        try:
            found = receipt(flipped.decode())
        except (InputError, UnicodeDecodeError):
            continue
        assert found.flaw(b"two", [KEY.verifier]), (bit, bytes(flipped))


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
def test_any_text_is_a_receipt_or_refused(text: str) -> None:
    for whole in (text, RECEIPT.text.replace("one", text), RECEIPT.text[:40] + text):
        try:
            assert receipt(whole)
        except InputError:
            continue


@given(
    st.sampled_from(Kind),
    st.text(max_size=20).filter(lambda text: text.isprintable()),
    st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9) | st.none()),
    st.lists(st.text(max_size=5), unique=True, max_size=3),
)
def test_an_entry_is_read_as_it_was_written(
    kind: Kind, id: str, body: dict[str, int | str | None], fields: list[str]
) -> None:
    sealed = [Sealed(field, bytes(16), "value") for field in fields]
    leaf = entry_bytes(kind, id, "2026-01-05T09:00:00Z", body, sealed)
    found = entry(leaf)
    assert (found.kind, found.id, found.body) == (kind, id, body)
    assert found.sealed == {one.field: one.digest for one in sealed}


@pytest.mark.parametrize(
    "leaf",
    [b"", b"{", b"[]", b"{}", b"\xff", b"[" * 100_000,
     entry_bytes(Kind.GAP, "a", "b", None).replace(b'"v":1', b'"v":2'),
     entry_bytes(Kind.GAP, "a", "b", None).replace(b"gap", b"gaps"),
     entry_bytes(Kind.GAP, "a", "b", None).replace(b'"v":1', b'"v":1,"w":1')],
    ids=range(9),
)  # fmt: skip
def test_what_is_no_entry_is_refused(leaf: bytes) -> None:
    with pytest.raises(InputError):
        entry(leaf)


def test_an_entry_beyond_two_bytes_of_length_is_refused() -> None:
    assert framed(Kind.DECISION, "a", "b", b'"' + b"x" * 65_400 + b'"')
    with pytest.raises(InputError, match="too large for the log"):
        framed(Kind.DECISION, "a", "b", b'"' + b"x" * 65_500 + b'"')


def test_a_sealed_digest_binds_field_subject_salt_and_value() -> None:
    one = Sealed("ip", bytes(16), "192.0.2.1")
    others = [
        replace(one, field="phone"),
        replace(one, salt=b"\x01" + bytes(15)),
        replace(one, value="192.0.2.2"),
        replace(one, subject="a1"),
        replace(one, subject="a", salt=b"1" + bytes(15), value="\x00192.0.2.1"),
    ]
    assert len({one.digest, *(other.digest for other in others)}) == 6


def test_nothing_has_a_root_of_its_own() -> None:
    assert Checkpoint(KEY.name, 0, NOTHING.root()).text.endswith("\n")
