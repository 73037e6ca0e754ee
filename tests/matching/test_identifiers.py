"""Numbers of registers: what settles who somebody is, what only supports, what contradicts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.matching.identifiers import (
    Validity,
    agreeing,
    canonical,
    contradicting,
    settles,
    validity,
)
from clearance.model.party import Identifier

GOOD, OTHER, BAD = "213800WAVVOPS85N2205", "529900T8BM49AURSDO55", "213800WAVVOPS85N2206"


def numbers(*written: str) -> tuple[Identifier, ...]:
    """Identifiers written as ``SCHEME:number``."""
    return tuple(Identifier(*one.split(":", 1)) for one in written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (f"XI-LEI:{GOOD}", Validity.VALID),
        (f"xi-lei: {GOOD.lower()} ", Validity.VALID),
        (f"XI-LEI:{BAD}", Validity.INVALID),
        ("XI-LEI:2138", Validity.INVALID),
        ("BIC:DEUTDEFF", Validity.VALID),
        ("BIC:DEUT", Validity.INVALID),
        ("VAT:XA123", Validity.UNKNOWN),
        ("VAT:EL 094259216", Validity.VALID),
        ("VAT:EL 094259217", Validity.INVALID),
        ("DK-CVR:13585628", Validity.VALID),
        ("DK-CVR:13585627", Validity.INVALID),
        ("XA-REG:77", Validity.UNKNOWN),
        ("RA000999:77", Validity.UNKNOWN),
        ("Somewhere:77", Validity.UNKNOWN),
        ("XA-REG:--", Validity.INVALID),
    ],
)
def test_what_is_known_of_a_number_by_itself(written: str, expected: Validity) -> None:
    assert validity(*numbers(written)) is expected


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("XI-LEI", True),
        ("xa-reg", True),
        ("RA000999", True),
        ("VAT", False),
        ("BIC", False),
        ("registrationNumber", False),
        ("Delaware, Somewhere", False),
        ("", False),
    ],
)
def test_only_lei_and_registers_settle(scheme: str, expected: bool) -> None:
    assert settles(scheme) is expected


@pytest.mark.parametrize(
    ("some", "others", "agree", "contradict"),
    [
        (["XA-REG:7"], ["XA-REG:007"], True, False),
        (["XA-REG:7"], ["XA-REG:8"], False, True),
        (["XA-REG:7"], ["XB-REG:8"], False, False),
        (["XA-REG:7", "XA-REG:8"], ["XA-REG:8"], True, False),
        ([f"XI-LEI:{GOOD}"], [f"XI-LEI:{OTHER}"], False, True),
        ([f"XI-LEI:{BAD}"], [f"XI-LEI:{OTHER}"], False, False),
        ([f"XI-LEI:{BAD}"], [f"XI-LEI:{BAD}"], False, False),
        (["VAT:XA1"], ["VAT:XA2"], False, False),
        (["VAT:XA1"], ["VAT:xa 1"], True, False),
        (["registrationNumber:1"], ["registrationNumber:2"], False, False),
        ([], ["XA-REG:7"], False, False),
    ],
)
def test_agreement_and_contradiction(
    some: list[str], others: list[str], agree: bool, contradict: bool
) -> None:
    mine, theirs = numbers(*some), numbers(*others)
    assert (agreeing(mine, theirs) is not None) is agree
    assert (contradicting(mine, theirs) is not None) is contradict
    assert (contradicting(theirs, mine) is not None) is contradict


def test_a_number_that_settles_is_named_before_one_that_supports() -> None:
    both = numbers("VAT:XA1", "XA-REG:7")
    assert agreeing(both, both) == both[1]


@given(st.text(max_size=12), st.text(max_size=30))
def test_any_text_has_a_canonical_form_that_stays(scheme: str, text: str) -> None:
    once = canonical(Identifier(scheme, text))
    assert canonical(once) == once
    assert validity(once) in Validity
