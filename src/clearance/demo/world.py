"""A world on paper: parties, interests, customers, and the truth about each customer.

1. What the register shows is ``parties`` and ``interests``; what is really so is ``truth``.
   They differ where a structure says so: a concealed owner, a sale not yet filed.
2. Rows are written in the order in which they were made; the same seed gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from clearance.demo.draw import Draw
from clearance.demo.names import Names
from clearance.demo.scripts import Script

UNSUPPORTED = ("XA", "XB", "XC", "XD")
SUPPORTED = ("XE", "XF", "XG", "XH", "XI", "XJ", "XL", "XM", "XN", "XP", "XQ", "XR", "XS", "XT")
OFFSHORE = ("XU", "XV")
FREE_ZONE = "XF-FZ"


@dataclass(frozen=True, slots=True)
class Truth:
    """What is really so, known by construction.

    ``barred`` by the published text; ``None`` where the text does not say (its readings differ).
    ``structure`` names how the customer is owned.
    """

    customer: str
    structure: str
    barred: bool | None
    note: str


@dataclass(slots=True)
class World:
    """Builds the four files row by row.

    **Shape**: ``party_of`` a customer, empty for a trading name; ``latin`` names of parties whose
    register writes in another script; ``scripts`` by region, Latin left out.
    """

    seed: int
    parties: list[dict[str, str]] = field(default_factory=list)
    interests: list[dict[str, str]] = field(default_factory=list)
    customers: list[dict[str, str]] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)
    draw: Draw = field(init=False)
    names: Names = field(init=False)
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    party_of: dict[str, str] = field(default_factory=dict)
    latin: dict[str, str] = field(default_factory=dict)
    scripts: dict[str, Script] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.draw = Draw(self.seed)
        self.names = Names(self.draw)

    def entity(self, jurisdiction: str, headquarters: str = "", **facts: str) -> str:
        """An entity incorporated in one place and run from another (the same if not given)."""
        number = f"{len(self.parties) + 1:06d}"
        ending = facts.pop("ending", "")
        return self._party(
            {
                "id": f"{jurisdiction}-REG-{number}",
                "name": facts.pop("name", "") or self.names.company(ending),
                "kind": "entity",
                "jurisdiction": jurisdiction,
                "headquarters": headquarters or jurisdiction,
                "identifiers": f"{jurisdiction}-REG:{number}",
                **facts,
            }
        )

    def person(self, residence: str = "") -> str:
        """A natural person; where they live is stated only if given."""
        return self._party(
            {
                "id": f"person-{len(self.parties) + 1:06d}",
                "name": self.names.person(),
                "kind": "person",
                "residence": residence,
            }
        )

    def state(self, region: str) -> str:
        """The government of a region, made once."""
        id = f"state-{region}"
        if id not in self.rows:
            self._party(
                {
                    "id": id,
                    "name": f"Government of {region}",
                    "kind": "state",
                    "jurisdiction": region,
                }
            )
        return id

    def restricted(self) -> str:
        """A company headquartered in an unsupported region, with an owner of its own."""
        company = self.entity(self.draw.one(UNSUPPORTED))
        self.owns(self.person(), company, "100")
        return company

    def ordinary(self) -> str:
        """A company headquartered in a supported region, held by people."""
        company = self.entity(self.draw.one(SUPPORTED))
        for share in self.draw.split(100, self.draw.whole(1, 2)):
            self.owns(self.person(), company, str(share))
        return company

    def unknown(self, why: str) -> str:
        """A holder whom the register does not name."""
        id = f"unknown-{len(self.parties) + 1:06d}"
        return self._party({"id": id, "name": why, "kind": "unknown"})

    def owns(self, holder: str, subject: str, share: str = "", **more: str) -> None:
        """``holder`` has ``share`` percent of ``subject``; ``more`` are further columns."""
        self.interests.append(
            {
                "interested_party": holder,
                "subject": subject,
                "interest_type": more.pop("type", "shareholding"),
                "share": share,
                "source": "register",
                "statement": f"s-{len(self.interests) + 1:06d}",
                **more,
            }
        )

    def customer(
        self,
        party: str,
        structure: str,
        barred: bool | None,
        note: str = "",
        *,
        revenue: int | None = None,
        known: bool = True,
    ) -> None:
        """Make ``party`` a customer, found by its register number unless not ``known``."""
        row = self.rows[party]
        register, _, number = row.get("identifiers", "").partition(":")
        amount = revenue if revenue is not None else round(self.draw.lognormal(9_000, 1.7))
        named_only = self.draw.chance(0.15)
        id = f"C{len(self.customers) + 1:05d}"
        self.customers.append(
            {
                "id": id,
                "name": row["name"] if known else self.names.company(),
                "country": row["jurisdiction"],
                "register": "" if named_only or not known else register,
                "register_number": "" if named_only or not known else number,
                "headquarters": row["headquarters"] if self.draw.chance(0.3) else "",
                "segment": segment(amount),
                "annual_revenue": str(amount),
            }
        )
        self.party_of[id] = party if known else ""
        self.truths.append(Truth(id, structure, barred, note))

    def _party(self, row: dict[str, str]) -> str:
        self.parties.append(row)
        self.rows[row["id"]] = row
        return row["id"]


def segment(revenue: int) -> str:
    """``enterprise`` above 100,000 a year, ``team`` above 5,000, else ``self-serve``."""
    if revenue > 100_000:
        return "enterprise"
    return "team" if revenue > 5_000 else "self-serve"
