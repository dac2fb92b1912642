"""The process of a board: a screen, a feed, and the loop between them."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pygame

from config import devices, theming
from display_board import layout
from display_board.center import Center, Inquirer
from display_board.media import Projector
from display_board.memory import Memory
from display_board.plan import Format
from display_board.reporting import reporting
from display_board.scene import Screen
from display_board.show import Moment, Show, Style, rfc3339
from display_board.sound import Speaker
from display_board.state import Body, Message
from display_board.theme_check import faults
from display_board.typeface import measure
from display_board.voice import Announcer, quiet_hours
from queue_server.client.feed import Feed, State
from queue_server.client.http import Client
from queue_server.voice import packs
from queue_server.voice.phrases import VOICES
from queue_server.voice.voicebox import Voicebox

_log = logging.getLogger(__name__)
#: seconds between two looks at the clock; a message is heard at once
TICK: Final = 0.1
_WINDOW: Final = (1280, 720)

Letter = Message | Center


def run(settings: devices.Board, token: str, folder: Path, stopping: threading.Event) -> None:
    """Show the board until it is told to stop; `folder` keeps its last state.

    Raises pygame's error where there is no screen, and ConfigErrors for a theme that is none.
    """
    style = style_of(settings)
    open_screen(settings, style)
    projector = Projector(settings.media, settings.picture_seconds)
    speaker = Speaker(wanted=settings.chime or settings.voice, volume=settings.volume)
    announcer = _announcer(settings, speaker)
    show = Show(
        settings.hall,
        settings.languages,
        Memory(folder, settings.hall),
        announcer.hear,
        style,
        projector,
    )
    show.recall(now())
    letters: queue.Queue[Letter] = queue.Queue()
    inquirer = Inquirer(Client(settings.server, token), letters.put)
    feed = _feed(settings, token, letters, inquirer)
    inquirer.start()
    feed.start()
    projector.start()
    try:
        with reporting(Client(settings.server, token), folder, _described()):
            _loop(show, announcer, settings, letters, stopping)
    finally:
        inquirer.stop()
        feed.stop()
        projector.stop()
        speaker.close()
        pygame.display.quit()


def now() -> Moment:
    """Return the present on both clocks."""
    return Moment(time.monotonic(), datetime.fromtimestamp(time.time(), UTC))


def style_of(settings: devices.Board) -> Style:
    """Return how the settings want the board to look; raises ConfigErrors."""
    form = Format(settings.layout, figures=settings.figures, media=settings.media.is_dir())
    return Style(form, theming.find(settings.theme))


def _announcer(settings: devices.Board, speaker: Speaker) -> Announcer:
    """Return the board's voice, as its settings want it."""
    first = dict.fromkeys(VOICES[tag] for tag in settings.voice_first)
    voicebox = Voicebox(packs.folder(os.environ), tuple(first)) if settings.voice else None
    quiet = quiet_hours(settings.quiet_hours) if settings.quiet_hours else None
    return Announcer(speaker, voicebox, chiming=settings.chime, quiet=quiet)


def open_screen(settings: devices.Board, style: Style) -> None:
    """Open the screen; raises pygame's error where there is none."""
    if not Path("/dev/dri").exists():
        # without a GPU SDL would draw every frame through a slow software renderer
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    pygame.display.init()
    pygame.font.init()
    size = _size(settings.size) or (_WINDOW if settings.windowed else (0, 0))
    pygame.display.set_mode(size, 0 if settings.windowed else pygame.FULLSCREEN)
    pygame.display.set_caption(f"Navbat {settings.hall}")
    pygame.mouse.set_visible(settings.windowed)
    screen = screen_of(settings)
    for warning in faults(style.theme, screen, settings.viewing_distance_m, measure, style.form):
        _log.warning("theme %s: %s", style.theme.name, warning, extra={"action": "theme"})
    capital = layout.newest_capital(screen, measure, style.form, style.theme.calls)
    metres = screen.readable_from(capital)
    facts = {"driver": pygame.display.get_driver(), "readable_from_m": round(metres, 1)}
    _log.info("board opened", extra={"action": "open", "hall": settings.hall, **facts})


def _described() -> str:
    """Return the screen in a few words: its size and its driver."""
    width, height = pygame.display.get_window_size()
    return f"{width}x{height} {pygame.display.get_driver()}"


def _size(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    width, _, height = text.partition("x")
    return int(width), int(height)


def screen_of(settings: devices.Board) -> Screen:
    """Return the screen that is open."""
    width, height = pygame.display.get_window_size()
    return Screen(width, height, settings.diagonal_inches)


def _feed(
    settings: devices.Board, token: str, letters: queue.Queue[Letter], inquirer: Inquirer
) -> Feed:
    """Return the hall's feed, which puts everything into the letters."""

    def write(kind: Any, body: Body | None = None) -> None:
        """Put a message into the letters, with the time at which it came."""
        at = now()
        letters.put(Message(kind, at.steady, rfc3339(at.wall), body))

    def on_event(body: Body) -> None:
        """Pass an event on; a new catalogue means that the center is to be asked about again."""
        write("event", body)
        if body.get("type") == "catalogue_imported":
            inquirer.ask()

    def on_state(state: State) -> None:
        """Pass on whether the server is there; one that is back is asked about the center."""
        write(state)
        if state == "connected":
            inquirer.ask()

    return Feed(
        settings.server,
        token,
        f"hall.{settings.hall}",
        on_snapshot=lambda body: write("snapshot", body),
        on_event=on_event,
        on_state=on_state,
    )


def _loop(
    show: Show,
    announcer: Announcer,
    settings: devices.Board,
    letters: queue.Queue[Letter],
    stopping: threading.Event,
) -> None:
    while not stopping.is_set() and _attend(show, may_leave=settings.windowed):
        surface = pygame.display.get_surface()
        if surface is not None and show.draw(surface, screen_of(settings), now()):
            pygame.display.flip()
        _listen(show, letters)
        moment = now()
        announcer.look(show.board, moment.steady, rfc3339(moment.wall))


def _attend(show: Show, *, may_leave: bool) -> bool:
    """Do what the desktop asks; return whether to go on."""
    for event in pygame.event.get():
        if event.type == pygame.QUIT:
            return False
        if may_leave and event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
            return False
        if event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWSIZECHANGED):
            show.forget_drawing()
    return True


def _listen(show: Show, letters: queue.Queue[Letter]) -> None:
    """Take what has come; wait a tick for the first."""
    try:
        letter = letters.get(timeout=TICK)
        while True:
            if isinstance(letter, Center):
                show.meet(letter, rfc3339(now().wall))
            else:
                show.hear(letter)
            letter = letters.get_nowait()
    except queue.Empty:
        return
