"""Which side of the line a code is on."""

from __future__ import annotations

import pytest

from clearance.model.outcome import Outcome
from clearance.policy.clauses.regions import Listing, Place, RegionList, Regions
from clearance.policy.codes import Codes

CODES = Codes({})
SUPPORTED = RegionList(
    "s", "S", Listing.SUPPORTED, ("XA", "XB"), ("XA-09",), {"XC": "XA", "XD": "XE", "XE": "XD"}
)
UNSUPPORTED = RegionList("u", "U", Listing.UNSUPPORTED, ("XA", "XB-02"), ("XA-09",))


def regions(list: RegionList, *, as_country: bool = False, unlisted: str = "") -> Regions:
    """A line with what silent codes yield by default."""
    default = Outcome.DENY if list.listing is Listing.SUPPORTED else Outcome.ALLOW
    chosen = Outcome[unlisted.upper()] if unlisted else default
    return Regions(list, chosen, Outcome.REVIEW, as_country)


@pytest.mark.parametrize(
    ("list", "as_country", "code", "place"),
    [
        (SUPPORTED, False, "XA", "supported"),
        (SUPPORTED, False, "XA-01", "unlisted"),
        (SUPPORTED, True, "XA-01", "supported"),
        (SUPPORTED, True, "XA-09", "unsupported"),
        (SUPPORTED, False, "XA-09", "unsupported"),
        (SUPPORTED, False, "XZ", "unlisted"),
        (SUPPORTED, False, "XC", "supported"),
        (SUPPORTED, True, "XC-01", "supported"),
        (SUPPORTED, False, "XC-01", "unlisted"),
        (SUPPORTED, False, "XD", "unlisted"),
        (SUPPORTED, True, "", "unknown"),
        (SUPPORTED, True, "XAX", "unknown"),
        (SUPPORTED, True, "xa", "unknown"),
        (SUPPORTED, True, "ZY", "unknown"),
        (UNSUPPORTED, False, "XA", "unsupported"),
        (UNSUPPORTED, True, "XA-01", "unsupported"),
        (UNSUPPORTED, True, "XA-09", "supported"),
        (UNSUPPORTED, False, "XB", "unlisted"),
        (UNSUPPORTED, False, "XB-02", "unsupported"),
    ],
)
def test_a_code_is_on_one_side(list: RegionList, as_country: bool, code: str, place: str) -> None:
    assert regions(list, as_country=as_country).place(code, CODES) is Place(place)


@pytest.mark.parametrize(
    ("list", "unlisted", "restricted"),
    [
        (SUPPORTED, "deny", ("XA-09", "XZ")),
        (SUPPORTED, "review", ("XA-09",)),
        (UNSUPPORTED, "allow", ("XA",)),
        (UNSUPPORTED, "deny", ("XA", "XZ")),
    ],
)
def test_only_restricted_codes_make_seeds(
    list: RegionList, unlisted: str, restricted: tuple[str, ...]
) -> None:
    occurring = ["XZ", "", "nowhere", "XA", "XA-09", "XA"]
    assert regions(list, unlisted=unlisted).restricted(occurring, CODES) == restricted


def test_another_list_keeps_or_turns_the_silent_side() -> None:
    line = regions(SUPPORTED, unlisted="review")
    assert line.with_list(SUPPORTED).unlisted is Outcome.REVIEW
    assert line.with_list(UNSUPPORTED).unlisted is Outcome.ALLOW
    assert regions(UNSUPPORTED).with_list(SUPPORTED).unlisted is Outcome.DENY


@pytest.mark.parametrize(
    ("code", "known"),
    [("AA", True), ("QM", True), ("QL", False), ("XK", True), ("ZZ", True), ("XA-0001", False)],
)
def test_user_assigned_codes_are_codes(code: str, known: bool) -> None:
    assert CODES.known(code) is known


def test_an_operator_names_regions_but_adds_none() -> None:
    table = CODES.with_names({"XA": "Over there", "QL": "Nowhere"})
    assert table.name("XA") == "Over there"
    assert table.name("QL") == "QL"
    assert not table.known("QL")
