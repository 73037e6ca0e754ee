"""From words to an explanation: the snapshot opened, the party found, the rules bound."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clearance.adapters.policies.loaded import load_policy
from clearance.adapters.policies.reading import codes, load_rule, rule_ids
from clearance.adapters.snapshot.folder import damage_told, open_folder
from clearance.adapters.snapshot.reference import Reference
from clearance.model.errors import InputError
from clearance.model.party import LEI, Party
from clearance.model.rule import Rule
from clearance.usecases.explain import Explanation, OwnersOf, explain
from clearance.usecases.owners import find_owners
from clearance.usecases.rulings import bound_rule


def explain_party(
    snapshot: Path, party: str, policy: str, as_of: int, regions: str | None = None
) -> Explanation:
    """Explain a party under every ownership rule of a policy.

    Raises:
        InputError: no such party or policy, or several parties have that name.
        IntegrityError: the folder is no snapshot.
    """
    loaded = load_policy(policy, regions)
    with damage_told(snapshot):
        reference = open_folder(snapshot)
        rules = [
            bound_rule(loaded.policy, loaded.rules[owned.rule], reference.graph, codes())
            for owned in loaded.policy.ownership
        ]
        return explain(reference, found(reference, party), rules, as_of)


def owners_of_party(
    snapshot: Path, party: str, as_of: int, policy: str = "", regions: str | None = None
) -> tuple[Party, tuple[OwnersOf, ...]]:
    """Whom every shipped owner-finding rule names; those of regions, with a policy's.

    Raises:
        InputError: no such party or policy, or several parties have that name.
        IntegrityError: the folder is no snapshot.
    """
    if regions is not None and not policy:
        raise InputError(
            "stands in place of a policy's", file="--regions", remedy="name a --policy"
        )
    bound = load_policy(policy, regions).policy if policy else None
    with damage_told(snapshot):
        reference = open_folder(snapshot)
        id = found(reference, party)
        rules = owner_rules()
        if bound is not None:
            rules = [bound_rule(bound, rule, reference.graph, codes()) for rule in rules]
        return reference.party(id) or Party(id), find_owners(reference, id, rules, as_of)


def owner_rules() -> Sequence[Rule]:
    """The shipped rules that find owners and bar nobody, by id."""
    return [rule for rule in map(load_rule, rule_ids()) if rule.owners]


def found(reference: Reference, party: str) -> str:
    """The id of the party meant by an id, a ``SCHEME:NUMBER``, an LEI or an exact name.

    Raises:
        InputError: nobody, or several parties, are meant.
    """
    if reference.index(party) is not None:
        return party
    scheme, _, number = party.rpartition(":")
    indexes = reference.lookup_identifier(scheme or LEI, number)
    indexes = indexes or reference.lookup_name(party)
    if not indexes:
        raise InputError(
            f"no party {party!r} in the reference",
            remedy="give an id, SCHEME:NUMBER of a register, an LEI or the exact name",
        )
    if len(indexes) > 1:
        some = ", ".join(reference.id(index) for index in indexes[:5])
        raise InputError(
            f"{len(indexes)} parties answer to {party!r}", remedy=f"give an id, such as {some}"
        )
    return reference.id(indexes[0])
