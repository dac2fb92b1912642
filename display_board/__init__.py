"""The hall's board: a process that shows who is called to which window; it decides nothing."""
