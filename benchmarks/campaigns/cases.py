"""The invented logs that are measured: sizes, variants, and what is asked of each.

1. A log of sixteen million rows has 324,000 accounts, 24,000 of them in three campaigns with three
   million rows; the others of the series are that log made smaller or larger.
2. In ``own`` the campaigns alone make sixteen million rows, 667 an account, beside four million.
3. In ``sparse`` one account in a hundred is in a campaign, and one row in thirty.
4. In ``day`` three million rows are a day, and four days are there when the fifth comes.
"""

from __future__ import annotations

from dataclasses import dataclass

MILLION = 1_000_000
SERIES = (2, 4, 8, 16, 32)


@dataclass(frozen=True, slots=True)
class Case:
    """One log.

    **Shape**: ``limit`` seconds asked for from text to report, ``find`` those of finding alone,
    ``day`` those that one more day may take; ``None`` where nothing is asked.
    """

    name: str
    what: str
    seed: int
    accounts: int
    rows: int
    members: tuple[int, ...]
    exchanges: int
    outputs: bool = False
    days: int = 28
    limit: float | None = None
    find: float | None = None
    day: float | None = None

    def options(self) -> tuple[str, ...]:
        """The options of ``campaigns simulate``."""
        said = {
            "seed": self.seed,
            "accounts": self.accounts,
            "rows": self.rows,
            "members": ",".join(map(str, self.members)),
            "exchanges": self.exchanges,
            "days": self.days,
        }
        options = [word for key, value in said.items() for word in (f"--{key}", str(value))]
        return (*options, "--outputs") if self.outputs else tuple(options)


def series(millions: int) -> Case:
    """The log of the series with so many million rows."""
    part = millions / 16
    asked = millions == 16
    return Case(
        f"rows-{millions}",
        f"{millions} M rows",
        1600 + millions,
        round(300_000 * part),
        round(13 * MILLION * part),
        tuple(round(size * part) for size in (1_000, 8_000, 15_000)),
        round(3 * MILLION * part),
        limit=210.0 if asked else None,
        find=90.0 if asked else None,
    )


CASES = (
    *map(series, SERIES),
    Case(
        "echo",
        "16 M rows with outputs",
        1701,
        300_000,
        13 * MILLION,
        (1_000, 8_000, 15_000),
        3 * MILLION,
        outputs=True,
        limit=300.0,
    ),
    Case(
        "own",
        "16 M rows of campaigns beside 4 M",
        1702,
        100_000,
        4 * MILLION,
        (1_000, 8_000, 15_000),
        16 * MILLION,
    ),
    Case(
        "sparse",
        "1 % of 100,000 accounts",
        1703,
        99_000,
        3_880_000,
        (50, 250, 700),
        120_000,
    ),
    Case(
        "day",
        "a day of 3 M rows after four",
        1704,
        300_000,
        12_200_000,
        (1_000, 8_000, 15_000),
        2_800_000,
        days=5,
        day=45.0,
    ),
)
