"""Reference data that screenings rest on: what was loaded, of which day, under which licence."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import msgspec
from litestar import Controller, Response, get, post
from litestar.params import JSONBody

from clearance.adapters.sql.changing import Change
from clearance.adapters.sql.snapshots import SourceNote, add_snapshot, snapshots
from clearance.service.management.asking import Asked, asks, office_of
from clearance.service.management.words import Name, Text, stamp
from clearance.service.management.writing import write
from clearance.usecases.scopes import Scope

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class SourceRecord(msgspec.Struct, forbid_unknown_fields=True):
    """One source of a snapshot."""

    id: Name
    as_of: date
    licence: Text = ""
    digest: Text = ""


class NewSnapshot(msgspec.Struct, forbid_unknown_fields=True):
    """A snapshot that was loaded: its digest, when it was built, and from what."""

    digest: Digest
    built: date
    sources: Annotated[list[SourceRecord], msgspec.Meta(max_length=200)]


class SnapshotRecord(msgspec.Struct):
    """A snapshot, and who told of it when."""

    digest: str
    built: date
    sources: list[SourceRecord]
    recorded_at: datetime
    recorded_by: str


class SnapshotList(msgspec.Struct):
    """Every snapshot, the latest first."""

    snapshots: list[SnapshotRecord]


class SnapshotController(Controller):
    """``/v1/snapshots``."""

    path = "/v1/snapshots"
    tags = ("snapshots",)

    @get("/", sync_to_thread=True, **asks(Scope.SNAPSHOTS_READ))
    def all(self, request: Asked) -> SnapshotList:
        """Every snapshot that was told of, the latest first."""
        with office_of(request).database.reading() as connection:
            found = snapshots(connection)
        return SnapshotList(
            [
                SnapshotRecord(
                    one.digest,
                    date.fromisoformat(one.built),
                    [
                        SourceRecord(
                            each.id, date.fromisoformat(each.as_of), each.licence, each.digest
                        )
                        for each in one.sources
                    ],
                    stamp(one.recorded_at),
                    one.recorded_by,
                )
                for one in found
            ]
        )

    @post("/", sync_to_thread=True, **asks(Scope.SNAPSHOTS_WRITE, 409, 422))
    def add(self, request: Asked, data: JSONBody[NewSnapshot]) -> Response[SnapshotRecord]:
        """Tell of a snapshot; the log says so, too."""
        sources = [
            SourceNote(one.id, one.as_of.isoformat(), one.licence, one.digest)
            for one in data.sources
        ]

        def act(change: Change) -> SnapshotRecord:
            add_snapshot(change, data.digest, data.built.isoformat(), sources)
            return SnapshotRecord(
                data.digest, data.built, data.sources, stamp(change.at), change.by
            )

        return write(request, act, 201)
