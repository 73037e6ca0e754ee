"""A policy with all it refers to, as one document that needs no file beside it.

1. It holds the texts as they were written: the policy, the rules and region lists that it names,
   and the table of region names; reading it again gives the same policy, whatever is shipped then.
2. Its SHA-256 is the policy's digest: one changed letter in any of the texts is another policy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from clearance.adapters.policies.loaded import LoadedPolicy
from clearance.adapters.policies.reading import (
    LISTS,
    POLICIES,
    RULES,
    is_path,
    names_text,
    read_document,
    sound,
)
from clearance.model.errors import InputError
from clearance.model.plain import Fields, Json, canonical
from clearance.model.rule import Rule
from clearance.policy.clauses.regions import RegionList
from clearance.policy.codes import Codes, parse_names
from clearance.policy.reading.policies import parse_policy
from clearance.policy.reading.problems import Problem
from clearance.policy.reading.region_lists import parse_region_list
from clearance.policy.reading.rules import parse_rule
from clearance.policy.reading.shelf import Shelf

_VERSION = 1
_T = TypeVar("_T")

Text = Callable[[str, str], str]
"""The text of a rule or region list, by kind and name."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A policy with all it refers to. **Shape**: ``digest`` is the SHA-256 of ``document``."""

    loaded: LoadedPolicy
    codes: Codes
    document: bytes
    digest: str


def bundle(name: str) -> Bundle:
    """A shipped policy by id, or a policy file by path, with all it refers to.

    Raises:
        InputError: no such policy, rule or list, or one has a mistake (the first is told).
        StorageError: a file cannot be read.
    """
    file, text = read_document(name, POLICIES)
    folder = Path(file).parent if is_path(file) else None
    named: dict[str, dict[str, str]] = {RULES: {}, LISTS: {}}

    def find(kind: str, name: str) -> str:
        return named[kind].setdefault(name, read_document(name, kind, folder)[1])

    names = names_text()
    loaded, codes = _read(file, text, names, find)
    document: Json = {
        "lists": named[LISTS],
        "names": names,
        "policy": text,
        "rules": named[RULES],
        "v": _VERSION,
    }
    encoded = canonical(document).encode()
    return Bundle(loaded, codes, encoded, sha256(encoded).hexdigest())


def opened(value: Json, document: bytes) -> Bundle:
    """The policy in a document that ``bundle`` made; ``value`` is what the document says.

    Raises:
        InputError: it is no such document.
    """
    fields = Fields(value, "bundle")
    if fields.number("v") != _VERSION:
        raise fields.fault("v", f"is not {_VERSION}")
    named = {RULES: fields.pairs("rules"), LISTS: fields.pairs("lists")}
    digest = sha256(document).hexdigest()
    loaded, codes = _read(
        f"{digest[:12]}.toml", fields.text("policy"), fields.text("names"), partial(_held, named)
    )
    fields.done()
    return Bundle(loaded, codes, document, digest)


def _held(named: Mapping[str, Mapping[str, str]], kind: str, name: str) -> str:
    if name not in named[kind]:
        raise InputError(f"{name!r} is not in the bundle", remedy="make the bundle again")
    return named[kind][name]


def _read(file: str, text: str, names: str, find: Text) -> tuple[LoadedPolicy, Codes]:
    codes = Codes(parse_names(names.splitlines()))
    rules: dict[str, Rule] = {}

    def rule(name: str) -> Rule:
        found = _parsed(parse_rule, RULES, name, find, codes)
        return rules.setdefault(found.id, found)

    def region_list(name: str) -> RegionList:
        return _parsed(parse_region_list, LISTS, name, find, codes)

    policy = sound(parse_policy(text, file, Shelf(codes, rule, region_list)))
    return LoadedPolicy(policy, rules, file, text), codes


def _parsed(
    parse: Callable[[str, str, Codes], tuple[_T, Sequence[Problem]]],
    kind: str,
    name: str,
    find: Text,
    codes: Codes,
) -> _T:
    file = name if is_path(name) else f"{name}.toml"
    return sound(parse(find(kind, name), file, codes))
