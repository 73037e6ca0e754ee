"""A party of a snapshot as one side of a comparison."""

from __future__ import annotations

from pathlib import Path

from tests.adapters.snapshot.tables import write

from clearance.adapters.snapshot.folder import open_folder
from clearance.adapters.snapshot.load import in_memory
from clearance.bootstrap.referencing import build_reference
from clearance.model.particular import Particular, ParticularKind
from clearance.model.party import Identifier, PartyKind
from clearance.model.record import Record

HEADER = "id,name,other_names,jurisdiction,headquarters,identifiers,addresses,emails,phones"
ALDER = "A,Alder,Alder Ltd;Old Alder,XA,XB,VAT:XA1,1 Alder Row,a@alder.example,+999 1"


def test_a_snapshot_gives_the_record_that_its_source_stated(tmp_path: Path) -> None:
    table = write(tmp_path, "p.csv", HEADER, ALDER, "B,,,,,,,,")
    build_reference(tmp_path / "snapshot", [table])
    reference = open_folder(tmp_path / "snapshot")
    assert reference.record(0) == Record(
        "A",
        ("Alder", "Alder Ltd", "Old Alder"),
        PartyKind.ENTITY,
        ("XA", "XB"),
        (Identifier("VAT", "XA1"),),
        ("1 Alder Row",),
        ("a@alder.example",),
        ("+999 1",),
    )
    assert reference.record(1) == Record("B", kind=PartyKind.ENTITY)


def test_what_two_sources_tell_is_united(tmp_path: Path) -> None:
    first = write(tmp_path, "one.csv", "id,addresses,phones", "A,1 Alder Row,+999 1")
    second = write(tmp_path, "two.csv", "id,addresses,legal_form", "A,1 Alder Row;2 B,GmbH")
    interests = write(tmp_path, "i.csv", "interested_party,subject", "P,A")
    reference = in_memory([interests], [first, second])
    assert reference.particulars(0) == (
        Particular(ParticularKind.ADDRESS, "1 Alder Row"),
        Particular(ParticularKind.PHONE, "+999 1"),
        Particular(ParticularKind.ADDRESS, "2 B"),
        Particular(ParticularKind.LEGAL_FORM, "GmbH"),
    )
