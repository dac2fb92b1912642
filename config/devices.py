"""Settings of the machines in the hall: the kiosk (`kiosk.toml`) and the board (`board.toml`)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from config import loader
from config.languages import LANGUAGES, Language
from config.servers import LogLevel, Url

Printer = Annotated[
    str,
    loader.like(
        r"(tcp|usb|serial|file|cups|png)://\S+",
        "'tcp://192.168.1.20:9100', 'usb:///dev/usb/lp0', 'serial:///dev/ttyUSB0?baud=115200', "
        "'file:///path', 'cups://queue' or 'png:///folder'",
    ),
]
Scanner = Annotated[
    str,
    loader.like(r"keyboard|none|serial://\S+", "'keyboard', 'serial:///dev/ttyACM0' or 'none'"),
]
Speech = Annotated[str, loader.like(r"auto|off|file:///\S+", "'auto', 'off' or 'file:///path'")]
QuietHours = Annotated[
    str,
    loader.like(r"|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", "'18:00-08:00', or ''"),
]
Size = Annotated[str, loader.like(r"[1-9]\d{2,4}x[1-9]\d{2,4}", "'1080x1920'")]
Inches = Annotated[float, Field(gt=3, lt=200)]
Languages = Annotated[tuple[Language, ...], Field(min_length=1)]

KIOSK_PATH = Path("/etc/navbat/kiosk.toml")
BOARD_PATH = Path("/etc/navbat/board.toml")


class _Screen(loader.Settings):
    """What every machine with a screen is told."""

    #: the center's server
    server: Url = "http://localhost:8000"
    #: width and height in pixels; None takes the screen's own
    size: Size | None = None
    #: a window instead of the full screen
    windowed: bool = False
    #: the languages on offer, the first one first
    languages: Languages = tuple(LANGUAGES)
    log_level: LogLevel = "INFO"


class Kiosk(_Screen):
    """The touch kiosk and its printer."""

    #: file with the token that `navbat-server device enrol` gave
    token_file: Path = Path("/etc/navbat/kiosk.token")
    #: folder for the print queue's journal
    data: Path = Path("/var/lib/navbat-kiosk")
    printer: Printer = "usb:///dev/usb/lp0"
    #: what the printer is: a file's name in printer/models, or auto, which asks it
    printer_model: str = "auto"
    #: width of the paper
    paper_mm: Literal[58, 80] = 80
    #: reads appointments' codes: it types like a keyboard, or hangs on a serial line
    scanner: Scanner = "keyboard"
    #: the spoken mode: auto speaks where this machine can, file:// writes what would be said
    speech: Speech = "auto"
    #: of the screen, corner to corner: keys are sized in millimetres
    diagonal_inches: Inches = 21.5
    #: the id of this kiosk's place on the plan of the hall: "you are here"
    place: str = ""
    #: a rating pad at this window instead of a kiosk; it has no printer; 0 is a kiosk
    rating_window: Annotated[int, Field(ge=0)] = 0
    #: without a touch for so long the kiosk asks whether someone is there
    idle_seconds: Annotated[float, Field(ge=5)] = 30
    #: and starts again so long after
    countdown_seconds: Annotated[float, Field(ge=5)] = 15


class Board(_Screen):
    """A hall's television."""

    #: file with the token that `navbat-server device enrol` gave
    token_file: Path = Path("/etc/navbat/board.token")
    #: the hall whose calls it shows
    hall: Annotated[int, Field(ge=1)] = 1
    diagonal_inches: Inches = 55
    #: from where the calls must be readable, in metres
    viewing_distance_m: Annotated[float, Field(gt=0.5, le=100)] = 10
    layout: Literal["calls", "windows", "columns", "portrait", "bar"] = "calls"
    #: who is likely next and how long one waits, beside the calls
    figures: bool = False
    #: folder with pictures and videos to show beside the calls; none or an empty one: only calls
    media: Path = Path("/var/lib/navbat-board/media")
    #: how long a picture stays, in seconds
    picture_seconds: Annotated[float, Field(ge=3, le=600)] = 12
    #: a shipped theme's name, or a theme's file
    theme: str = "light"
    #: a sound before each new call
    chime: bool = True
    #: the words after it, where this machine has voice packs
    voice: bool = True
    #: the languages that speak before the ticket's own
    voice_first: tuple[Language, ...] = ("uz-Latn",)
    #: of chime and voice, from 0 to 100
    volume: Annotated[int, Field(ge=0, le=100)] = 100
    #: hours of the day without any sound; empty: none
    quiet_hours: QuietHours = ""


def load_kiosk(path: Path = KIOSK_PATH) -> Kiosk:
    """Return the kiosk's settings, or raise ConfigErrors with every mistake in the file."""
    return loader.load(path, Kiosk)


def load_board(path: Path = BOARD_PATH) -> Board:
    """Return the board's settings, or raise ConfigErrors with every mistake in the file."""
    return loader.load(path, Board)
