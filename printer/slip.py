"""What stands on the paper, as plain data: clean by construction, JSON for the journal."""

import re
import unicodedata
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from printer.errors import SlipError

#: The longest address whose code still has modules of 5 dots on 58 mm paper.
MAX_URL_BYTES = 280
MAX_NUMBER = 12
MAX_TEXT = 400
MAX_LINES = 12

_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")
_SPACES = re.compile(" +")


@dataclass(frozen=True, slots=True)
class Slip:
    """One piece of paper for a visitor; every text is ready in the visitor's language."""

    #: What the slip belongs to (the ticket's id); with `copy` it names the print job.
    ref: str
    #: What is printed largest and called: `A042`.
    number: str
    center: str
    service: str
    #: Label and value, such as ("Sizdan oldin", "7 kishi"); an empty label centres the value.
    lines: tuple[tuple[str, str], ...] = ()
    #: What the QR code opens; empty: no code.
    url: str = ""
    #: Small print beside the code.
    notes: tuple[str, ...] = ()
    #: The last line; a piece of paper without it is torn.
    end: str = ""
    #: BCP 47 tag of the texts.
    language: str = "uz-Latn"
    #: 1 is the original; anything above is marked on the paper.
    copy: int = 1
    copy_mark: str = "TAKROR / ПОВТОР"

    def __post_init__(self) -> None:
        for name in ("ref", "number", "center", "service", "end", "language", "copy_mark"):
            self._set(name, clean(getattr(self, name)))
        self._set("url", clean(self.url).replace(" ", ""))
        self._set("lines", tuple((clean(label), clean(value)) for label, value in self.lines))
        self._set("notes", tuple(clean(note) for note in self.notes))
        _check(self)

    @property
    def key(self) -> tuple[str, int]:
        """Return the name of the print job: the same key is never printed twice."""
        return self.ref, self.copy

    @property
    def title(self) -> str:
        """Return the job's name for people: `A042`, and `A042-2` for its second copy."""
        name = self.number or self.ref
        return name if self.copy == 1 else f"{name}-{self.copy}"

    def as_copy(self, copy: int) -> "Slip":
        """Return the same slip as its copy number `copy`."""
        return replace(self, copy=copy)

    def to_json(self) -> dict[str, Any]:
        """Return the slip as what JSON can hold."""
        return asdict(self)

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)


def from_json(data: object) -> Slip:
    """Read a slip back from `Slip.to_json`; raise `SlipError` for anything else."""
    known = {field.name for field in fields(Slip)}
    if not isinstance(data, dict) or not data.keys() <= known:
        raise SlipError("this is no slip: an object with the fields of a slip is needed")
    try:
        return Slip(**data)
    except (TypeError, ValueError, AttributeError) as error:
        raise SlipError(f"this is no slip: {error}") from error


def labelled(text: str) -> tuple[str, str]:
    """Return "Sizdan oldin: 7 kishi" as label and value; a text without a label is all value."""
    label, colon, value = text.partition(": ")
    return (label, value) if colon else ("", text)


def clean(text: str) -> str:
    """Return `text` composed, on one line, without a control or invisible character."""
    if not isinstance(text, str):
        raise SlipError(f"a slip holds text, not {type(text).__name__}")
    spaced = _BREAKS.sub(" ", text)
    visible = "".join(char for char in spaced if unicodedata.category(char)[0] != "C")
    return _SPACES.sub(" ", unicodedata.normalize("NFC", visible)).strip()


def _check(slip: Slip) -> None:
    texts = (slip.ref, slip.center, slip.service, slip.end, slip.language, slip.copy_mark)
    longest = max(map(len, (*texts, *slip.notes, *(part for row in slip.lines for part in row))))
    if longest > MAX_TEXT or len(slip.lines) > MAX_LINES or len(slip.notes) > MAX_LINES:
        raise SlipError(f"a slip takes {MAX_LINES} lines of {MAX_TEXT} characters")
    if len(slip.number) > MAX_NUMBER or len(slip.url.encode()) > MAX_URL_BYTES:
        raise SlipError(f"a number takes {MAX_NUMBER} characters, an address {MAX_URL_BYTES} bytes")
    if not slip.ref or isinstance(slip.copy, bool) or slip.copy < 1:
        raise SlipError("a slip needs a reference, and copies are counted from 1")
