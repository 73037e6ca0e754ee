"""Reading a whole policy with the rules it names: shipped ones by id, anybody's by path.

A document with findings is never handed out; the first finding is raised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from clearance.adapters.policies import reading as policies
from clearance.model.rule import Rule
from clearance.policy.document import Policy
from clearance.policy.reading.policies import parse_policy


@dataclass(frozen=True, slots=True)
class LoadedPolicy:
    """A policy with the rules it names, by id in the policy's order, and its own text."""

    policy: Policy
    rules: Mapping[str, Rule]
    file: str
    text: str


def load_policy(name: str, regions: str | None = None) -> LoadedPolicy:
    """A shipped policy by id, or a policy file by path, with its rules.

    Args:
        regions: a region list, by id or path, in place of the policy's own.

    Raises:
        InputError: no such policy or file, or it has a mistake (the first is told).
        StorageError: the file cannot be read.
    """
    file, text = policies.read_document(name, policies.POLICIES)
    near = policies.shelf_of(file)
    rules: dict[str, Rule] = {}

    def rule(name: str) -> Rule:
        found = near.rule(name)
        rules[found.id] = found
        return found

    found = policies.sound(parse_policy(text, file, replace(near, rule=rule)))
    if regions is not None:
        found = found.with_list(policies.load_list(regions))
    return LoadedPolicy(found, rules, file, text)
