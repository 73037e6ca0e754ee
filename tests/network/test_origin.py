"""Votes are kept apart, and agreement is counted in independent voices."""

from __future__ import annotations

import pytest

from clearance.network.origin import ANONYMISING, Kind, Origin, Said, Vote
from clearance.network.source import BUILT_IN, Source, stale


def test_two_sources_of_the_same_data_are_one_voice() -> None:
    origin = Origin((Vote("a", "XA", voice="v"), Vote("b", "XA", voice="v"), Vote("c", "XB")))
    assert origin.countries == (Said("XA", ("a", "b"), 1), Said("XB", ("c",), 1))


def test_what_more_voices_say_comes_first() -> None:
    origin = Origin((Vote("a", "XA"), Vote("b", "XB"), Vote("c", "XB"), Vote("d")))
    assert [(said.what, said.voices) for said in origin.countries] == [("XB", 2), ("XA", 1)]


def test_a_source_that_is_silent_agrees_with_nobody() -> None:
    origin = Origin((Vote("a", "XA"), Vote("b", asn=64496)))
    assert origin.countries == (Said("XA", ("a",), 1),)
    assert origin.asns == (Said("64496", ("b",), 1),)
    assert origin.kinds == ()
    assert origin.anonymised is None


@pytest.mark.parametrize("kind", Kind)
def test_only_some_kinds_hide_the_country(kind: Kind) -> None:
    hides = kind in {Kind.VPN, Kind.TOR, Kind.PUBLIC_PROXY, Kind.RESIDENTIAL_PROXY}
    assert (kind in ANONYMISING) is hides
    assert (Origin((Vote("a", kinds=(kind,)),)).anonymised is not None) is hides


def test_different_kinds_of_hiding_agree_that_it_is_hidden() -> None:
    origin = Origin((Vote("a", kinds=(Kind.VPN, Kind.HOSTING)), Vote("b", kinds=(Kind.TOR,))))
    assert origin.anonymised == Said("anonymised", ("a", "b"), 2)
    assert [said.what for said in origin.kinds] == ["hosting", "tor", "vpn"]


@pytest.mark.parametrize(
    ("votes", "reserved"),
    [
        ((Vote("i", kinds=(Kind.RESERVED,)),), True),
        ((Vote("i", kinds=(Kind.RESERVED,)), Vote("own", "XA")), False),
        ((Vote("i", kinds=(Kind.RESERVED,)), Vote("own", asn=64496)), False),
        ((Vote("i", kinds=(Kind.RESERVED,)), Vote("own", kinds=(Kind.VPN,))), False),
        ((Vote("own", "XA"),), False),
    ],
)
def test_a_reserved_address_is_one_of_which_nobody_says_more(
    votes: tuple[Vote, ...], reserved: bool
) -> None:
    assert Origin(votes).reserved is reserved


def test_data_is_stale_after_the_limit_and_a_standard_never() -> None:
    origin = Origin(
        (
            Vote("old", "XA", as_of=40),
            Vote("new", "XA", as_of=41),
            Vote("i", kinds=(Kind.RESERVED,)),
        )
    )
    assert origin.stale(100, 59) == ("old",)
    assert origin.stale(100, 60) == ()
    told = [_source("old", 40), _source("new", 41), _source("i", 0, BUILT_IN)]
    assert [source.id for source in stale(told, 100, 59)] == ["old"]


def _source(id: str, as_of: int, format: str = "table") -> Source:
    return Source(id, format, id, as_of, "", "", (), 1)
