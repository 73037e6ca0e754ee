"""Past decisions and their receipts, out of the log."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, Response, get
from litestar.params import PathParameter

from clearance.adapters.decisions.again_json import decision_json
from clearance.adapters.ledger.reader import LogReader
from clearance.bootstrap.decisions import decision
from clearance.model.errors import InputError
from clearance.service.management.asking import Asked, asks, office_of
from clearance.service.management.problems import Missing
from clearance.usecases.scopes import Scope

Id = Annotated[str, PathParameter(max_length=200, description="The id that the answer carried.")]


class DecisionRecord(msgspec.Struct):
    """A decision as it was logged, with the documents it names; what was erased is null."""

    id: str
    at: str
    index: int
    body: Any
    documents: dict[str, Any]
    missing: list[str]
    sealed: dict[str, str | None]


class DecisionController(Controller):
    """``/v1/decisions``."""

    path = "/v1/decisions"
    tags = ("decisions",)

    @get("/{id:str}", sync_to_thread=True, **asks(Scope.DECISIONS_READ, 404))
    def one(self, request: Asked, id: Id) -> DecisionRecord:
        """What was asked, what was known, every reason, and the policy that decided."""
        log = _log(request)
        try:
            found = decision_json(decision(log, id))
        except InputError:
            raise Missing("no such decision") from None
        return msgspec.convert(found, DecisionRecord)

    @get(
        "/{id:str}/receipt",
        sync_to_thread=True,
        media_type="text/plain",
        **asks(Scope.DECISIONS_READ, 404),
    )
    def receipt(self, request: Asked, id: Id) -> Response[str]:
        """Its ``.tlog-proof``: place, proof and signed checkpoint."""
        with LogReader.open(_log(request)) as reader:
            stored = reader.entry(id) if id.isascii() and id.isprintable() else None
            if stored is None:
                raise Missing("no such decision")
            return Response(reader.receipt(stored.index).text, media_type="text/plain")


def _log(request: Asked) -> str:
    log = office_of(request).log
    if not log:
        raise Missing("there is no log beside this API")
    return log
