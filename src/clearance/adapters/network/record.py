"""The record of a database of addresses: every source's vote, as text.

1. A line a vote, in the order of the sources: source, country, ASN, kinds, operator, parted by
   tabs; what the source does not say is empty.
2. Equal votes are equal bytes, so a record is its own name: whoever reads it keeps what was made
   of it by its text.
3. The day and the voice of a source stand once, in the metadata (``about``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


def origin(text: str, sources: Mapping[str, Source]) -> Origin:
    """What a stored record says.

    Raises:
        IntegrityError: the text is no record of these sources.
    """
    try:
        return Origin(tuple(_vote(line, sources) for line in text.split("\n")))
    except (KeyError, ValueError):
        raise IntegrityError(
            f"{text[:60]!r} is no record of votes", remedy="build the database again"
        ) from None


def _vote(line: str, sources: Mapping[str, Source]) -> Vote:
    id, country, asn, kinds, operator = line.split("\t")
    source = sources[id]
    return Vote(
        source=id,
        country=country,
        asn=int(asn or 0),
        kinds=tuple(map(Kind, kinds.split())),
        as_of=source.as_of,
        operator=operator,
        voice=source.voice,
    )
