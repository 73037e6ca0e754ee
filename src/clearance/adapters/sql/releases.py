"""Releases of policies: kept with every step, moved on by the rules of ``usecases.releases``.

1. What is kept are the steps; where a release stands follows from them and the day.
2. A step is checked against what stands in the same transaction, so that two people at once
   cannot both be first; every step is an entry for the log and an event.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, func, insert, select

from clearance.adapters.policies.bundle import Bundle
from clearance.adapters.sql.changing import Change, day_of_moment
from clearance.adapters.sql.events import emit
from clearance.adapters.sql.outbox import note
from clearance.adapters.sql.tables import bundle, release, release_step
from clearance.model.errors import InputError
from clearance.usecases.releases import Act, Release, Step, drafted, entry_of


def put_bundle(change: Change, policy: Bundle) -> None:
    """Keep a policy's document; one that is kept already stays as it is."""
    c = bundle.c
    if change.connection.execute(select(c.digest).where(c.digest == policy.digest)).first():
        return
    change.connection.execute(
        insert(bundle).values(
            digest=policy.digest,
            policy=policy.loaded.policy.id,
            body=policy.document,
            recorded_at=change.at,
            recorded_by=change.by,
        )
    )


def bundle_of(connection: Connection, digest: str) -> bytes | None:
    """The document of a digest, or ``None``."""
    found = connection.execute(select(bundle.c.body).where(bundle.c.digest == digest)).scalar()
    return None if found is None else bytes(found)


def releases(connection: Connection, series: str | None = None) -> Sequence[Release]:
    """Every release, or those of one series, by series and number."""
    c, steps = release.c, release_step.c
    wanted = select(release).order_by(c.series, c.number)
    taken = select(release_step).order_by(steps.entry)
    if series is not None:
        wanted, taken = wanted.where(c.series == series), taken.where(steps.series == series)
    by_release: dict[tuple[str, int], list[Step]] = {}
    for row in connection.execute(taken).mappings():
        by_release.setdefault((row["series"], row["number"]), []).append(_step(row))
    return [
        _release(row, by_release[row["series"], row["number"]])
        for row in connection.execute(wanted).mappings()
    ]


def draft(change: Change, series: str, policy: Bundle, said: str = "") -> Release:
    """Begin a release of a policy, as the next number of its series.

    Raises:
        InputError: nobody is named, or the series has no name.
    """
    if not series.strip():
        raise InputError("no name", field="series", remedy="name the series")
    put_bundle(change, policy)
    c = release.c
    last = change.connection.execute(select(func.max(c.number)).where(c.series == series)).scalar()
    loaded = policy.loaded.policy
    step = Step(Act.DRAFT, change.by, day_of_moment(change.at), policy.digest, said)
    force = (loaded.force.start, loaded.force.end)
    made = drafted(series, (last or 0) + 1, loaded.id, force, step)
    change.connection.execute(
        insert(release).values(
            series=made.series,
            number=made.number,
            policy=made.policy,
            digest=made.digest,
            valid_from=made.start,
            valid_to=made.end,
            recorded_at=change.at,
            recorded_by=change.by,
        )
    )
    _keep(change, made, step)
    return made


def take_step(
    change: Change, series: str, number: int, act: Act, evidence: str, said: str = ""
) -> Release:
    """One more step of a release.

    Raises:
        InputError: there is no such release, or the step is refused.
    """
    standing = next(
        (one for one in releases(change.connection, series) if one.number == number), None
    )
    if standing is None:
        raise InputError(f"no release {series}/{number}", remedy="list the releases")
    step = Step(act, change.by, day_of_moment(change.at), evidence, said)
    moved = standing.after(step)
    _keep(change, moved, step)
    change.matters = change.matters or act in (Act.APPROVE, Act.WITHDRAW)
    return moved


def _keep(change: Change, moved: Release, step: Step) -> None:
    change.connection.execute(
        insert(release_step).values(
            series=moved.series,
            number=moved.number,
            act=step.act.value,
            by=step.by,
            evidence=step.evidence,
            note=step.note,
            day=step.day,
            recorded_at=change.at,
            recorded_by=change.by,
        )
    )
    entry = {key: said for key, said in entry_of(moved, step).items() if key not in ("kind", "by")}
    kind = str(entry_of(moved, step)["kind"])
    note(change, kind, entry, {"by": step.by})
    emit(change, f"release.{step.act.value}", f"{moved.series}/{moved.number}", entry)


def _release(row: RowMapping, steps: Sequence[Step]) -> Release:
    return Release(
        row["series"],
        row["number"],
        row["policy"],
        row["valid_from"],
        row["valid_to"],
        row["digest"],
        tuple(steps),
    )


def _step(row: RowMapping) -> Step:
    return Step(Act(row["act"]), row["by"], row["day"], row["evidence"], row["note"])
