"""Looking at customers and accounts: a page of them, or one, as they stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping

from clearance.adapters.sql import browse
from clearance.adapters.sql.lines import Line
from clearance.service.management.asking import Asked, office_of
from clearance.service.management.paging import id_of, token
from clearance.service.management.problems import Missing
from clearance.service.management.words import as_of


@dataclass(frozen=True, slots=True)
class Looking:
    """A request that looks at things of one kind, on a day, at what was known at a moment."""

    request: Asked
    line: Line
    on: date | None = None
    known_at: datetime | None = None

    def some(self, after: str, limit: int) -> tuple[Sequence[RowMapping], str | None]:
        """A page, and the token of the next one, ``None`` on the last.

        Raises:
            InputError: ``after`` is no token.
        """
        look = as_of(self.request, self.on, self.known_at)
        with office_of(self.request).database.reading() as connection:
            rows = browse.page(connection, self.line, look, id_of(after), limit)
        return rows, token(rows[-1]["id"]) if len(rows) == limit else None

    def one(self, id: str) -> RowMapping:
        """What stood of one.

        Raises:
            Missing: nothing did.
        """
        look = as_of(self.request, self.on, self.known_at)
        with office_of(self.request).database.reading() as connection:
            rows = browse.rows_of(connection, self.line, look, {"id": stored(id)})
        if not rows:
            raise Missing("nothing has such an id on that day")
        return rows[0]

    def history(self, id: str) -> Sequence[RowMapping]:
        """Everything that was ever kept of one.

        Raises:
            Missing: nothing was.
        """
        with office_of(self.request).database.reading() as connection:
            rows = browse.history(connection, self.line, {"id": stored(id)})
        if not rows:
            raise Missing("nothing has such an id")
        return rows


def stored(id: str) -> str:
    """An id that a database can be asked for.

    Raises:
        Missing: nothing has such an id.
    """
    if "\0" in id:
        raise Missing("nothing has such an id")
    return id
