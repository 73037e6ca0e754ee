"""Rule records: from a TOML document to ``model.rule.Rule``.

1. Every parameter of a restriction is written in the record; nothing is keyed on a rule's id.
2. Thresholds are percentages, exact; versions are half-open periods that do not overlap.
3. ``regions = "policy"`` leaves the region list to the policy; ``with_regions`` supplies it.
4. ``types = "standard"`` names the control interests of ``model.interest.CONTROL_TYPES``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clearance.model.dates import ALWAYS, NEVER, text_of_day
from clearance.model.interest import CONTROL_TYPES, TRUST_ROLES, InterestType, Measure
from clearance.model.party import PartyKind
from clearance.model.rule import (
    Aggregation,
    Citation,
    Control,
    Force,
    Level,
    Operator,
    Reading,
    Rule,
    SeedFact,
    Seeds,
    Test,
    Version,
)
from clearance.policy.codes import Codes
from clearance.policy.reading.fields import Fields
from clearance.policy.reading.located import locate
from clearance.policy.reading.problems import Problem, Sheet

_TYPES = {kind.name: kind for kind in InterestType}
_KINDS = {kind.word: kind for kind in PartyKind if kind is not PartyKind.UNKNOWN}
_FACTS = {fact.value: fact for fact in SeedFact}
_MEASURES = {measure.value: measure for measure in Measure}
_OPERATORS = {operator.value: operator for operator in Operator}
_AGGREGATIONS = {way.value: way for way in Aggregation}
_READINGS = {reading.value: reading for reading in Reading}
_LEVELS: dict[str, Level | None] = {level.value: level for level in Level} | {"none": None}


def parse_rule(text: str, file: str, codes: Codes) -> tuple[Rule, Sequence[Problem]]:
    """A rule record, and what is wrong with it; do not use the rule unless nothing is.

    Raises:
        InputError: the text is no TOML.
    """
    sheet = Sheet(file, locate(text, file))
    root = Fields.of(sheet)
    rule = Rule(
        id=root.id(),
        title=root.text("title"),
        versions=_versions(root),
        aggregation=root.choice("aggregation", _AGGREGATIONS),
        readings=root.choices("readings", _READINGS),
        seeds=_seeds(root.table("seeds"), codes),
        control=_control(root.table("control")),
        owners=root.flag("owners"),
        consolidation=root.flag("consolidation"),
        options=root.flag("options"),
        trusts=root.choices("trusts", _TYPES) if root.has("trusts") else TRUST_ROLES,
        verified=root.text("verified"),
        citations=citations(root),
    )
    if not rule.readings:
        root.note("readings", "no reading", 'write for example readings = ["cascade"]')
    root.done()
    return rule, tuple(sorted(sheet.problems))


def needs_regions(rule: Rule) -> bool:
    """Does the rule wait for a region list from a policy or a flag?"""
    return bool(rule.seeds.facts) and not rule.seeds.regions and not rule.seeds.everyone


def with_regions(rule: Rule, regions: Sequence[str]) -> Rule:
    """The rule with its region list replaced, sorted and without repetition."""
    return replace(rule, seeds=replace(rule.seeds, regions=tuple(sorted(set(regions)))))


def citations(fields: Fields) -> tuple[Citation, ...]:
    """The ``[[citations]]`` of a document, at least one."""
    found = []
    for table in fields.tables("citations"):
        found.append(
            Citation(table.text("text"), table.text("url", ""), table.flag("primary", True))
        )
        table.done()
    if not found:
        fields.note("citations", "no citation", "say in [[citations]] where it stands written")
    return tuple(found)


def region_codes(fields: Fields, name: str, codes: Codes) -> tuple[str, ...]:
    """A list of region codes, sorted; what is no code is noted."""
    found = set()
    for place, code in fields.words(name):
        if codes.known(code):
            found.add(code)
        else:
            fields.sheet.note(
                place, f"{code!r} is no region code", "write ISO 3166 codes such as XA or XA-01"
            )
    return tuple(sorted(found))


def _versions(root: Fields) -> tuple[Version, ...]:
    found: list[Version] = []
    for table in root.tables("versions"):
        force = Force(table.day("start", ALWAYS), table.day("end", NEVER))
        tests = tuple(_test(test) for test in table.tables("tests"))
        if not tests:
            table.note("tests", "no test", "write at least one measure, operator and threshold")
        if force.start >= force.end:
            table.note("end", "is not after start", "give the first day it no longer applies")
        table.done()
        if any(_overlap(force, earlier.force) for earlier in found):
            table.note("start", "overlaps an earlier version", "let each day have one version")
        found.append(Version(force, tests))
    if not found:
        root.note("versions", "no version", "write [[versions]] with tests")
    return tuple(sorted(found, key=lambda version: version.force.start))


def _overlap(one: Force, other: Force) -> bool:
    return one.start < other.end and other.start < one.end


def _test(table: Fields) -> Test:
    test = Test(
        table.choice("measure", _MEASURES),
        table.choice("operator", _OPERATORS),
        table.percent("threshold"),
    )
    if test.operator is Operator.AT_LEAST and test.threshold == 0:
        table.note("threshold", "everybody has at least 0 %", 'write operator = ">"')
    if test.operator is Operator.OVER and test.threshold == 1:
        table.note("threshold", "nobody has more than 100 %", 'write operator = ">="')
    table.done()
    return test


def _seeds(table: Fields, codes: Codes) -> Seeds:
    from_policy = table.has("regions") and table.raw("regions") == "policy"
    seeds = Seeds(
        kinds=table.choices("kinds", _KINDS),
        lists=tuple(sorted({word for _, word in table.words("lists")})),
        facts=table.choices("facts", _FACTS),
        regions=() if from_policy else region_codes(table, "regions", codes),
        outside=table.flag("outside"),
        everyone=table.flag("everyone"),
    )
    if not seeds.kinds:
        table.note("kinds", "no kind of party", 'write for example kinds = ["entity"]')
    if not (seeds.lists or seeds.facts or seeds.everyone):
        table.note("facts", "nobody is restricted", "name lists, facts with regions, or everyone")
    if seeds.facts and not (from_policy or seeds.regions):
        table.note("regions", "missing", 'list codes, or write regions = "policy"')
    table.done()
    return seeds


def _control(table: Fields) -> Control:
    standard = table.has("types") and table.raw("types") == "standard"
    control = Control(
        level=table.choice("level", _LEVELS),
        types=CONTROL_TYPES if standard else table.choices("types", _TYPES),
        exact_half=table.flag("exact_half"),
        other_kinds_of_region=table.flag("other_kinds_of_region"),
        presumption=_test(table.table("presumption")) if table.has("presumption") else None,
        offset=table.flag("offset"),
        whole_in_hybrid=table.flag("whole_in_hybrid"),
    )
    table.done()
    return control


def force_text(force: Force) -> str:
    """A period of force as people read it.

    >>> force_text(Force(ALWAYS, NEVER)), force_text(Force(20336, NEVER))
    ('always', 'from 2025-09-05')
    """
    start = "" if force.start == ALWAYS else f"from {text_of_day(force.start)}"
    end = "" if force.end == NEVER else f"before {text_of_day(force.end)}"
    return " and ".join(part for part in (start, end) if part) or "always"
