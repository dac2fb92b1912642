"""How numbers are made: a prefix letter and a count that starts at 1 each service day."""

#: letters that look and sound alike in Latin and Cyrillic
PREFIXES = "AEFGJKLMRTUV"


def number(prefix: str, count: int) -> str:
    """Return what is printed and called: `number("A", 42)` is `A042`.

    Past 999 it grows a digit: a busy day must not stop the tickets.
    """
    return f"{prefix}{count:03d}"
