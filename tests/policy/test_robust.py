"""No document, however wrong, ends in anything but findings or one error."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clearance.adapters.policies import reading as policies
from clearance.model.errors import InputError
from clearance.usecases.check_policy import check

DOCUMENTS = [
    policies.read_document(id, kind)[1]
    for id, kind in (
        ("provider-regions-2025-09-05", policies.POLICIES),
        ("example-all-rules", policies.POLICIES),
        ("us-itar", policies.RULES),
        ("us-doj-countries", policies.LISTS),
    )
]
VALUES = (
    "1",
    "-1",
    "1.5",
    "nan",
    "inf",
    "true",
    '""',
    '"x"',
    "[]",
    "[1]",
    '["XA", 2]',
    "{}",
    "{ a = 1 }",
    "[{}]",
    "[{ a = [] }]",
    "2020-01-01",
    "2020-01-01T00:00:00Z",
    "12:00:00",
    '"2020-13-01"',
    '"""\n"""',
    "",
)


@given(st.sampled_from(DOCUMENTS), st.integers(min_value=0), st.sampled_from(VALUES))
def test_a_wrong_value_is_a_finding(text: str, place: int, value: str) -> None:
    lines = text.splitlines()
    fields = [number for number, line in enumerate(lines) if " = " in line]
    number = fields[place % len(fields)]
    lines[number] = lines[number].split(" = ")[0] + " = " + value
    (one,) = check([("x.toml", "\n".join(lines))], policies.shelf_of)
    for problem in one.problems:
        assert "\n" not in problem.error().message()
        assert 1 <= problem.line <= len(lines) + 2


@given(st.sampled_from(DOCUMENTS), st.integers(min_value=0), st.text(max_size=4))
def test_a_wrong_character_is_a_finding(text: str, place: int, piece: str) -> None:
    at = place % len(text)
    (one,) = check([("x.toml", text[:at] + piece + text[at + 1 :])], policies.shelf_of)
    for problem in one.problems:
        assert isinstance(problem.error(), InputError)
