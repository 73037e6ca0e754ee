"""Pictures of a campaign: what stands out is what the drawing is about."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from clearance.adapters.drawing.campaign import bars, days, graph, raster
from clearance.campaigns.evidence import Evidence, Kind
from clearance.usecases.campaign_picture import CampaignPicture


def drawn(*minutes: tuple[int, ...]) -> CampaignPicture:
    return CampaignPicture(20_000, minutes, (("card", 0, 1), ("address", 1, 2)), 0)


def marks(picture: str, kind: str) -> int:
    found = re.search(f'class="{kind}" d="([^"]*)"', picture)
    assert found
    return found[1].count("M")


@pytest.mark.parametrize(
    ("members", "apart", "together"),
    [
        ([(5,), (5,), (5,)], 0, 3),
        ([(5,), (5,), (6,)], 3, 0),
        ([(5, 700), (5, 80), (5,)], 2, 3),
        ([(5,)] * 4 + [(at,) for at in range(100, 136)], 40, 0),
        ([(5,)] * 5 + [(at,) for at in range(100, 135)], 35, 5),
    ],
)
def test_minutes_in_which_an_eighth_of_those_drawn_act_stand_out(
    members: list[tuple[int, ...]], apart: int, together: int
) -> None:
    picture = raster(drawn(*members))
    assert (marks(picture, "marks"), marks(picture, "marks together")) == (apart, together)


def test_days_of_a_move_stand_out_and_the_axis_says_which_days_they_are() -> None:
    picture = days([(20_000, 5), (20_003, 10)], {20_003})
    assert picture.count("part moved") == 1
    assert "2024-10-04" in picture
    assert "2024-10-07" in picture


def test_every_picture_is_well_formed() -> None:
    sure = Evidence(Kind.PAYMENT, 30, 1, 30.0, 1e-9, q=1e-8)
    rasters = (raster(drawn((1,), (2,), ()), alone=one) for one in (True, False))
    for picture in (*rasters, bars([sure]), graph(drawn((1,), (2,), (3,)))):
        ElementTree.fromstring(picture)
