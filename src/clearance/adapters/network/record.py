"""The record of a database of addresses: every source's vote, as text.

1. A line a vote, in the order of the sources: source, country, ASN, kinds, operator, parted by
   tabs; what the source does not say is empty.
2. Equal votes are equal bytes, so a record is its own name: whoever reads it keeps what was made
   of it by its text.
3. The day and the voice of a source stand once, in the metadata (``about``).
"""

from __future__ import annotations

from collections.abc import Sequence

from clearance.model.errors import IntegrityError
from clearance.network.origin import Kind, Origin, Vote
from clearance.network.source import Source


def record(votes: Sequence[Vote]) -> str:
    r"""The votes as the text that is stored.

    >>> record([Vote("a", "XA", 64496), Vote("b", kinds=(Kind.VPN, Kind.HOSTING))])
    'a\tXA\t64496\t\t\nb\t\t\tvpn hosting\t'
    """
    return "\n".join(
        f"{vote.source}\t{vote.country}\t{vote.asn or ''}\t{' '.join(vote.kinds)}\t{vote.operator}"
        for vote in votes
    )


class Records(dict[str | None, Origin | None]):
    """What every record met so far says, by its text; no record says nothing.

    A record is read where it is first asked for, and equal votes are one object.

    Raises:
        IntegrityError: on asking for a text that is no record of these sources.
    """

    __slots__ = ("_sources", "_votes")

    def __init__(self, sources: Sequence[Source]) -> None:
        super().__init__({None: None})
        self._sources = {source.id: source for source in sources}
        self._votes: dict[str, Vote] = {}

    def __missing__(self, text: str | None) -> Origin | None:
        try:
            found = Origin(tuple(map(self._vote, (text or "").split("\n"))))
        except (KeyError, ValueError):
            raise IntegrityError(
                f"{str(text)[:60]!r} is no record of votes", remedy="build the database again"
            ) from None
        self[text] = found
        return found

    def _vote(self, line: str) -> Vote:
        known = self._votes.get(line)
        if known is not None:
            return known
        id, country, asn, kinds, operator = line.split("\t")
        source = self._sources[id]
        found = self._votes[line] = Vote(
            source=id,
            country=country,
            asn=int(asn or 0),
            kinds=tuple(map(Kind, kinds.split())),
            as_of=source.as_of,
            operator=operator,
            voice=source.voice,
        )
        return found
