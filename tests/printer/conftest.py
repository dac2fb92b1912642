"""Slips of the five languages, printers that misbehave, and pictures to compare with."""

import os
import pty
import socket
import struct
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from printer.deadline import Deadline
from printer.decode import picture
from printer.errors import DeviceError
from printer.fake.server import FakePrinter
from printer.health import Health
from printer.job import Job, JobState
from printer.model import models
from printer.paper import PAPER_80
from printer.printable import Printable
from printer.raster import render
from printer.reasons import Reason
from printer.sheet import Bullet, Section, Sheet
from printer.slip import Slip

SNAPSHOTS = Path(__file__).parents[1] / "snapshots" / "slips"
URL = "http://192.168.1.20:8000/t/0192f3a17c3e7b1a9d551a2b3c4d5e6f?key=Zk3u8Qm2xT9a"
#: Far longer than anything here takes; a test that waits so long has failed.
PATIENCE = 20.0

UZ_LATN = Slip(
    ref="0192f3a1",
    number="A042",
    center="Namuna tumani davlat xizmatlari markazi",
    service="Tugʻilganlikni qayd etish (kompleks xizmat)",
    lines=(
        ("Berilgan vaqti", "22.11.2026 10:42"),
        ("Sizdan oldin", "7 kishi"),
        ("Kutish taxminan", "10–20 daqiqa"),
    ),
    url=URL,
    notes=("Navbatingizni telefonda kuzating: kodni kamera bilan oʻqing.",),
    end="Talonni xizmat tugaguncha saqlang",
)
UZ_CYRL = Slip(
    ref="0192f3a2",
    number="A043",
    center="Намуна тумани давлат хизматлари маркази",
    service="Туғилганликни қайд этиш (комплекс хизмат)",
    lines=(
        ("Берилган вақти", "22.11.2026 10:43"),
        ("Сиздан олдин", "8 киши"),
        ("Кутиш тахминан", "10–20 дақиқа"),
    ),
    url=URL,
    notes=("Навбатингизни телефонда кузатинг: кодни камера билан ўқинг.",),
    end="Талонни хизмат тугагунча сақланг",
    language="uz-Cyrl",
)
RU = Slip(
    ref="0192f3a3",
    number="M108",
    center="Центр государственных услуг Образцового района",
    service="Государственная регистрация права на недвижимое имущество",
    lines=(
        ("Выдан", "22.11.2026 10:44"),
        ("Перед вами", "12"),
        ("Время ожидания", "больше часа, подойдите около 12:05"),
    ),
    url=URL,
    notes=("Отсканируйте код, чтобы следить за очередью в телефоне",),
    end="Сохраните талон до конца обслуживания",
    language="ru",
)
KAA = Slip(
    ref="0192f3a4",
    number="K001",
    center="Úlgi rayonı mámleketlik xızmetler orayı",
    service="Tuwılǵanlıqtı dizimge alıw (kompleks xızmet)",
    lines=(
        ("Berildi", "22.11.2026 10:45"),
        ("", "Sizden aldın hesh kim joq"),
        ("Kútiw waqtı", "jaqın arada"),
    ),
    url=URL,
    notes=("Náwbetti telefonıńızda kórip barıw ushın kodtı skanerleń",),
    end="Talondı xızmet tamamlanǵansha saqlań",
    language="kaa",
)
EN = Slip(
    ref="0192f3a5",
    number="T777",
    center="Model District Public Service Center",
    service="Birth registration (composite service)",
    lines=(
        ("Issued", "22.11.2026 10:46"),
        ("Ahead of you", "1"),
        ("Expected wait", "5–10 min"),
    ),
    url=URL,
    notes=("Scan to follow your place in the queue on your phone",),
    end="Keep this slip until you have been served",
    language="en",
)
SLIPS = {slip.language: slip for slip in (UZ_LATN, UZ_CYRL, RU, KAA, EN)}


def _sheet(language: str, *texts: str | tuple[str, ...]) -> Sheet:
    title, center, facts, bring, documents, refuse, refused, end = texts
    sections = (
        Section(bring, documents, Bullet.BOX),
        Section(refuse, refused, Bullet.CROSS),
    )
    return Sheet(f"list-E02-{language}", title, center, sections, end, language, facts)


SHEETS = {
    "uz-Latn": _sheet(
        "uz-Latn",
        "Tugʻilganlikni qayd etish",
        "Namuna tumani davlat xizmatlari markazi",
        (("Vaqti", "20 daqiqa"), ("Toʻlov", "bepul"), ("Tekshirilgan", "01.10.2026")),
        "Olib keling",
        (
            "Tibbiy maʼlumotnoma (tugʻruqxonadan)",
            "Ota-onaning pasporti yoki ID-kartasi",
            "Nikoh guvohnomasi, agar nikoh qayd etilgan boʻlsa",
        ),
        "Talab qilinmaydi",
        ("Hujjat nusxasi", "Mehnat daftarchasi", "Belgilangan oʻlchamdagi fotosurat"),
        "Hujjatlaringizni tayyorlab keling",
    ),
    "uz-Cyrl": _sheet(
        "uz-Cyrl",
        "Туғилганликни қайд этиш",
        "Намуна тумани давлат хизматлари маркази",
        (("Вақти", "20 дақиқа"), ("Тўлов", "бепул"), ("Текширилган", "01.10.2026")),
        "Олиб келинг",
        (
            "Тиббий маълумотнома (туғруқхонадан)",
            "Ота-онанинг паспорти ёки ID-картаси",
            "Никоҳ гувоҳномаси, агар никоҳ қайд этилган бўлса",
        ),
        "Талаб қилинмайди",
        ("Ҳужжат нусхаси", "Меҳнат дафтарчаси", "Белгиланган ўлчамдаги фотосурат"),
        "Ҳужжатларингизни тайёрлаб келинг",
    ),
    "ru": _sheet(
        "ru",
        "Государственная регистрация права на недвижимое имущество",
        "Центр государственных услуг Образцового района",
        (("Время", "30 минут"), ("Плата", "1 БРВ"), ("Проверено", "01.10.2026")),
        "Возьмите с собой",
        (
            "Паспорт или ID-карта владельца",
            "Договор купли-продажи, дарения или иной документ о праве",
            "Доверенность, если обращается представитель",
        ),
        "Не имеют права требовать",
        ("Ксерокопию документа", "Трудовую книжку", "Фотографию установленного размера"),
        "Подготовьте документы заранее",
    ),
    "kaa": _sheet(
        "kaa",
        "Tuwılǵanlıqtı dizimge alıw",
        "Úlgi rayonı mámleketlik xızmetler orayı",
        (("Waqtı", "20 minut"), ("Tólem", "biypul"), ("Tekserilgen", "01.10.2026")),
        "Alıp keliń",
        (
            "Medicinalıq maǵlıwmatnama (tuwıw úyinen)",
            "Ata-ananıń pasportı yamasa ID-kartası",
            "Neke guwalıǵı, eger neke dizimge alınǵan bolsa",
        ),
        "Talap etilmeydi",
        ("Hújjet nusqası", "Miynet dápteri", "Belgilengen ólshemdegi súwret"),
        "Hújjetlerińizdi tayarlap keliń",
    ),
    "en": _sheet(
        "en",
        "Birth registration",
        "Model District Public Service Center",
        (("Takes", "20 minutes"), ("Fee", "none"), ("Checked on", "01.10.2026")),
        "Bring along",
        (
            "Medical certificate (from the maternity ward)",
            "Passport or ID card of a parent",
            "Marriage certificate, if you are married",
        ),
        "May not be demanded",
        ("A copy of a document", "A work book", "A photograph of a set size"),
        "Have your papers ready when you come",
    ),
}


@pytest.fixture
def sheets() -> dict[str, Sheet]:
    """One checklist for each language."""
    return SHEETS


@pytest.fixture
def slip() -> Slip:
    """The slip of the example in every document."""
    return UZ_LATN


@pytest.fixture
def slips() -> dict[str, Slip]:
    """One slip for each language."""
    return SLIPS


@pytest.fixture
def snapshot_png(tmp_path: Path) -> Callable[[str, Image.Image], None]:
    """Compare a picture, dot by dot, with the one that was looked at and kept."""

    def compare(name: str, picture: Image.Image) -> None:
        kept = SNAPSHOTS / f"{name}.png"
        if os.environ.get("NAVBAT_SNAPSHOTS") == "renew":
            kept.parent.mkdir(parents=True, exist_ok=True)
            picture.save(kept)
        assert kept.exists(), f"{kept} is missing: look at it with NAVBAT_SNAPSHOTS=renew"
        with Image.open(kept) as expected:
            same = (
                expected.size == picture.size
                and not ImageChops.difference(expected.convert("L"), picture.convert("L")).getbbox()
            )
        picture.save(tmp_path / f"{name}.png")
        assert same, f"{tmp_path / name}.png is not {kept}"

    return compare


@dataclass
class FakeTransport:
    """A way to a printer that fails as it is told, one trouble for each attempt."""

    #: What an attempt meets: a place ("open", "write", "flush") and the error raised there.
    troubles: list[tuple[str, DeviceError] | None] = field(default_factory=list)
    #: Answers to the four questions; none: mute.
    says: dict[int, int] = field(default_factory=dict)
    proves: bool = True
    rate: int = 1_000_000
    sent: list[bytes] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    is_open: bool = False

    @property
    def answers(self) -> bool:
        """Tell whether it answers anything."""
        return bool(self.says)

    def open(self, title: str, deadline: Deadline) -> None:
        """Begin an attempt, with the next trouble."""
        self.trouble = self.troubles.pop(0) if self.troubles else None
        self._fail_at("open")
        self.titles.append(title)
        self.is_open = True
        self.heard = b""

    def write(self, data: bytes, deadline: Deadline) -> None:
        """Hear a question, or keep what a job sends."""
        if data[:2] == b"\x10\x04" and len(data) == 3:
            self.heard = bytes((self.says[data[2]],))
            return
        self._fail_at("write")
        self.sent.append(data)

    def read(self, deadline: Deadline) -> bytes:
        """Answer the last question."""
        heard, self.heard = self.heard, b""
        return heard

    def flush(self, deadline: Deadline) -> None:
        """Do nothing, or fail."""
        self._fail_at("flush")

    def close(self) -> None:
        """End the attempt."""
        self.is_open = False

    def _fail_at(self, place: str) -> None:
        if self.trouble is not None and self.trouble[0] == place:
            raise self.trouble[1]


@pytest.fixture
def fake() -> type[FakeTransport]:
    """The class of the transport that fails as it is told."""
    return FakeTransport


class Watch:
    """A listener that a test can wait on."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.seen: list[Job] = []

    def __call__(self, job: Job) -> None:
        """Hear of a job's change."""
        with self._changed:
            self.seen.append(job)
            self._changed.notify_all()

    def wait(self, state: JobState, ref: str | None = None) -> Job:
        """Return the first job seen in this state."""

        def found() -> Job | None:
            fitting = (job for job in self.seen if job.state is state)
            return next((job for job in fitting if ref in (None, job.slip.ref)), None)

        with self._changed:
            assert self._changed.wait_for(lambda: found() is not None, PATIENCE), self.seen
            return found()

    def wait_for_reason(self, reason: Reason) -> Job:
        """Return the first job seen with this reason."""
        return self.wait_for_job(lambda job: job.reason is reason)

    def wait_for_job(self, holds: Callable[[Job], bool]) -> Job:
        """Return the first job seen of which something is so."""

        def found() -> Job | None:
            return next((job for job in self.seen if holds(job)), None)

        with self._changed:
            assert self._changed.wait_for(lambda: found() is not None, PATIENCE), self.seen
            return found()

    def states(self, ref: str) -> list[JobState]:
        """Return the states that one slip went through."""
        return [job.state for job in self.seen if job.slip.ref == ref]


@pytest.fixture
def watch() -> Watch:
    """A listener that a test can wait on."""
    return Watch()


class Well:
    """A listener for the printer's health that a test can wait on."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.seen: list[Health] = []

    def __call__(self, health: Health) -> None:
        """Hear of a change."""
        with self._changed:
            self.seen.append(health)
            self._changed.notify_all()

    def wait(self, holds: Callable[[Health], bool]) -> Health:
        """Return the newest health once something is so."""
        with self._changed:
            assert self._changed.wait_for(
                lambda: bool(self.seen) and holds(self.seen[-1]), PATIENCE
            )
            return self.seen[-1]


@pytest.fixture
def well() -> Well:
    """A listener for the printer's health that a test can wait on."""
    return Well()


class TcpPrinter:
    """A printer on a loopback port: it listens, answers and misbehaves as it is told."""

    def __init__(
        self,
        answers: dict[int, int] | None = None,
        noise: bytes = b"",
        *,
        reads: bool = True,
        reset_after: int | None = None,
    ) -> None:
        self.answers, self.noise = answers or {}, noise
        self.reads, self.reset_after = reads, reset_after
        self.jobs: list[bytes] = []
        self._ended = threading.Event()
        self._changed = threading.Condition()
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Return the printer's address."""
        return f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"

    def wait_for_jobs(self, count: int) -> list[bytes]:
        """Return what was received once `count` connections have ended."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.jobs) >= count, PATIENCE)
            return list(self.jobs)

    def close(self) -> None:
        """Switch the printer off."""
        self._ended.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(PATIENCE)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                with connection:
                    data = self._hear(connection)
                with self._changed:
                    self.jobs.append(data)
                    self._changed.notify_all()

    def _hear(self, connection: socket.socket) -> bytes:
        if not self.reads:
            self._ended.wait(PATIENCE)
            return b""
        data = b""
        with suppress(ConnectionError):
            while part := connection.recv(1024):
                data += part
                if self.reset_after is not None and len(data) >= self.reset_after:
                    linger = struct.pack("ii", 1, 0)
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    return data
                if len(part) == 3 and part[:2] == b"\x10\x04":
                    self._answer(connection, part[2])
        return data

    def _answer(self, connection: socket.socket, number: int) -> None:
        reply = self.noise
        if number in self.answers:
            reply += bytes((self.answers[number],))
        connection.sendall(reply)


@pytest.fixture
def tcp_printer() -> Iterator[Callable[..., TcpPrinter]]:
    """Start a printer on a loopback port."""
    with ExitStack() as stack:

        def start(**how) -> TcpPrinter:
            printer = TcpPrinter(**how)
            stack.callback(printer.close)
            return printer

        yield start


class Training(FakePrinter):
    """The product's own fake printer, at a port of its own."""

    @property
    def address(self) -> str:
        """Return the printer's address."""
        return f"tcp://127.0.0.1:{self.port}"

    def whole(self, page: Printable) -> int:
        """Return how many whole papers show exactly this page."""
        wanted = render(page, PAPER_80)
        papers = [picture(piece.rows, wanted.width) for piece in self.pieces if not piece.torn]
        return sum(_shows(paper, wanted) for paper in papers)

    @property
    def torn(self) -> int:
        """Return how many torn pieces there are."""
        return sum(piece.torn for piece in self.pieces)


def _shows(paper: Image.Image, wanted: Image.Image) -> bool:
    """Tell whether a paper shows just this; blank rows before the cut do not count."""
    below = paper.crop((0, wanted.height, paper.width, max(paper.height, wanted.height)))
    same = paper.crop((0, 0, *wanted.size)).tobytes() == wanted.tobytes()
    return same and not ImageChops.invert(below.convert("L")).getbbox()


@pytest.fixture
def fake_printer() -> Iterator[Callable[..., Training]]:
    """Start the fake printer of a model, with faults."""
    with ExitStack() as stack:

        def start(model: str = "generic", *faults: str, **how) -> Training:
            printer = Training(models()[model], **how)
            printer.start()
            stack.callback(printer.close)
            for fault in faults:
                printer.command(f"fault {fault}")
            return printer

        yield start


@pytest.fixture
def dead_port() -> int:
    """A loopback port where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A loopback port that neither accepts nor refuses: its queue of callers is full."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            with suppress(BlockingIOError):
                caller.connect(listener.getsockname())
        yield listener.getsockname()[1]


@pytest.fixture
def line() -> Iterator[tuple[int, str]]:
    """A pseudo-terminal as a serial line or a USB printer: the printer's end and the path to it."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    yield ours, os.ttyname(theirs)
    os.close(ours)
    os.close(theirs)
