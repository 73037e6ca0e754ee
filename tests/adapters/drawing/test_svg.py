"""Ownership pictures as SVG: well-formed, layered, safe, the same every time."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

import pytest

from clearance.adapters.drawing.ranks import layered
from clearance.adapters.drawing.svg import drawing
from clearance.model.party import PartyKind
from clearance.usecases.picture import Box, Line, Picture, Role

SVG = "{http://www.w3.org/2000/svg}"


def picture(*lines: tuple[str, str], name: str = "") -> Picture:
    ids = dict.fromkeys(id for line in reversed(lines) for id in reversed(line))
    boxes = tuple(Box(id, name or id, PartyKind.ENTITY, Role.REACHED) for id in ids)
    return Picture(next(iter(ids)), "A title", boxes, tuple(Line(*one, "51 %") for one in lines))


def heights(shape: Picture) -> dict[str, float]:
    root = ElementTree.fromstring(drawing(shape, "d", alone=True))
    groups = [group for group in root.iter(f"{SVG}g") if "box" in group.get("class", "").split()]
    places = [re.findall(r"[\d.]+", group.get("transform", "")) for group in groups]
    return {box.id: float(y) for box, (_, y) in zip(shape.boxes, places, strict=True)}


def test_owners_stand_above_what_they_own() -> None:
    y = heights(picture(("P", "A"), ("A", "B"), ("P", "B"), ("B", "C")))
    assert y["P"] < y["A"] < y["B"] < y["C"]


@pytest.mark.parametrize(
    "lines",
    [
        (("A", "A"),),
        (("A", "B"), ("B", "A")),
        (("A", "B"), ("B", "C"), ("C", "A"), ("R", "A")),
        tuple((f"H{at}", "T") for at in range(40)),
        tuple((f"N{at}", f"N{at + 1}") for at in range(30)),
    ],
    ids=["self", "pair", "loop", "wide", "deep"],
)
def test_every_shape_is_drawn_whole(lines: tuple[tuple[str, str], ...]) -> None:
    shape = picture(*lines)
    root = ElementTree.fromstring(drawing(shape, "d", alone=True))
    drawn = [path for path in root.iter(f"{SVG}path") if path.get("class") == "line"]
    assert len(drawn) == len(lines)
    assert len(heights(shape)) == len(shape.boxes)


def test_boxes_of_a_layer_do_not_overlap() -> None:
    shape = picture(*((f"H{at}", f"T{at % 3}") for at in range(9)), ("T0", "S"), ("T1", "S"))
    root = ElementTree.fromstring(drawing(shape, "d", alone=True))
    places = sorted(
        tuple(float(n) for n in re.findall(r"[\d.]+", group.get("transform", "")))[::-1]
        for group in root.iter(f"{SVG}g")
        if "box" in group.get("class", "").split()
    )
    for (y, x), (next_y, next_x) in itertools.pairwise(places):
        assert y != next_y or next_x - x >= 208


def test_a_long_edge_bends_round_the_layers_between() -> None:
    layers = layered(["C", "B", "A"], [("A", "B"), ("B", "C"), ("A", "C")])
    assert [len(layer) for layer in layers.layers] == [1, 2, 1]
    assert [len(chain) for chain in layers.chains] == [2, 2, 3]


def test_crossings_are_swept_away() -> None:
    layers = layered(["X", "Y", "A", "B"], [("A", "Y"), ("B", "X")])
    low, high = layers.layers
    assert (low.index("X") < low.index("Y")) == (high.index("B") < high.index("A"))


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=1>',
        "a & b",
        "x\u202ey",
        "\x00",
        "L" * 500,
    ],
)
def test_a_name_is_text_and_nothing_else(name: str) -> None:
    text = drawing(picture(("P", "A"), name=name), "d", alone=True)
    root = ElementTree.fromstring(text)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "rect", "path", "text", "g", "circle"}
    assert "\u202e" not in text


def test_a_drawing_says_in_words_what_it_shows() -> None:
    root = ElementTree.fromstring(drawing(picture(("P", "A")), "d", alone=True))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "d-t d-d"
    assert [element.text for element in root[:2]] == ["A title", "P holds 51 % of A"]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", list(PartyKind))
def test_every_kind_and_role_has_an_outline(role: Role, kind: PartyKind) -> None:
    box = Box("A", "A", kind, role, "XA", True, "XB", "30 + 25 = 55 %", asked=True)
    root = ElementTree.fromstring(drawing(Picture("A", "t", (box,), ()), "d", alone=True))
    assert [e for e in root.iter() if e.get("class") == "frame"]


def test_the_same_picture_gives_the_same_bytes() -> None:
    lines = tuple((f"H{at % 7}", f"T{at % 5}") for at in range(30))
    assert drawing(picture(*lines), "d") == drawing(picture(*lines), "d")


def written(lines: Sequence[Line]) -> Mapping[str, tuple[float, float]]:
    """Where the words of each line stand, by its subject."""
    ids = dict.fromkeys(id for line in lines for id in (line.holder, line.subject))
    boxes = tuple(Box(id, id, PartyKind.ENTITY, Role.PLAIN) for id in ids)
    drawn = drawing(Picture(lines[0].subject, "A title", boxes, tuple(lines)), "d", alone=True)
    words = [one for one in ElementTree.fromstring(drawn).iter() if one.get("class") == "share"]
    return {
        line.subject: (float(one.get("x", "")), float(one.get("y", "")))
        for line, one in zip(lines, words, strict=True)
    }


@pytest.mark.parametrize("text", ["otherInfluenceOrControl", "over 25 to 50 % votes", "51 %"])
@pytest.mark.parametrize("many", [2, 3, 4, 7])
def test_words_of_lines_that_leave_one_box_stand_apart(text: str, many: int) -> None:
    found = written([Line("P", f"T{at}", text) for at in range(many)])
    for (x, y), (other_x, other_y) in itertools.combinations(found.values(), 2):
        assert abs(x - other_x) > 7.2 * len(text) or abs(y - other_y) >= 14


def test_words_stand_by_the_holder_where_nothing_is_in_the_way() -> None:
    found = written([Line("P", "A", "51 %"), Line("A", "B", "otherInfluenceOrControl")])
    assert {y for _, y in found.values()} == {14 + 96 + 19, 14 + 96 + 166 + 19}
