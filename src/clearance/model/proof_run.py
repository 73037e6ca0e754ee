"""The run that proofs share, with its whole rule, as a plain JSON value, and back."""

from __future__ import annotations

from enum import IntEnum
from typing import TypeVar

from clearance.model.dates import ALWAYS, NEVER, day_of, text_of_day
from clearance.model.interest import InterestType, Measure
from clearance.model.party import PartyKind
from clearance.model.plain import Fields, Json, fraction_text, percent_text
from clearance.model.proof import Run
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

Object = dict[str, Json]
I = TypeVar("I", bound=IntEnum)  # noqa: E741


def run_json(run: Run) -> Object:
    """The run; ``given`` is null where the rule names the seeds."""
    return {
        "as_of": text_of_day(run.as_of),
        "snapshot": run.snapshot,
        "tests": [_test_json(test) for test in run.tests],
        "assumed": run.assumed,
        "given": None if run.given is None else list(run.given),
        "rule": rule_json(run.rule),
    }


def run_from_json(fields: Fields) -> Run:
    """The run such an object stands for."""
    run = Run(
        rule_from_json(fields.object("rule")),
        day_of(fields.text("as_of")),
        fields.text("snapshot", ""),
        tuple(_test(item) for item in fields.objects("tests")),
        fields.flag("assumed"),
        fields.texts("given") if fields.has("given") else None,
    )
    fields.done()
    return run


def rule_json(rule: Rule) -> Object:
    """A whole rule record, so that a proof stands without the rule file."""
    return {
        "id": rule.id,
        "title": rule.title,
        "versions": [
            {
                "start": _day_text(version.force.start),
                "end": _day_text(version.force.end),
                "tests": [_test_json(test) for test in version.tests],
            }
            for version in rule.versions
        ],
        "aggregation": rule.aggregation.value,
        "readings": [reading.value for reading in rule.readings],
        "seeds": _seeds_json(rule.seeds),
        "control": _control_json(rule.control),
        "owners": rule.owners,
        "consolidation": rule.consolidation,
        "options": rule.options,
        "trusts": [type.name for type in rule.trusts],
        "verified": rule.verified,
        "citations": [
            {"text": item.text, "url": item.url, "primary": item.primary} for item in rule.citations
        ],
    }


def rule_from_json(fields: Fields) -> Rule:
    """The rule such an object stands for."""
    rule = Rule(
        fields.text("id"),
        fields.text("title", ""),
        tuple(_version(item) for item in fields.objects("versions")),
        fields.word("aggregation", Aggregation),
        tuple(fields.one_of(text, Reading, "readings") for text in fields.texts("readings")),
        _seeds(fields.object("seeds")),
        _control(fields.object("control")),
        fields.flag("owners"),
        fields.flag("consolidation"),
        fields.flag("options"),
        _codes(fields, "trusts", InterestType),
        fields.text("verified", "yes"),
        tuple(
            Citation(item.text("text"), item.text("url", ""), item.flag("primary"))
            for item in fields.objects("citations")
        ),
    )
    fields.done()
    return rule


def _day_text(day: int) -> str:
    return "" if day in (ALWAYS, NEVER) else text_of_day(day)


def _version(fields: Fields) -> Version:
    start, end = fields.text("start", ""), fields.text("end", "")
    force = Force(day_of(start) if start else ALWAYS, day_of(end) if end else NEVER)
    version = Version(force, tuple(_test(item) for item in fields.objects("tests")))
    fields.done()
    return version


def _test_json(test: Test) -> Object:
    return {
        "measure": test.measure.value,
        "operator": test.operator.value,
        "threshold": percent_text(test.threshold),
    }


def _test(fields: Fields) -> Test:
    test = Test(
        fields.word("measure", Measure),
        fields.word("operator", Operator),
        fraction_text(fields.text("threshold")),
    )
    fields.done()
    return test


def _seeds_json(seeds: Seeds) -> Object:
    return {
        "kinds": [kind.name for kind in seeds.kinds],
        "lists": list(seeds.lists),
        "facts": [fact.value for fact in seeds.facts],
        "regions": list(seeds.regions),
        "outside": seeds.outside,
        "everyone": seeds.everyone,
    }


def _seeds(fields: Fields) -> Seeds:
    seeds = Seeds(
        _codes(fields, "kinds", PartyKind),
        fields.texts("lists"),
        tuple(fields.one_of(text, SeedFact, "facts") for text in fields.texts("facts")),
        fields.texts("regions"),
        fields.flag("outside"),
        fields.flag("everyone"),
    )
    fields.done()
    return seeds


def _control_json(control: Control) -> Object:
    return {
        "level": control.level and control.level.value,
        "types": [type.name for type in control.types],
        "exact_half": control.exact_half,
        "other_kinds_of_region": control.other_kinds_of_region,
        "presumption": _test_json(control.presumption) if control.presumption else None,
        "offset": control.offset,
        "whole_in_hybrid": control.whole_in_hybrid,
    }


def _control(fields: Fields) -> Control:
    control = Control(
        fields.word("level", Level) if fields.has("level") else None,
        _codes(fields, "types", InterestType),
        fields.flag("exact_half"),
        fields.flag("other_kinds_of_region"),
        _test(fields.object("presumption")) if fields.has("presumption") else None,
        fields.flag("offset"),
        fields.flag("whole_in_hybrid"),
    )
    fields.done()
    return control


def _codes(fields: Fields, name: str, codes: type[I]) -> tuple[I, ...]:
    texts = fields.texts(name)
    for text in texts:
        if text not in codes.__members__:
            raise fields.fault(name, f"{text!r} is no {codes.__name__}")
    return tuple(codes[text] for text in texts)
