"""Formats are told by content; what is none of them is named with what was looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearance.adapters.formats.registry import FORMATS, NotASource, detect
from clearance.adapters.formats.source import open_source

BODS = '{"statementId":"s","recordId":"r","recordType":"entity","recordDetails":{}}'
XML = '<?xml version="1.0"?><lei:LEIData xmlns:lei="urn:x"><lei:LEIRecords/></lei:LEIData>'


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (BODS, "bods"),
        (f"[{BODS}]", "bods"),
        (f'{{"statements": [\n{BODS}\n]}}', "bods"),
        ('{"id":"a","schema":"Company","properties":{}}', "ftm"),
        (XML, "gleif-xml"),
        ('[{"LEI":"1","Entity":{}}]', "gleif-json"),
        ('{"records":[{"LEI":{"$":"1"},"Entity":{}}]}', "gleif-json"),
        (
            '{"relations":[{"RelationshipRecord":{}, "Relationship":{"StartNode":{}}}]}',
            "gleif-json",
        ),
        ('{"exceptions":[{"LEI":{"$":"1"},"ExceptionCategory":{}}]}', "gleif-json"),
        ('"LEI","Entity.LegalName"\n"1","A"\n', "gleif-csv"),
        ('"Relationship.StartNode.NodeID"\n"1"\n', "gleif-csv"),
        ("LEI,Exception.Category,Exception.Reason.1\n", "gleif-csv"),
        ('{"company_number":"01","data":{"kind":"x"}}', "uk-psc"),
        ('[{"company_number":"01","data":{"kind":"x"}},{"data":{}}]', "uk-psc"),
        ("CompanyName, CompanyNumber,CompanyStatus\n", "uk-companies"),
        ("interested_party,subject\nA,B\n", "csv-interests"),
        ("id,name,kind\nA,A,entity\n", "csv-parties"),
    ],
)
def test_a_format_is_told_by_its_content(tmp_path: Path, text: str, name: str) -> None:
    path = tmp_path / "file.dat"
    path.write_text(text)
    (source,) = open_source(path)
    assert detect(source).name == name


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("code,title\nx,y\n", "a table with columns code, title"),
        ('{"statementID":"s","statementType":"entityStatement"}', "keys statementID"),
        ('{"resource_uri":"/x","data":{"kind":"x"}}', "keys data, resource_uri"),
        ('{"company_number":"1","pscs":{}}', "keys company_number, pscs"),
        ("<html></html>", "another XML document"),
        ("[1, 2]", "JSON without a complete record"),
        ("# A heading\n", "a table with columns # A heading"),
    ],
)
def test_what_is_no_source_is_named_with_what_was_looked_for(
    tmp_path: Path, text: str, seen: str
) -> None:
    path = tmp_path / "file.json"
    path.write_text(text)
    (source,) = open_source(path)
    with pytest.raises(NotASource) as caught:
        detect(source)
    assert seen in str(caught.value)
    assert all(known.mark in str(caught.value) for known in FORMATS)
