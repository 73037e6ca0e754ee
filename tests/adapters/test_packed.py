"""Values come back from their bytes as they were, and many of them are read like any sequence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pickle import PickleBuffer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.adapters.packed import ROOM, Packed, Tray, packed, unpacked
from clearance.matching.evidence import Agrees, Evidence, EvidenceKind
from clearance.matching.resolution import Answer, Because, Resolution, Weighed
from clearance.model.customer import Customer
from clearance.model.party import Identifier, PartyKind
from clearance.model.record import Record

RECORD = Record("c", ("Aurora",), PartyKind.ENTITY, ("XA",), (Identifier("XA-REG", "1"),))
EVIDENCE = Evidence(EvidenceKind.IDENTIFIER, Agrees.FOR, "both have it", 1.0, strong=True)
WEIGHED = Weighed(3, RECORD, "Aurora", 0.5, (EVIDENCE,))
CUSTOMER = Customer(
    "c",
    "Aurora",
    identifiers=RECORD.identifiers,
    revenue=Decimal("1.50"),
    declared={"billing": "XB"},
    line=2,
)


@pytest.mark.parametrize(
    "value",
    [
        RECORD,
        Resolution(Answer.MATCH, 3, 0.5, (WEIGHED,), (Because("number_agrees", "1"),), ("x",)),
        CUSTOMER,
        [CUSTOMER, Customer("d")],
        ValueError("no such thing"),
    ],
)
def test_what_is_sent_arrives_as_it_was(value: object) -> None:
    found = unpacked(packed(value))
    assert repr(found) == repr(value)
    assert type(found) is type(value)


@given(
    st.lists(st.integers(), max_size=20),
    st.integers(1, 7),
    st.slices(20) | st.integers(-25, 25),
)
def test_packed_values_are_read_as_a_list_is(
    values: list[int], together: int, at: slice | int
) -> None:
    kept = Packed(values, together)
    assert (len(kept), list(kept)) == (len(values), values)
    assert read(kept, at) == read(values, at)


def read(some: Sequence[int], at: slice | int) -> object:
    try:
        return some[at]
    except IndexError:
        return "outside"


@pytest.mark.parametrize(
    ("lengths", "left"),
    [
        ([], []),
        ([0, 5, 0], [0, 5, 0]),
        ([ROOM], [ROOM]),
        ([ROOM + 1, 7], [7]),
        ([ROOM - 1, 2, 1], [ROOM - 1, 1]),
    ],
)
def test_long_bytes_are_left_on_a_tray_as_far_as_there_is_room(
    lengths: list[int], left: list[int]
) -> None:
    tray, long = Tray(), [bytes([at + 1]) * length for at, length in enumerate(lengths)]
    laid = tray.laid(("said", CUSTOMER, *map(PickleBuffer, long)))
    assert tray.taken(laid) == ("said", CUSTOMER, *long)
    assert laid.lengths == left


def test_a_tray_is_used_again() -> None:
    tray = Tray()
    tray.taken(tray.laid(PickleBuffer(b"earlier and longer")))
    assert tray.taken(tray.laid(PickleBuffer(b"later"))) == b"later"
