"""The report's table as one block of JSON inside the page.

1. It holds everybody who is not simply allowed, and the largest thousand of the others.
2. Texts that repeat are stored once; ``<``, ``>`` and ``&`` are escaped, so that no text can end
   the block.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from decimal import Decimal

from clearance.adapters.foreign_text import visible
from clearance.adapters.report.words import outcome_word
from clearance.adapters.result_json import amount, cached_percent
from clearance.model.outcome import Outcome
from clearance.model.plain import Json
from clearance.model.share import range_text
from clearance.usecases.screened import Screened

LARGEST = 1000
_OPEN = (Outcome.ALLOW, Outcome.ALLOW_WITH_NOTICE)


class Shortlist:
    """Keeps the customers that the table shows."""

    def __init__(self, largest: int = LARGEST) -> None:
        self._room = largest
        self._strict: list[tuple[int, Screened]] = []
        self._largest: list[tuple[Decimal, int, Screened]] = []
        self._seen = 0

    def add(self, screened: Screened) -> None:
        """Keep this customer, or not."""
        self._seen += 1
        if screened.outcome not in _OPEN:
            self._strict.append((self._seen, screened))
            return
        entry = (screened.customer.revenue, -self._seen, screened)
        if len(self._largest) < self._room:
            heapq.heappush(self._largest, entry)
        elif self._room and entry[:2] > self._largest[0][:2]:
            heapq.heapreplace(self._largest, entry)

    def __iter__(self) -> Iterator[Screened]:
        """The customers kept, in the portfolio's order."""
        kept = self._strict + [(-at, screened) for _, at, screened in self._largest]
        for _, screened in sorted(kept, key=lambda entry: entry[0]):
            yield screened

    @property
    def left_out(self) -> int:
        """How many customers the table does not show."""
        return self._seen - len(self._strict) - len(self._largest)


class _Words:
    """Numbers texts as they come."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.number.setdefault(text, len(self.number))

    def values(self) -> list[Json]:
        return list(self.number)


def _deciding(screened: Screened) -> Iterator[str]:
    """The codes that decided, each once."""
    said = (one.code for one in screened.reasons if one.outcome is screened.outcome)
    return iter(dict.fromkeys(said))


def _said(screened: Screened) -> str:
    """The first sentence, and what is odd about the data behind it."""
    flags = f"flags: {', '.join(screened.flags)}" if screened.flags else ""
    return "; ".join(filter(None, (*(one.text for one in screened.reasons[:1]), flags)))


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
            visible(one.customer.id),
            visible(one.customer.name),
            one.customer.country,
            segments(visible(one.customer.segment)),
            amount(one.customer.revenue),
            outcomes(one.outcome.word),
            range_text(one.share) if one.share else "",
            cached_percent(one.share.maximum) if one.share else -1,
            [reasons(code) for code in _deciding(one)],
            texts(visible(_said(one))),
            anchors.get(one.customer.id, ""),
        ]
        for one in shortlist
    ]
    shown: list[Json] = []
    for word in outcomes.number:
        spoken = outcome_word(Outcome[word.upper()])
        shown.append(
            {"word": word, "label": spoken.label, "sign": spoken.sign, "rank": spoken.rank}
        )
    block = {
        "outcomes": shown,
        "reasons": reasons.values(),
        "segments": segments.values(),
        "texts": texts.values(),
        "rows": rows,
    }
    text = orjson.dumps(block).decode()
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
