"""The only place that wires adapters to use cases."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from werkzeug.middleware.proxy_fix import ProxyFix

from config import alphabet, theming, tokens
from config import catalogue as catalogue_file
from config.languages import names
from config.loader import ConfigErrors
from config.transliteration import to_cyrillic
from config.wording import Wording
from queue_server.domain import catalogue_document
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.catalogue_errors import CatalogueError, CatalogueErrors
from queue_server.domain.estimate import Estimate
from queue_server.domain.signing_in import SignInRules
from queue_server.hooks.forwarding import Forwarder, Sink
from queue_server.storage.database import Database
from queue_server.storage.errors import StorageError
from queue_server.system import (
    Argon2Passwords,
    Ed25519Notary,
    PyotpCodes,
    RandomNames,
    SecretSigner,
    SteadyClock,
    read_secret,
)
from queue_server.usecases import checkpoints, chores, commands
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.foresight import Foresight, by_history
from queue_server.usecases.ports import Center
from queue_server.usecases.remembering import Memory
from queue_server.voice.voicebox import Voicebox
from queue_server.web import oidc
from queue_server.web.api import catalogue
from queue_server.web.api.catalogue import CatalogueFiles
from queue_server.web.app import Web, create_app
from queue_server.web.oidc import OidcSettings
from queue_server.web.pages import board, voice
from queue_server.web.pages.board import Boards
from queue_server.web.site import DemoLinks, Site

_log = logging.getLogger(__name__)
#: HTTP needs so many of the threads; each socket holds one of the others
THREADS_FOR_HTTP = 100
#: bytes of an Ed25519 private key
KEY_LENGTH = 32
#: a request gets its turn so soon beside a thread that reckons, seconds; Python's own 5 ms, waited
#: at each look into the database, would let a ticket take 35 ms instead of 10 meanwhile
TURN = 0.001
#: what time alone brings about is looked after so often, seconds
TICK = 5.0
#: between two stretches of the log that are verified, the hall has the machine so long, seconds
BREATH = 0.1
#: answers to idempotency keys are kept so long, and looked through so often
ANSWERS_KEPT, PURGE_EVERY = timedelta(hours=48), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wiring:
    """What bootstrap needs to know, as plain values."""

    database: str
    #: the folder for what the server writes beside the database
    data: Path
    secret: Path
    #: how visitors' phones reach the server
    public_url: str
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 1200
    log_level: str = "INFO"
    #: the folder with the voice packs; None: the boards only chime
    voice: Path | None = None
    #: what is asked of people beside a password
    sign_in: SignInRules = field(default_factory=SignInRules)
    #: the service through which people may sign in
    oidc: OidcSettings | None = None
    #: who is told outside of the house what happens
    sinks: tuple[Sink, ...] = ()
    #: how many proxies of our own stand in front and tell the caller's address
    proxies: int = 0
    demo: bool = False

    @property
    def ledger_key(self) -> Path:
        """The file with the private half of the center's Ed25519 key."""
        return self.data / "ledger.key"


@dataclass(frozen=True)
class Running:
    """A wired center: its ports, its database, its web, its background threads."""

    center: Center
    database: Database
    web: Web
    stop: Callable[[], None]


def open_center(
    wiring: Wiring, committed: Iterable[Callable[[int], None]] = ()
) -> tuple[Center, Database]:
    """Open the database and return the center on it; raises StorageError."""
    database = Database(wiring.database, parse=_parse, committed=committed)
    wording = Wording.load()
    center = Center(
        write=database.write,
        read=database.read,
        clock=SteadyClock(),
        names=RandomNames(),
        signer=SecretSigner(read_secret(wiring.secret)),
        passwords=Argon2Passwords(strong=not wiring.demo),
        codes=PyotpCodes(),
        notary=_notary(wiring.ledger_key),
        public_url=wiring.public_url,
        say_wait=_say_wait(wording),
        texts=wording.texts.__getitem__,
        sign_in=wiring.sign_in,
    )
    return center, database


def new_foresight() -> Foresight:
    """Return what foresees a center by all that its days have taught."""
    return Foresight(time.thread_time, by_history(Memory()))


def start(wiring: Wiring, demo: DemoLinks | None = None) -> Running:
    """Wire a center with its web and start what runs beside the requests."""
    sys.setswitchinterval(TURN)
    grown, ended = threading.Event(), threading.Event()
    foresight = new_foresight()
    waking = [threading.Event() for _ in wiring.sinks]
    readers = [grown, foresight.stirred, *waking]
    center, database = open_center(wiring, [lambda _seq: _wake(readers)])
    center = replace(center, foresight=foresight)
    web = _web(wiring, center, demo, grown)
    publisher = web.sockets.publisher
    foresight.told = web.sockets.figures.stirred.set
    publisher.begin()
    forwarders = [
        (sink.name, Forwarder(center, sink, reader, ended).run)
        for sink, reader in zip(wiring.sinks, waking, strict=True)
    ]
    for name, work in (
        ("publisher", publisher.run),
        ("figures", web.sockets.figures.run),
        ("foresight", lambda: foresight.run(center)),
        ("ticker", lambda: _tick(center, database, ended)),
        ("watcher", lambda: _watch(database, readers, ended)),
        ("prover", lambda: _prove(center, ended)),
        *forwarders,
    ):
        threading.Thread(target=keep_at, args=(work, ended), name=name, daemon=True).start()

    def stop() -> None:
        ended.set()
        _wake(readers)
        publisher.stop()
        web.sockets.figures.stop()
        foresight.stop()
        database.close()

    return Running(center, database, web, stop)


def _notary(path: Path) -> Ed25519Notary:
    """Return the center's key pair, made at the first start; raises StorageError."""
    private = read_secret(path)
    if len(private) != KEY_LENGTH:
        raise StorageError(f"{path} is no key of a ledger; restore it from a backup.")
    return Ed25519Notary(private)


def _web(wiring: Wiring, center: Center, demo: DemoLinks | None, grown: threading.Event) -> Web:
    """Return the center's web, with all that it gets from elsewhere."""
    most_sockets = wiring.threads - THREADS_FOR_HTTP
    web = create_app(_site(center, demo), wiring.data, most_sockets, grown)
    oidc.install(web.app, wiring.oidc)
    if wiring.proxies:
        web.app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            web.app.wsgi_app, wiring.proxies, wiring.proxies, wiring.proxies
        )
    catalogue.install(web.app, CATALOGUE_FILES)
    board.install(web.app, Boards(wiring.data / "media", theming.colours()))
    if wiring.voice is not None:
        voice.install(web.app, Voicebox(wiring.voice))
    return web


def keep_at(work: Callable[[], object], ended: threading.Event) -> None:
    """Do what runs beside the requests until the end: a fault is noted, and it begins again.

    A full disk or a busy database must not leave the boards silent for the rest of the day.
    """
    while not ended.is_set():
        try:
            work()
        except Exception:  # noqa: BLE001 - the outer loop of a thread
            _log.exception("begins again", extra={"action": threading.current_thread().name})
            ended.wait(1.0)


def _site(center: Center, demo: DemoLinks | None) -> Site:
    wording = Wording.load()
    return Site(
        center=center,
        say=wording.say,
        texts=wording.section,
        languages=names(alphabet.in_force()),
        tokens_css=tokens.css(tokens.load()),
        demo=demo,
    )


def _parse(document: Mapping[str, Any]) -> Catalogue:
    """Return a kept document's catalogue, in the letters that are in force."""
    return catalogue_document.parse(alphabet.in_document(document, alphabet.in_force()))


def _read_file(text: str) -> dict[str, Any]:
    """Return what a catalogue's TOML says; raises CatalogueErrors with every mistake in it."""
    try:
        return catalogue_file.read_text(text, "")
    except ConfigErrors as faults:
        raise CatalogueErrors(
            CatalogueError(each.key, each.sentence) for each in faults.errors
        ) from None


#: how the catalogue's page reads and writes files
CATALOGUE_FILES = CatalogueFiles(
    read=_read_file,
    write=catalogue_file.text,
    fill=catalogue_file.filled,
    key=catalogue_file.key_in_file,
    cyrillic=to_cyrillic,
)


def _say_wait(wording: Wording) -> Callable[[Estimate, str, datetime], str]:
    def say(wait: Estimate, language: str, local: datetime) -> str:
        if not wait.served:
            return wording.say("wait.nobody", language)
        if wait.long:
            back = local + timedelta(minutes=wait.low)
            return wording.say("wait.long", language, time=f"{back:%H:%M}")
        if wait.soon:
            return wording.say("wait.soon", language)
        return wording.say("wait.between", language, a=wait.low, b=wait.high)

    return say


def _tick(center: Center, database: Database, ended: threading.Event) -> None:
    """Let time pass, but open a transaction only when something is due."""
    purged = center.clock.now() - PURGE_EVERY
    while not ended.wait(TICK):
        if not _has_catalogue(center):
            continue
        _keep_time(center)
        chores.look_after(center)
        if center.clock.now() - purged > PURGE_EVERY:
            purged = center.clock.now()
            chores.look_after(center, chores.RARE)
            database.purge_replies(purged - ANSWERS_KEPT)


def _prove(center: Center, ended: threading.Event) -> None:
    """Verify the log as it was found at the start; what does not hold is said loudly, once."""
    broken = checkpoints.verify(center, pause=lambda: ended.wait(BREATH)).broken
    if broken is not None and _has_catalogue(center):
        with commands.acting(center, SYSTEM) as act:
            checkpoints.broke(act, broken)
    ended.wait()


def _has_catalogue(center: Center) -> bool:
    with center.read() as work:
        return work.catalogue_version > 0


def _keep_time(center: Center) -> None:
    """Take the machine's time over where it has jumped, once that changes nobody's place."""
    clock = center.clock
    if not isinstance(clock, SteadyClock) or not (jump := clock.jumped()):
        return
    _log.warning("the machine's time has jumped by %s", jump, extra={"action": "clock"})
    if chores.nobody_waits(center):
        clock.settle()


def _watch(database: Database, readers: Iterable[threading.Event], ended: threading.Event) -> None:
    """Wake the readers of the log when another process has committed."""
    for _ in database.watch(ended):
        _wake(readers)


def _wake(readers: Iterable[threading.Event]) -> None:
    for grown in readers:
        grown.set()
