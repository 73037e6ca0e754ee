"""Looking through what is shipped: every policy, rule and region list, by id.

A policy's id comes first where a policy, a rule and a list share one.
"""

from __future__ import annotations

from collections.abc import Sequence

from clearance.adapters.policies import reading as policies
from clearance.adapters.policies.loaded import load_policy
from clearance.model.errors import InputError
from clearance.model.spelling import meant
from clearance.policy.words.describe import list_lines, policy_lines, rule_lines

_KINDS = (
    ("policy", policies.POLICIES, policies.policy_ids),
    ("rule", policies.RULES, policies.rule_ids),
    ("region list", policies.LISTS, policies.list_ids),
)


def shelf_rows() -> Sequence[tuple[str, str, str, str]]:
    """Kind, id, title and verified flag of everything shipped, by kind and id."""
    rows = []
    for id in policies.policy_ids():
        policy = load_policy(id).policy
        rows.append(("policy", id, policy.title, policy.verified))
    for id in policies.rule_ids():
        rule = policies.load_rule(id)
        rows.append(("rule", id, rule.title, rule.verified))
    for id in policies.list_ids():
        found = policies.load_list(id)
        rows.append(("region list", id, found.title, found.verified))
    return rows


def document_lines(name: str) -> Sequence[str]:
    """A document in plain lines.

    Raises:
        InputError: nothing of that name, or the document has a mistake.
        StorageError: the file cannot be read.
    """
    kind = _kind(name)
    if kind == policies.POLICIES:
        return tuple(policy_lines(load_policy(name).policy, policies.codes()))
    if kind == policies.RULES:
        return tuple(rule_lines(policies.load_rule(name)))
    return tuple(list_lines(policies.load_list(name), policies.codes()))


def document_text(name: str) -> str:
    """A document as it is written, comments included.

    Raises:
        InputError: nothing of that name.
        StorageError: the file cannot be read.
    """
    return policies.read_document(name, _kind(name))[1].rstrip("\n")


def _kind(name: str) -> str:
    if policies.is_path(name):
        return _kind_of_file(name)
    for _, folder, ids in _KINDS:
        if name in ids():
            return folder
    known = [id for _, _, ids in _KINDS for id in ids()]
    raise InputError(
        f"nothing called {name!r} is shipped",
        remedy=meant(name, known, "see clearance policy list"),
    )


def _kind_of_file(name: str) -> str:
    from clearance.usecases.check_policy import Kind, kind_of

    kind = kind_of(policies.read_document(name, policies.POLICIES)[1], name)
    folders = {Kind.RULE: policies.RULES, Kind.REGION_LIST: policies.LISTS}
    return policies.POLICIES if kind is None else folders.get(kind, policies.POLICIES)
