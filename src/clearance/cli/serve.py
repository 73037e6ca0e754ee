"""``clearance serve``: answer a gateway."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import orjson
import typer

from clearance.model.errors import InputError
from clearance.model.plain import Json

Policies = Annotated[
    list[str] | None,
    typer.Option(
        metavar="POLICY",
        help="Where the state has no approved policy: a shipped id or a path; the day picks one.",
    ),
]
Series = Annotated[
    str, typer.Option(metavar="NAME", help="Of the state's approved policies those of a series.")
]
Manage = Annotated[
    str, typer.Option(metavar="HOST:PORT", help="Where the management API listens; nowhere.")
]
Inside = Annotated[
    list[str] | None,
    typer.Option(metavar="NETWORK", help="An inner network that webhooks may lead to."),
]
State = Annotated[
    str, typer.Option(metavar="STATE", help="Customers and accounts: SQLite file or postgresql://.")
]
Networks = Annotated[
    Path | None, typer.Option(metavar="FILE", help="A database made by 'network build'.")
]
Log = Annotated[str, typer.Option(metavar="LOG", help="The log: SQLite file or postgresql://.")]
Key = Annotated[Path, typer.Option(metavar="FILE", help="The log's key, made by 'log keygen'.")]
Bind = Annotated[str, typer.Option(metavar="HOST:PORT", help="Where to listen.")]
Durable = Annotated[
    bool, typer.Option("--durable", help="Answer when the log is on disk, with the receipt.")
]
Proxies = Annotated[
    list[str] | None,
    typer.Option(metavar="NETWORK", help="A proxy that may ask at /check; may be repeated."),
]
Named = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIELD=NAME",
        help="A header in which a proxy says account, address, action, model, service, phone, "
        "end_customer or end_use; may be repeated.",
    ),
]
Legal = Annotated[int, typer.Option(metavar="STATUS", help="What law blocks: 451 or 403.")]
Tolerance = Annotated[
    str, typer.Option(metavar="SECONDS", help="How far a request's own time may be off, or 'any'.")
]
PublicUrl = Annotated[str, typer.Option(metavar="URL", help="How clients reach the API.")]
Certificate = Annotated[
    Path | None, typer.Option(metavar="FILE", help="A certificate with its chain (PEM).")
]
CertificateKey = Annotated[
    Path | None, typer.Option(metavar="FILE", help="The certificate's private key (PEM).")
]
Keyed = Annotated[
    bool, typer.Option("--keys", help="Answer only who shows a key with the scope decisions:ask.")
]
Unguarded = Annotated[
    bool,
    typer.Option("--unguarded", help="Listen beyond loopback without TLS and keys nevertheless."),
]
Collector = Annotated[
    str,
    typer.Option(metavar="URL", help="Where traces go (OTLP over HTTP; needs the extra 'otel')."),
]
Share = Annotated[
    float, typer.Option(min=0.0, max=1.0, help="Which share of the traces is kept, 0 to 1.")
]


def command(
    log: Log,
    key: Key,
    policy: Policies = None,
    state: State = "",
    networks: Networks = None,
    bind: Bind = "127.0.0.1:8180",
    durable: Durable = False,
    proxy: Proxies = None,
    header: Named = None,
    legal_status: Legal = 451,
    time_tolerance: Tolerance = "86400",
    public_url: PublicUrl = "",
    series: Series = "",
    manage: Manage = "",
    webhook_network: Inside = None,
    tls_cert: Certificate = None,
    tls_key: CertificateKey = None,
    keys: Keyed = False,
    unguarded: Unguarded = False,
    traces: Collector = "",
    trace_share: Share = 1.0,
) -> None:
    """Answer a gateway: AuthZEN at /access/v1, forward questions at /check."""
    from clearance.bootstrap.serving import Loader, Sources, log_at
    from clearance.service import settings
    from clearance.service.gate import Tls, refuse_open
    from clearance.service.serve import Place, serve

    if (tls_cert is None) is not (tls_key is None):
        raise InputError("one of --tls-cert and --tls-key is missing", remedy="give both")
    tls = Tls(tls_cert, tls_key) if tls_cert is not None and tls_key is not None else None
    listens = _place(bind, "--bind")
    manages = _place(manage, "--manage") if manage else None
    for where, option, keyed in ((listens, "--bind", keys), (manages, "--manage", True)):
        if where is not None and not unguarded:
            refuse_open(where, option, tls=tls is not None, keys=keyed)
    place = Place(
        *listens,
        durable=durable,
        manage=manages,
        tls=tls,
        keys=keys,
        traces=settings.traces(traces, trace_share),
        inside=settings.networks(webhook_network or ()),
        log=log,
        settings=settings.Settings(
            tolerance=settings.tolerance(time_tolerance),
            proxies=settings.networks(proxy or ()),
            headers=settings.headers(header or ()),
            legal_status=settings.legal_status(legal_status),
            public_url=public_url,
        ),
    )
    with log_at(log, key) as written:
        found = written.found
        _tell("log", {"size": found.size, "killed": found.killed, "lost": found.lost})
        left = serve(Loader(Sources(policy or (), state, networks, series)), written, place, _tell)
    _tell("stopped", {"unanswered": left, "log_size": written.size, "lost": written.lost})


def _place(text: str, option: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65_535:
        raise InputError(f"{text!r} is no place", file=option, remedy="write 127.0.0.1:8180")
    return host.strip("[]"), int(port)


def _tell(event: str, said: Mapping[str, Json]) -> None:
    typer.echo(orjson.dumps({"event": event, **said}).decode(), err=True)
