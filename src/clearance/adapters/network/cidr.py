"""Lists of networks: an address or a network a line, said to be what the whole list is about.

1. Blank lines and remarks (``#`` or ``;``, also after a network) are passed over.
2. What a network of the list is — its kinds, its country — stands in the list of sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clearance.adapters.formats.source import Source
from clearance.adapters.network.addresses import block
from clearance.adapters.network.described import Described
from clearance.adapters.network.words import SILENCE, Row
from clearance.model.errors import InputError

_REMARK = re.compile(r"[#;].*")


def recognised(source: Source, described: Described) -> bool:
    """Anything may be a list of networks; what is none is told by its first line."""
    return True


def rows(source: Source, described: Described) -> Iterator[Row]:
    """The networks of a list.

    Raises:
        InputError: nobody says what the list is about.
        SourceError: a line is no network.
    """
    if described.usual == SILENCE:
        raise InputError(
            "a list of networks, and nobody says of what kind",
            file=source.name,
            remedy="list it in a TOML file of sources with its 'kinds' or its 'country'",
        )
    for line, text in enumerate(source.text_lines(), 1):
        network = _REMARK.sub("", text).strip()
        if not network:
            continue
        try:
            yield Row(line, *block(network), SILENCE)
        except InputError as error:
            raise source.error(error.what, line=line, remedy=error.remedy or "") from None
