"""What a campaign may be for: rival readings, with what speaks for and against each.

No reading is chosen. Coordination can be shown from a log; purpose, and who stands behind it,
cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clearance.campaigns.evidence import Evidence, Kind
from clearance.campaigns.traits import Trait
from clearance.campaigns.verdict import counts


@dataclass(frozen=True, slots=True)
class Volume:
    """How much a campaign asked and got, over how many days it was seen.

    **Shape**: ``busiest`` is the part of the requests that the busiest day has; tokens are 0 where
    the log does not state them.
    """

    accounts: int
    requests: int
    days: int
    busiest: float
    tokens_in: int
    tokens_out: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One explanation, with what in the log speaks for it and what against."""

    name: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


def readings(
    evidence: Sequence[Evidence], traits: Sequence[Trait], volume: Volume, *, one_place: bool
) -> tuple[Reading, ...]:
    """The rival readings of a campaign, in a fixed order."""
    has = {one.kind for one in evidence if counts(one)}
    awake = any(one.name == "round the clock" and one.supports for one in traits)
    one_agent = any(one.name == "one agent" and one.supports for one in traits)
    longer = volume.tokens_out > volume.tokens_in > 0
    release = volume.busiest >= 0.5
    lasting = volume.days >= 7
    content, echo = Kind.TEMPLATE in has, Kind.ECHO in has
    cards, together = Kind.PAYMENT in has, Kind.SYNCHRONY in has
    table = (
        (
            "distillation",
            ((content, "many accounts keep to the same few templates"),
             (longer, "more text is taken out than put in"),
             (awake, "accounts rest at no hour")),
            ((not content, "no template is common to the members"),
             (release, "half of it happened on one day")),
        ),
        (
            "resale of access",
            ((echo, "outputs of one account return in another's prompts"),
             (cards, "a card pays for several accounts"),
             (not content, "members ask unlike things")),
            ((content and not echo, "members ask alike things"),),
        ),
        (
            "benchmark",
            ((release, "half of it happened on one day"),
             (content, "prompts share a frame")),
            ((lasting, f"it lasted {volume.days} days"),
             (cards, "a card pays for several accounts")),
        ),
        (
            "spam",
            ((content, "prompts share a frame"),
             (one_agent, "members use one agent")),
            ((longer, "more text is taken out than put in"),),
        ),
        (
            "one company that did not say so",
            ((cards, "a card pays for several accounts"),
             (one_place, "one address serves most members"),
             (not awake, "accounts rest at some hours")),
            ((not one_place, "members come from many addresses"),
             (together, "accounts are set off in the same seconds")),
        ),
    )  # fmt: skip
    return tuple(Reading(name, _said(ours), _said(theirs)) for name, ours, theirs in table)


def _said(points: Sequence[tuple[bool, str]]) -> tuple[str, ...]:
    return tuple(text for holds, text in points if holds)
