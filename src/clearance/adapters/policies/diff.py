"""What differs between two policies, as lines for people and as JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import orjson

from clearance.adapters.foreign_text import visible
from clearance.adapters.policies.loaded import LoadedPolicy
from clearance.policy.words.diff import Difference, differences

SAME = "nothing differs in what the policies say"


def differing(before: LoadedPolicy, after: LoadedPolicy) -> Iterator[Difference]:
    """Everything in which two policies differ."""
    return differences(before.policy, after.policy, (before.rules, after.rules))


def difference_lines(before: LoadedPolicy, after: LoadedPolicy) -> Iterator[str]:
    """A sentence a line; one that says so where nothing differs."""
    told = [visible(one.text) for one in differing(before, after)]
    yield from told or [SAME]


def differences_json(before: LoadedPolicy, after: LoadedPolicy) -> Iterator[str]:
    """A JSON object a line: ``where``, ``before``, ``after``, ``text``."""
    for one in differing(before, after):
        yield orjson.dumps(asdict(one)).decode()
