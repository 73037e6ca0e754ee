"""Check policies, rules and region lists as files: every mistake, each with its place.

1. What a document is, its own fields say: ``effective`` makes a policy, ``versions`` a rule,
   ``listing`` at the top a region list.
2. Every file is read to its end; mistakes come in the order of files and lines.
3. Two policies of one id whose periods overlap are a mistake: the date could not decide.

Not here: reading files. Texts and what they may refer to are passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from clearance.model.errors import InputError
from clearance.policy.document import Policy
from clearance.policy.reading.located import locate
from clearance.policy.reading.policies import parse_policy
from clearance.policy.reading.problems import Problem
from clearance.policy.reading.region_lists import parse_region_list
from clearance.policy.reading.rules import force_text, parse_rule
from clearance.policy.reading.shelf import Shelf
from clearance.policy.words.describe_further import end_uses_text


class Kind(StrEnum):
    """What a document is."""

    POLICY = "policy"
    RULE = "rule"
    REGION_LIST = "region list"


@dataclass(frozen=True, slots=True)
class Checked:
    """One document: what it is, what is wrong with it, and which end uses a policy judges."""

    file: str
    kind: Kind | None
    problems: tuple[Problem, ...]
    end_uses: str = ""


def check(
    documents: Sequence[tuple[str, str]], shelf_of: Callable[[str], Shelf]
) -> Sequence[Checked]:
    """Check documents given as (file, text), each with what it may refer to."""
    checked: list[Checked] = []
    policies: dict[str, list[tuple[Policy, str, int]]] = {}
    for file, text in documents:
        found: list[Problem] = []
        kind, uses = None, ""
        try:
            document = locate(text, file)
            kind = _kind(document.value)
            policy = _parsed(kind, file, text, shelf_of(file), found)
            if policy is not None:
                uses = end_uses_text(policy)
                found += _overlaps(policy, file, document.line(("effective",)), policies)
        except InputError as error:
            found.append(_as_problem(error, file))
        checked.append(Checked(file, kind, tuple(sorted(found)), uses))
    return checked


def kind_of(text: str, file: str) -> Kind | None:
    """What a document is, ``None`` where its fields do not say.

    Raises:
        InputError: the text is no TOML.
    """
    return _kind(locate(text, file).value)


def _kind(value: Mapping[str, object]) -> Kind | None:
    if "effective" in value or "ownership" in value or "region_rules" in value:
        return Kind.POLICY
    if "versions" in value or "seeds" in value:
        return Kind.RULE
    return Kind.REGION_LIST if "listing" in value else None


def _parsed(
    kind: Kind | None, file: str, text: str, shelf: Shelf, found: list[Problem]
) -> Policy | None:
    if kind is Kind.POLICY:
        policy, problems = parse_policy(text, file, shelf)
        found += problems
        return None if problems else policy
    if kind is Kind.RULE:
        found += parse_rule(text, file, shelf.codes)[1]
    elif kind is Kind.REGION_LIST:
        found += parse_region_list(text, file, shelf.codes)[1]
    else:
        found.append(
            Problem(
                file,
                1,
                "",
                "neither a policy, a rule nor a region list",
                "write effective (policy), [[versions]] (rule) or listing (region list)",
            )
        )
    return None


def _overlaps(
    policy: Policy, file: str, line: int, earlier: dict[str, list[tuple[Policy, str, int]]]
) -> Sequence[Problem]:
    others = earlier.setdefault(policy.id, [])
    found = [
        Problem(
            file,
            line,
            "effective",
            f"{policy.id!r} overlaps the version at {place}:{at} ({force_text(other.force)})",
            "end one where the other begins",
        )
        for other, place, at in others
        if other.force.start < policy.force.end and policy.force.start < other.force.end
    ]
    others.append((policy, file, line))
    return found


def _as_problem(error: InputError, file: str) -> Problem:
    return Problem(
        error.file or file, error.line or 1, error.field or "", error.what, error.remedy or ""
    )
