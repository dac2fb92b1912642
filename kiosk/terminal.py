"""The process of a kiosk: a screen, its errands, and the loop between them."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pygame

from config import devices
from config.wording import Wording
from kiosk import theme
from kiosk.errands import Errands, Means, listener
from kiosk.events import Event, Tick
from kiosk.gestures import Gesture, Other, gesture
from kiosk.geometry import Screen, screen_of
from kiosk.memory import Menu
from kiosk.painter import paint
from kiosk.printing import zone_of
from kiosk.state import Flow, Habits
from kiosk.visitor import Visitor
from printer.address import open_printer
from printer.paper import PAPERS
from printer.policy import Policy
from printer.spool import Spool
from queue_server.client.http import Client

_log = logging.getLogger(__name__)
#: seconds between two looks at the screen's events: a touch is answered within 50 ms
BEAT: Final = 0.025
#: seconds after which a slip that was not printed is of no use: its visitor has walked away
STALE: Final = 60.0
_WINDOW: Final = (1280, 720)
