"""The edge: one interest of one party in another, as one statement claims it.

1. Types are the codes of BODS 0.4, as they are; an unknown or null type is ``unknownInterest``.
2. Each type feeds at most one measure; measures are never added to each other.
3. Interests that give control without a share are findings, not shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from clearance.model.dates import UNDATED, Period
from clearance.model.share import UNSTATED, Share, Unspecified


class InterestType(IntEnum):
    """BODS 0.4 interest types; the number is the code in arrays and never changes."""

    unknownInterest = 0
    shareholding = 1
    votingRights = 2
    appointmentOfBoard = 3
    otherInfluenceOrControl = 4
    seniorManagingOfficial = 5
    settlor = 6
    trustee = 7
    protector = 8
    beneficiaryOfLegalArrangement = 9
    rightsToSurplusAssetsOnDissolution = 10
    rightsToProfitOrIncome = 11
    rightsGrantedByContract = 12
    conditionalRightsGrantedByContract = 13
    controlViaCompanyRulesOrArticles = 14
    controlByLegalFramework = 15
    boardMember = 16
    boardChair = 17
    unpublishedInterest = 18
    enjoymentAndUseOfAssets = 19
    rightToProfitOrIncomeFromAssets = 20
    nominee = 21
    nominator = 22


class Measure(StrEnum):
    """What a threshold counts, each alone."""

    SHARES = "shares"
    VOTES = "votes"
    BOARD = "board"


GOVERNING = (Measure.VOTES, Measure.BOARD)
"""The measures that run a party: a majority of them is control, whatever else a rule counts."""

CAPITAL_RIGHTS = (
    InterestType.rightsToSurplusAssetsOnDissolution,
    InterestType.rightsToProfitOrIncome,
)
"""Stand for shares in a subject in which nobody holds a ``shareholding``."""

CONTROL_TYPES = (
    InterestType.appointmentOfBoard,
    InterestType.otherInfluenceOrControl,
    InterestType.controlViaCompanyRulesOrArticles,
    InterestType.controlByLegalFramework,
    InterestType.rightsGrantedByContract,
    InterestType.trustee,
    InterestType.settlor,
)
"""Control by their mere presence; ``votingRights`` is control above the rule's threshold."""

MISSING_TYPES = (InterestType.unknownInterest, InterestType.unpublishedInterest)
"""Told that there is an interest, not told which: a holding of unstated size in every measure."""

TRUST_ROLES = (
    InterestType.settlor,
    InterestType.trustee,
    InterestType.beneficiaryOfLegalArrangement,
)
"""Whose the holding of an arrangement is, where a rule does not say otherwise."""


class Direct(StrEnum):
    """BODS ``directOrIndirect``."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Interest:
    """One interest: ``interested_party`` holds ``share`` of ``subject``.

    **Shape**: ids of parties; ``share`` exact interval or ``Unspecified``; ``period`` half-open.
    ``attributed`` says that the figure may describe the same block as another holder's.
    ``components`` are the parties a declared indirect interest runs through. ``joint`` names the
    arrangement whose members hold together. ``detail`` is the source's own word where the type is
    coarse (``IS_DIRECTLY_CONSOLIDATED_BY``). ``consolidation`` marks accounting consolidation.

    **Source**: BODS 0.4, relationship record and ``Interest``.
    """

    interested_party: str
    subject: str
    type: InterestType = InterestType.shareholding
    share: Share | Unspecified = UNSTATED
    period: Period = UNDATED
    source: str = ""
    statement: str = ""
    record: str = ""
    direct: Direct = Direct.DIRECT
    attributed: bool = False
    components: tuple[str, ...] = ()
    joint: str = ""
    consolidation: bool = False
    detail: str = ""
