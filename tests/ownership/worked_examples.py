"""Public worked examples as data: rule, graph, seeds, what is expected.

``expected`` maps a party to the word for how far it is reached, or to its share, or to both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tests.graphs import graph

from clearance.adapters.policies.reading import load_rule
from clearance.model.dates import day_of
from clearance.model.interest import Interest
from clearance.model.party import Party, PartyKind
from clearance.model.rule import Rule
from clearance.policy.reading.rules import with_regions


@dataclass(frozen=True, slots=True)
class Example:
    """One row of the table.

    **Shape**: ``reached`` by party; ``share`` in percent, 6 decimals, both ends equal;
    ``most`` the upper end alone; ``seeds`` ``None`` where ``parties`` and the rule's regions pick.
    """

    name: str
    rule: str
    graph: tuple[Interest, ...]
    seeds: frozenset[str] | None
    reached: Mapping[str, str]
    share: Mapping[str, float] = field(default_factory=dict)
    most: Mapping[str, float] = field(default_factory=dict)
    level: Mapping[str, str] = field(default_factory=dict)
    parties: tuple[Party, ...] = ()
    day: int = day_of("2026-06-01")

    def rule_record(self) -> Rule:
        """The shipped rule, its regions set where it takes them from a policy."""
        rule = load_rule(self.rule)
        return with_regions(rule, ["XA"]) if self.seeds is None else rule


def _of(names: str) -> frozenset[str]:
    return frozenset(names.split())


_UNKNOWN = (Party("unknown", kind=PartyKind.UNKNOWN, unspecified="subject-unable-to-confirm"),)
_P = Party("P", jurisdiction="XC", headquarters="XA")

EXAMPLES = (
    Example(
        "FAQ 401, a chain of halves",
        "us-ofac-50",
        graph("X -50%-> A; A -50%-> B"),
        _of("X"),
        {"X": "certain", "A": "certain", "B": "certain"},
    ),
    Example(
        "FAQ 401, two reached halves add",
        "us-ofac-50",
        graph("X -50%-> A; X -50%-> B; A -25%-> C; B -25%-> C"),
        _of("X"),
        {"C": "certain"},
        {"C": 50.0},
    ),
    Example(
        "the product of the same says 25 %",
        "product",
        graph("X -50%-> A; X -50%-> B; A -25%-> C; B -25%-> C"),
        _of("X"),
        {"C": "no"},
        {"C": 25.0},
    ),
    Example(
        "FAQ 401, a direct rest and a reached holding add",
        "us-ofac-50",
        graph("X -50%-> A; X -10%-> B; A -40%-> B"),
        _of("X"),
        {"B": "certain"},
        {"B": 50.0},
    ),
    Example(
        "FAQ 401, an unreached holding does not count",
        "us-ofac-50",
        graph("X -50%-> A; X -25%-> B; A -25%-> C; B -25%-> C"),
        _of("X"),
        {"A": "certain", "B": "no", "C": "no"},
        {"C": 25.0},
    ),
    Example(
        "FAQ 399, two listed holders add",
        "us-ofac-50",
        graph("X -25%-> A; Y -25%-> A"),
        _of("X Y"),
        {"A": "certain"},
        {"A": 50.0},
    ),
    Example(
        "one holder, two sources: fuse, never add",
        "us-ofac-50",
        graph("G -30%-> T@1; G -30%-> T@2"),
        _of("G"),
        {"T": "no"},
        {"T": 30.0},
    ),
    Example(
        "EU, two quarters before July 2024",
        "eu-asset-freeze",
        graph("A -25%-> T; B -25%-> T"),
        _of("A B"),
        {"T": "no"},
        {"T": 50.0},
        day=day_of("2024-06-01"),
    ),
    Example(
        "EU, two quarters after July 2024",
        "eu-asset-freeze",
        graph("A -25%-> T; B -25%-> T"),
        _of("A B"),
        {"T": "certain"},
        {"T": 50.0},
        day=day_of("2024-07-04"),
    ),
    Example(
        "UK, two halves without a joint arrangement",
        "uk-ofsi",
        graph("A -50%-> T; B -50%-> T"),
        _of("A B"),
        {"T": "no"},
        {"T": 50.0},
    ),
    Example(
        "UK, a majority of a majority",
        "uk-ofsi",
        graph("D -60%-> A; A -60%-> T"),
        _of("D"),
        {"A": "certain", "T": "certain"},
        {"T": 60.0},
    ),
    Example(
        "tiers, a majority above the last link counts whole",
        "us-tier-850-206",
        graph("P -60%-> A; A -40%-> C; P -30%-> B; B -20%-> C"),
        _of("P"),
        {"C": "no"},
        {"C": 46.0},
    ),
    Example(
        "product, a loop-free web",
        "product",
        graph("P -80%-> A; P -60%-> B; P -10%-> C; B -10%-> A; A -40%-> C; B -20%-> C"),
        _of("P"),
        {"A": "certain", "B": "certain", "C": "certain"},
        {"A": 86.0, "B": 60.0, "C": 56.4},
    ),
    Example(
        "product, a cycle",
        "product",
        graph("P -80%-> C1; P -60%-> C2; C1 -30%-> C2; C2 -20%-> C1"),
        _of("P"),
        {"C1": "certain", "C2": "certain"},
        {"C1": 97.87234, "C2": 89.361702},
    ),
    Example(
        "product, the root in the cycle",
        "product",
        graph("P -100%-> C1; C1 -10%-> P"),
        _of("P"),
        {"C1": "certain", "P": "certain"},
        {"C1": 100.0, "P": 100.0},
    ),
    Example(
        "treasury shares",
        "product",
        graph("A -60%-> B; B -5%-> B"),
        _of("A"),
        {"B": "certain"},
        {"B": 63.157895},
    ),
    Example(
        "a loop with outsiders",
        "cascade-50",
        graph("R -10%-> A; A -60%-> B; B -60%-> A"),
        _of("R"),
        {"A": "no", "B": "no"},
    ),
    Example(
        "a loop with outsiders, multiplied",
        "product",
        graph("R -10%-> A; A -60%-> B; B -60%-> A"),
        _of("R"),
        {"A": "no", "B": "no"},
    ),
    Example(
        "an ownerless loop",
        "cascade-50",
        graph("A -100%-> B; B -100%-> A"),
        _of(""),
        {"A": "possible", "B": "possible"},
    ),
    Example(
        "an ownerless loop, multiplied",
        "product",
        graph("A -100%-> B; B -100%-> A"),
        _of(""),
        {"A": "possible", "B": "possible"},
    ),
    Example(
        "a range",
        "cascade-50",
        graph("R -(50,75)%-> T"),
        _of("R"),
        {"T": "certain"},
        most={"T": 75.0},
    ),
    Example(
        "a stated unknown that may tip it",
        "cascade-50",
        graph("R -30%-> T; unknown -?-> T; N -45%-> T"),
        _of("R"),
        {"T": "possible"},
        most={"T": 55.0},
        parties=_UNKNOWN,
    ),
    Example(
        "a stated unknown that cannot tip it",
        "cascade-50",
        graph("R -30%-> T; unknown -?-> T; N -51%-> T"),
        _of("R"),
        {"T": "no"},
        most={"T": 49.0},
        parties=_UNKNOWN,
    ),
    *(
        Example(
            f"declared indirect over components, {rule}",
            rule,
            (
                *graph("C -50%-> B; D -50%-> B; P -?-> C; P -?-> D"),
                replace(graph("P -60%-> B")[0], statement="s5", components=("C", "D")),
            ),
            _of("P"),
            {"B": "certain"},
            {"B": 60.0},
        )
        for rule in ("cascade-50", "product")
    ),
    Example(
        "a region, by headquarters",
        "provider-regions",
        graph("P -51%-> S"),
        None,
        {"P": "certain", "S": "certain"},
        parties=(_P, Party("S", jurisdiction="XS")),
    ),
    Example(
        "a joint venture at exactly half",
        "provider-regions",
        graph("P -50%-> JV; Q -50%-> JV"),
        None,
        {"JV": "no"},
        {"JV": 50.0},
        level={"JV": "review"},
        parties=(Party("P", headquarters="XA"), Party("Q", headquarters="XS")),
    ),
)
