"""FollowTheMoney's parties as party rows, and the lists their datasets put them on."""

from __future__ import annotations

from clearance.adapters.formats.columns import Gathered, PartyRow
from clearance.adapters.formats.fields import code_of
from clearance.adapters.formats.ftm_values import Entity
from clearance.adapters.formats.particulars import Pair, particulars
from clearance.adapters.formats.registers import identifier
from clearance.model.party import BIC, LEI, VAT, PartyKind

KINDS = {
    "Person": PartyKind.PERSON,
    "Company": PartyKind.ENTITY,
    "LegalEntity": PartyKind.ENTITY,
    "Organization": PartyKind.ENTITY,
    "PublicBody": PartyKind.STATE,
    "Trust": PartyKind.ARRANGEMENT,
}
"""Schemata that are parties."""

LISTS = {
    "us_ofac_sdn": "us-ofac-sdn",
    "us_ofac_cons": "us-ofac-cons",
    "us_bis_entity_list": "us-bis-entity-list",
    "us_bis_meu": "us-bis-meu",
    "eu_fsf": "eu-fsf",
    "gb_hmt_sanctions": "gb-hmt",
    "gb_fcdo_sanctions": "gb-hmt",
    "ch_seco_sanctions": "ch-seco",
    "ca_dfatd_sema_sanctions": "ca-sema",
    "un_sc_sanctions": "un-sc",
}
"""Datasets that are lists, and the list codes that rules name; ``*_sanctions`` keep theirs."""

_LISTED_TOPICS = frozenset({"sanction", "sanction.counter", "export.control", "debarment"})
_SCHEMES = {"leiCode": LEI, "vatCode": VAT, "swiftBic": BIC}
_NUMBERS = (
    "leiCode",
    "registrationNumber",
    "idNumber",
    "ogrnCode",
    "innCode",
    "okpoCode",
    "vatCode",
    "taxNumber",
    "dunsCode",
    "uniqueEntityId",
    "swiftBic",
)
_NAMES = ("alias", "weakAlias", "previousName", "abbreviation")


def party_row(gathered: Gathered, line: int, entity: Entity) -> PartyRow:
    """The row of a party."""
    kind = KINDS[entity.schema]
    person = kind is PartyKind.PERSON
    names = entity.all("name")
    others = [*names[1:], *(name for key in _NAMES for name in entity.all(key))]
    stated = entity.all("jurisdiction") or entity.all("country")
    return PartyRow(
        entity.id,
        names[0] if names else "",
        kind.value,
        "" if person else _code(gathered, line, "jurisdiction", stated),
        "" if person else _code(gathered, line, "mainCountry", entity.all("mainCountry")),
        lists=_lists(entity),
        identifiers=_identifiers(entity),
        other_names=tuple(dict.fromkeys(others)),
        particulars=() if person else _particulars(entity),
        capital=kind is PartyKind.ENTITY,
        source=entity.source or gathered.source,
        statement=entity.id,
        statement_date=entity.changed(),
        line=line,
    )


def _code(gathered: Gathered, line: int, field: str, stated: list[str]) -> str:
    """The one code stated; of several different ones none, because nobody can say which."""
    codes = sorted({code_of(text) for text in stated})
    if not codes or (len(codes) == 1 and codes[0]):
        return codes[0] if codes else ""
    shown = ", ".join(sorted(stated))
    reason = f"{shown!r} is no ISO 3166 code" if codes == [""] else f"{shown!r} are several places"
    gathered.reject(line, f"properties.{field}", f"{reason}; it is not used")
    return ""


def _lists(entity: Entity) -> tuple[str, ...]:
    topics = set(entity.all("topics"))
    if entity.target is False or (topics and not topics & _LISTED_TOPICS):
        return ()
    found = {
        LISTS.get(dataset, dataset.replace("_", "-"))
        for dataset in entity.datasets
        if dataset in LISTS or dataset.endswith("_sanctions")
    }
    return tuple(sorted(found))


def _particulars(entity: Entity) -> tuple[Pair, ...]:
    return particulars(
        entity.all("address"),
        entity.first("legalForm"),
        websites=entity.all("website"),
        emails=entity.all("email"),
        phones=entity.all("phone"),
    )


def _identifiers(entity: Entity) -> tuple[tuple[str, str], ...]:
    return tuple(
        identifier(_SCHEMES.get(key, key), number) for key in _NUMBERS for number in entity.all(key)
    )
