"""What the kiosk remembers on disk: the last catalogue, and how far the print station has read.

Files are written whole or not at all, and are on the disk when a call returns.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

from pydantic_core import ValidationError

from queue_server.contracts.api import CatalogueOut

_log = logging.getLogger(__name__)
