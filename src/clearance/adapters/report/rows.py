"""The report's table as one block of JSON inside the page.

1. It holds everybody who is not simply allowed, and the largest thousand of the others.
2. Texts that repeat are stored once; ``<``, ``>`` and ``&`` are escaped, so that no text can end
   the block.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from heapq import nsmallest
from operator import attrgetter

from clearance.adapters.report.entries import LARGEST, Entry
from clearance.adapters.report.words import outcome_word
from clearance.model.outcome import Outcome
from clearance.model.plain import Json
from clearance.usecases.screened import Screened

_place = attrgetter("at")


class Shortlist:
    """The customers that the table shows, of ``customers`` in all."""

    def __init__(self, customers: int, largest: int = LARGEST) -> None:
        self._customers = customers
        self._room = largest
        self._strict: list[Entry] = []
        self._allowed: list[tuple[Decimal, int, Entry]] = []

    def add(self, entry: Entry) -> None:
        """Keep what may be shown."""
        if entry.weight is None:
            self._strict.append(entry)
        else:
            self._allowed.append((-entry.weight, entry.at, entry))

    def entries(self) -> list[Entry]:
        """The customers shown, in the portfolio's order."""
        return sorted(self._strict + self._largest(), key=_place)

    def answers(self) -> Iterator[Screened]:
        """The whole answers about those of whom it was kept."""
        kept = (one for one in self._strict + self._largest() if one.whole is not None)
        return (one.whole for one in sorted(kept, key=_place) if one.whole is not None)

    @property
    def left_out(self) -> int:
        """How many customers the table does not show."""
        return self._customers - len(self._strict) - len(self._largest())

    def _largest(self) -> list[Entry]:
        """Those that are simply allowed, the largest first."""
        self._allowed = nsmallest(self._room, self._allowed)
        return [entry for *_, entry in self._allowed]


class _Words(dict[str, int]):
    """Numbers texts as they come."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


def data_block(shortlist: Shortlist, anchors: dict[str, str]) -> str:
    """The table's content, safe inside ``<script type="application/json">``.

    Args:
        shortlist: who is shown.
        anchors: the id of the drawing, by customer.
    """
    import orjson

    reasons, segments, texts, outcomes = _Words(), _Words(), _Words(), _Words()
    rows: list[Json] = [
        [
            row.id,
            row.name,
            row.country,
            segments[row.segment],
            row.revenue,
            outcomes[row.outcome],
            row.share,
            row.maximum,
            [reasons[code] for code in row.codes],
            texts[row.said],
            anchors.get(one.whole.customer.id, "") if one.whole else "",
        ]
        for one in shortlist.entries()
        for row in (one.row,)
    ]
    shown: list[Json] = []
    for word in outcomes:
        spoken = outcome_word(Outcome[word.upper()])
        shown.append(
            {"word": word, "label": spoken.label, "sign": spoken.sign, "rank": spoken.rank}
        )
    block = {
        "outcomes": shown,
        "reasons": list(reasons),
        "segments": list(segments),
        "texts": list(texts),
        "rows": rows,
    }
    text = orjson.dumps(block).decode()
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
