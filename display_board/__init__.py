"""The hall's board: a process that shows who is called to which window; it decides nothing."""

import os

# standard output belongs to whoever started the board, not to pygame's greeting
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
