"""The words of a finding: kinds of evidence, a cohort, what was observed against what was expected.

1. Content, payment, echo and synchrony are independent kinds; so is address, which never links.
   Template and copies are both content: one text that several send at once is one act, and its
   moments are no synchrony.
2. Evidence is a number against a null; it says how unlikely chance is, nothing about purpose.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]


class Kind(enum.StrEnum):
    """What a piece of evidence is about."""

    TEMPLATE = "template"
    SYNCHRONY = "synchrony"
    PAYMENT = "payment"
    ADDRESS = "address"
    ECHO = "echo"
    COPIES = "copies"


class Seed(enum.StrEnum):
    """What made a cohort a candidate."""

    TEMPLATE = "template"
    INFRASTRUCTURE = "infrastructure"


class Verdict(enum.StrEnum):
    """What a person is told of a cohort: a statistical finding, no conviction."""

    LINKED = "linked"
    REVIEW = "review"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One kind of evidence about a cohort.

    **Shape**: ``observed`` and ``expected`` in the units of the kind (members for a template, pairs
    of members in one moment for synchrony, things shared for the others); ``lift`` their ratio;
    ``p`` one-sided, of this test alone; ``q`` after Benjamini and Hochberg over all cohorts tested;
    ``coverage`` the part of the members that it touches; ``detail`` the window of a synchrony.
    """

    kind: Kind
    observed: float
    expected: float
    lift: float
    p: float
    q: float = 1.0
    coverage: float = 1.0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Cohort:
    """Actors that might act as one, before anything is tested.

    **Shape**: ``members`` ascending indices of actors; ``tokens`` the anchors that they share.
    """

    seed: Seed
    members: Int64
    tokens: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tested:
    """A cohort with the evidence of every test that had something to say."""

    cohort: Cohort
    evidence: tuple[Evidence, ...]

    def of(self, kind: Kind) -> Evidence | None:
        """The evidence of a kind, if there is any."""
        return next((one for one in self.evidence if one.kind is kind), None)
