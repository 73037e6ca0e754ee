"""Policies on their way into effect: drafted, validated, approved by a second person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Response, get, post
from litestar.params import FromPath, JSONBody

from clearance.adapters.policies.bundle import Bundle, opened
from clearance.adapters.sql.changing import Change
from clearance.adapters.sql.releases import bundle_of, draft, releases, take_step
from clearance.model.errors import InputError
from clearance.model.plain import canonical
from clearance.service.management.asking import Asked, asks, office_of
from clearance.service.management.looking import stored
from clearance.service.management.problems import Conflict, Missing
from clearance.service.management.words import Name, PathId, Text, date_of
from clearance.service.management.writing import write
from clearance.usecases.releases import Act, Release, state_on
from clearance.usecases.scopes import Scope

Evidence = Annotated[str, msgspec.Meta(max_length=128, pattern="^[A-Za-z0-9:_-]*$")]


class Draft(msgspec.Struct, forbid_unknown_fields=True):
    """A policy to be released: the document that ``clearance policy bundle`` writes."""

    series: Name
    bundle: dict[str, Any]
    note: Text = ""


class StepAsked(msgspec.Struct, forbid_unknown_fields=True):
    """What is done to a release, and the digest of what that rests on."""

    act: Literal["validate", "impact", "withdraw"]
    evidence: Evidence = ""
    note: Text = ""


class Approval(msgspec.Struct, forbid_unknown_fields=True):
    """An approval, with the digest of the impact run that was seen."""

    evidence: Evidence
    note: Text = ""


class StepTaken(msgspec.Struct):
    """What somebody did."""

    act: str
    by: str
    day: date | None
    evidence: str
    note: str


class ReleaseRecord(msgspec.Struct):
    """A version of a policy; ``state`` is today's, ``effective`` its first day once approved."""

    series: str
    number: int
    policy: str
    digest: str
    valid_from: date | None
    valid_to: date | None
    state: str
    effective: date | None
    steps: list[StepTaken]


class ReleaseList(msgspec.Struct):
    """Every release, by series and number."""

    releases: list[ReleaseRecord]


class ReleaseController(Controller):
    """``/v1/releases``."""

    path = "/v1/releases"
    tags = ("policies",)

    @get("/", sync_to_thread=True, **asks(Scope.POLICIES_READ))
    def all(self, request: Asked) -> ReleaseList:
        """Every release and where it stands today."""
        with office_of(request).database.reading() as connection:
            found = releases(connection)
        return ReleaseList([_record(request, one, found) for one in found])

    @post("/", sync_to_thread=True, **asks(Scope.POLICIES_WRITE, 409, 422))
    def draft(self, request: Asked, data: JSONBody[Draft]) -> Response[ReleaseRecord]:
        """Begin a release. The key's name is its author, who cannot approve it."""
        policy = _bundle(data.bundle)

        def act(change: Change) -> ReleaseRecord:
            made = draft(change, data.series, policy, data.note)
            return _record(request, made, releases(change.connection, made.series))

        return write(request, act, 201)

    @get("/{series:str}/{number:int}", sync_to_thread=True, **asks(Scope.POLICIES_READ, 404))
    def one(self, request: Asked, series: PathId, number: FromPath[int]) -> ReleaseRecord:
        """A release with all its steps."""
        with office_of(request).database.reading() as connection:
            found = releases(connection, stored(series))
        release = _numbered(found, number)
        return _record(request, release, found)

    @post(
        "/{series:str}/{number:int}/steps",
        sync_to_thread=True,
        **asks(Scope.POLICIES_WRITE, 404, 409, 422),
    )
    def step(
        self, request: Asked, series: PathId, number: FromPath[int], data: JSONBody[StepAsked]
    ) -> Response[ReleaseRecord]:
        """Validate, note an impact run, or withdraw."""
        return _step(request, (series, number), Act(data.act), data.evidence, data.note)

    @post(
        "/{series:str}/{number:int}/approval",
        sync_to_thread=True,
        **asks(Scope.POLICIES_APPROVE, 404, 409, 422),
    )
    def approve(
        self, request: Asked, series: PathId, number: FromPath[int], data: JSONBody[Approval]
    ) -> Response[ReleaseRecord]:
        """Approve it, as somebody else than its author."""
        return _step(request, (series, number), Act.APPROVE, data.evidence, data.note)

    @get("/{series:str}/{number:int}/bundle", sync_to_thread=True, **asks(Scope.POLICIES_READ, 404))
    def document(self, request: Asked, series: PathId, number: FromPath[int]) -> dict[str, Any]:
        """The policy's document with all it refers to."""
        with office_of(request).database.reading() as connection:
            release = _numbered(releases(connection, stored(series)), number)
            document = bundle_of(connection, release.digest)
        if document is None:
            raise Missing("its document is not kept")
        found: dict[str, Any] = msgspec.json.decode(document)
        return found


def _bundle(value: dict[str, Any]) -> Bundle:
    try:
        return opened(value, canonical(value).encode())
    except UnicodeEncodeError:
        raise InputError(
            "holds what is no text", field="bundle", remedy="bundle it again"
        ) from None


def _step(
    request: Asked, of: tuple[str, int], act: Act, evidence: str, note: str
) -> Response[ReleaseRecord]:
    series, number = of

    def take(change: Change) -> ReleaseRecord:
        _numbered(releases(change.connection, stored(series)), number)
        try:
            moved = take_step(change, series, number, act, evidence, note)
        except InputError as error:
            raise Conflict(error.what, remedy=error.remedy) from None
        return _record(request, moved, releases(change.connection, series))

    return write(request, take)


def _numbered(found: Sequence[Release], number: int) -> Release:
    release = next((one for one in found if one.number == number), None)
    if release is None:
        raise Missing("no such release")
    return release


def _record(request: Asked, release: Release, others: Sequence[Release]) -> ReleaseRecord:
    today = office_of(request).clock() // 86_400_000_000
    series = [one for one in others if one.series == release.series]
    return ReleaseRecord(
        release.series,
        release.number,
        release.policy,
        release.digest,
        date_of(release.start),
        date_of(release.end),
        state_on(release, series, today).value,
        None if release.effective is None else date_of(release.effective),
        [
            StepTaken(one.act.value, one.by, date_of(one.day), one.evidence, one.note)
            for one in release.steps
        ],
    )
