"""Running the decision point: start, a newer generation, and a stop that loses nothing.

1. It listens when the first generation is there, not before.
2. A newer generation is made by a thread of its own and takes the place of the older by one
   assignment. Where it cannot be made the older answers on, and that is told.
3. A stop answers what has begun, stores what was promised, and says what was left.

What happens is told line by line in JSON, without ids of accounts, addresses or texts of requests.
"""

from __future__ import annotations

import asyncio
import gc
import resource
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import uvloop

from clearance.adapters.ledger.apart import LogApart
from clearance.adapters.sql.keys import Keys
from clearance.bootstrap.serving import Generation, Loader
from clearance.model.errors import ClearanceError, InputError, StorageError
from clearance.model.plain import Json
from clearance.service.desk import Desk
from clearance.service.door import Door
from clearance.service.gate import Gate, Tls
from clearance.service.lane import Answer, Lane
from clearance.service.management.ports import Office
from clearance.service.point import Beside
from clearance.service.settings import Network, Settings, Traces
from clearance.service.spans import Spans, spans

_BESIDES = 512
"""Files that are open besides connections: of the management API, the state, the log."""

Tell = Callable[[str, Mapping[str, Json]], None]
"""Takes an event and what is to be said of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where, how, and how long.

    **Shape**: seconds; ``poll`` between looks for a newer generation. ``manage`` is where the
    management API listens, ``None`` where there is none; it reads the ``log`` at this place, and
    webhooks may lead to networks ``inside``. Both listeners show the certificate of ``tls``; with
    ``keys`` whoever asks for a decision must show a key. ``traces`` says where spans go.
    """

    host: str = "127.0.0.1"
    port: int = 8180
    grace: float = 10.0
    poll: float = 2.0
    durable: bool = False
    manage: tuple[str, int] | None = None
    inside: Sequence[Network] = ()
    log: str = ""
    settings: Settings = field(default_factory=Settings)
    tls: Tls | None = None
    keys: bool = False
    traces: Traces | None = None


def serve(loader: Loader, log: LogApart, place: Place, tell: Tell) -> int:
    """Answer until told to stop; how many connections were ended unanswered.

    Raises:
        InputError, SourceError: the first generation cannot be made.
        StorageError: nobody may listen at the place, or the log could not store what it took.
    """
    room(place.settings.limits.connections)
    if place.tls is not None:
        place.tls.read()
    with closing(spans(place.traces, place.settings.proxies, tell)) as made:
        desk = made.desk(_settled(loader.load()), log, place.durable)
        with _managed(desk, loader, log, place, tell):
            return uvloop.run(_run(desk, made, loader, place, tell))


def room(connections: int) -> None:
    """Open files for so many connections and what else is open, as far as the system lets us."""
    given, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _BESIDES
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    if given != resource.RLIM_INFINITY and given < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


@contextmanager
def _managed(desk: Desk, loader: Loader, log: LogApart, place: Place, tell: Tell) -> Iterator[None]:
    """The management API beside the desk, where there is to be one."""
    if place.manage is None:
        yield
        return
    if loader.store is None:
        raise InputError("the management API manages a state", file="--manage", remedy="--state")
    from clearance.bootstrap.sweeping import Wanted  # only where asked for
    from clearance.service.management.running import Address, Management
    from clearance.service.management.sweeper import Sweeper

    host, port = place.manage
    office = Office(
        loader.store.database, Keys(loader.store.database), Beside(desk, log), place.log, tell=tell
    )
    tls = place.tls.context if place.tls is not None else None
    sources = loader.sources
    sweeper = Sweeper(office, Wanted(sources.state, sources.policies, sources.series))
    address = Address(host, port, inside=place.inside, tls=tls, grace=place.grace)
    management = Management(office, address, log, sweeper)
    management.start()
    tell("managing", {"host": host, "port": port})
    try:
        yield
    finally:
        management.stop()


async def _run(desk: Desk, spans: Spans, loader: Loader, place: Place, tell: Tell) -> int:
    loop = asyncio.get_running_loop()
    door = Door(desk, place.settings)
    answer = _gated(door, loader) if place.keys else door.answer
    lane = Lane(spans.answering(answer), place.settings.limits, _failing(desk, tell))
    port = await _listening(lane, place)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    renewal = Renewal(desk, loader, place.poll, tell)
    loop.add_signal_handler(signal.SIGHUP, _again, renewal, place.tls, tell)
    renewal.start()
    tell("listening", {"host": place.host, "port": port, "generation": desk.generation.number})
    await stop.wait()
    tell("stopping", {"connections": len(lane.open)})
    door.stopping = True
    left = await lane.stop(place.grace)
    await asyncio.to_thread(renewal.end)
    return left


def _gated(door: Door, loader: Loader) -> Answer:
    if loader.store is None:
        raise InputError("keys are kept in a state", file="--keys", remedy="--state")
    return Gate(door.answer, Keys(loader.store.database).check).answer


def _again(renewal: Renewal, tls: Tls | None, tell: Tell) -> None:
    """Look at everything anew that was read at the start."""
    renewal.ask()
    if tls is None:
        return
    try:
        tls.read()
    except InputError as error:
        tell("certificate_failed", {"error": error.message()})


async def _listening(lane: Lane, place: Place) -> int:
    tls = place.tls.context if place.tls is not None else None
    try:
        return await lane.listen(place.host, place.port, tls)
    except OSError as error:
        where = f"{place.host}:{place.port}"
        what = f"cannot be listened on: {error.strerror or error}"
        raise StorageError(what, file=where, remedy="choose another address or port") from None


def _failing(desk: Desk, tell: Tell) -> Callable[[Exception], None]:
    def failed(error: Exception) -> None:
        desk.counts.failed += 1
        where = error.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        line = f"{where.tb_frame.f_code.co_name}:{where.tb_lineno}" if where is not None else ""
        tell("failed", {"error": type(error).__name__, "at": line})

    return failed


def _settled(generation: Generation) -> Generation:
    """A generation that the collector need not look at again: nothing in it goes away alone."""
    gc.collect()
    gc.freeze()
    return generation


class Renewal(threading.Thread):
    """Puts a newer generation in the older one's place when there is one, or when asked."""

    def __init__(self, desk: Desk, loader: Loader, poll: float, tell: Tell) -> None:
        super().__init__(name="renewal", daemon=True)
        self._desk = desk
        self._loader = loader
        self._poll = poll
        self._tell = tell
        self._wake = threading.Event()
        self._asked = False
        self._ended = False

    def ask(self) -> None:
        """Make a new generation now, whether or not the state changed."""
        self._asked = True
        self._wake.set()

    def end(self) -> None:
        """Make no more; waits for one that is being made."""
        self._ended = True
        self._wake.set()
        self.join()

    def run(self) -> None:
        while True:
            self._wake.wait(self._poll)
            self._wake.clear()
            if self._ended:
                return
            try:
                self._renew()
            except ClearanceError as error:
                self._tell("generation_failed", {"error": error.message()})
            except Exception as error:  # the thread must outlive whatever was wrong
                self._tell("generation_failed", {"error": type(error).__name__})

    def _renew(self) -> None:
        asked, self._asked = self._asked, False
        if not asked and self._loader.number() == self._desk.generation.number:
            return
        generation = self._loader.load()
        self._desk.generation = generation
        gc.freeze()
        self._tell("generation", {"number": generation.number})
