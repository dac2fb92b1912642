"""A text becomes lines that fit a width: at spaces, balanced, long words broken."""

from collections.abc import Iterator

from printer.typeface import Face, Measure


def wrap(text: str, face: Face, width: int, measure: Measure) -> tuple[str, ...]:
    """Return `text` in as few lines as fit `width` dots, of nearly equal length.

    Nothing is dropped: a word that is too long by itself is broken between characters. A
    remark in brackets starts its own line where that costs no line more.
    """
    lines = _balance(text, face, width, measure)
    head, bracket, remark = text.partition(" (")
    if len(lines) == 1 or not bracket:
        return lines
    parts = _balance(head, face, width, measure) + _balance(f"({remark}", face, width, measure)
    return parts if len(parts) == len(lines) else lines


def _balance(text: str, face: Face, width: int, measure: Measure) -> tuple[str, ...]:
    lines = _fill(text, face, width, measure)
    longest_word = max(measure(word, face) for word in text.split(" "))
    narrow, wide = max(width // 2, min(longest_word, width) - 1), width
    while len(lines) > 1 and wide - narrow > face.size // 2:
        middle = (narrow + wide) // 2
        candidate = _fill(text, face, middle, measure)
        if len(candidate) > len(lines):
            narrow = middle
        else:
            wide, lines = middle, candidate
    return lines


def _fill(text: str, face: Face, width: int, measure: Measure) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and measure(joined, face) <= width:
            lines[-1] = joined
        else:
            lines.extend(_break_word(word, face, width, measure))
    return tuple(line for line in lines if line)


def _break_word(word: str, face: Face, width: int, measure: Measure) -> Iterator[str]:
    part = ""
    for char in word:
        if part and measure(part + char, face) > width:
            yield part
            part = ""
        part += char
    yield part
