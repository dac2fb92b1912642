"""The whole kiosk, spoken: a real display, a real keyboard, and what would be said in a file."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.acts import ChooseGroup, ChooseLanguage, ChooseService, TakeTicket
from kiosk.layout import lay_out
from kiosk.state import Comfort, Flow, Step
from kiosk.theme import measure
from tests.kiosk.desktop import PATIENCE, desktop
from tests.kiosk.fake_server import TOKEN, serving
from tests.kiosk.steps import flow_at
from tests.kiosk.test_xvfb import INCHES, ROOT, SCREEN, SIZE

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"
)
SETTINGS = """
server = "{url}"
printer = "png://{folder}/slips"
data = "{folder}/data"
size = "{size}"
diagonal_inches = {inches}
windowed = true
speech = "{said}"
"""


def tabs(flow: Flow, act: object, wording) -> int:
    """Return how often Tab is pressed until a key has the focus."""
    keys = lay_out(flow, SCREEN, "", wording, measure).keys
    return [key.act for key in keys].index(act) + 1


def test_a_ticket_is_taken_by_ear(catalogue, wording, tmp_path):
    """F1, Tab and Enter; what is said ends with the number and the slip."""
    said = tmp_path / "said.txt"
    said.touch()
    with serving() as server, desktop(SIZE, tmp_path) as display:
        size = f"{SIZE[0]}x{SIZE[1]}"
        facts = {"url": server.url, "folder": tmp_path, "size": size, "inches": INCHES}
        file = tmp_path / "kiosk.toml"
        file.write_text(SETTINGS.format(**facts, said=said.as_uri()))
        command = [sys.executable, "-m", "kiosk.app", "--config", str(file), "--token", TOKEN]
        env = {**os.environ, **display.env, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(command, env=env, cwd=ROOT)
        try:
            _take(display, said, catalogue, wording)
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
        finally:
            process.kill()
            process.wait()
    lines = said.read_text("utf-8").splitlines()
    assert "en\tYour number" in lines
    number = lines[lines.index("en\tYour number") + 1]
    assert number == f"en\t{next(iter(server.tickets.values()))['number']}"


def _take(display, said: Path, catalogue, wording) -> None:
    """Listen, and press the keys, from the first screen to the slip."""
    spoken = Comfort(spoken=True)
    display.wait(lambda: _begun(display, said))
    steps = (
        (Step.LANGUAGE, ChooseLanguage("en"), "Choose a section"),
        (Step.GROUP, ChooseGroup("A"), "Touch a service to take a ticket"),
        (Step.SERVICE, ChooseService("A01"), "Is this right?"),
        (Step.CONFIRM, TakeTicket(), "Your number"),
    )
    for step, act, heard in steps:
        language = "uz-Latn" if step is Step.LANGUAGE else "en"
        flow = flow_at(step, catalogue, language, comfort=spoken)
        display.type(*["Tab"] * tabs(flow, act, wording), "Return")
        display.wait(lambda heard=heard: f"en\t{heard}" in said.read_text("utf-8"))


def _begun(display, said: Path) -> bool:
    """Press the key with the raised mark until the kiosk, which may still be closed, speaks."""
    display.type("F1")
    display.glances(lambda: bool(said.read_text("utf-8")))
    return bool(said.read_text("utf-8"))
