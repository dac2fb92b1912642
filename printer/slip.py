"""What stands on the paper, as plain data: clean by construction, JSON for the journal."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from printer.errors import SlipError

#: Says that a slip was sent again because the first one stopped in the middle. It stands here and
#: not with the callers: no slip may go out again without it.
REPEAT_MARKS = {
    "uz-Latn": "TAKROR",
    "uz-Cyrl": "ТАКРОР",
    "ru": "ПОВТОР",
    "kaa": "TÁKIRAR",
    "en": "REPEAT",
}
_ANY_REPEAT = "TAKROR / ПОВТОР"
#: The longest address whose code still has modules of 5 dots on 58 mm paper.
MAX_URL_BYTES = 280
MAX_NUMBER = 12
MAX_TEXT = 400
MAX_LINES = 12

_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")
_SPACES = re.compile(" +")


#: Fields that an older program does not know.
_NEWER = frozenset({"hints", "repeat"})


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
    #: What the visitor should know beforehand, such as "the benefit comes with the registration".
    hints: tuple[str, ...] = ()
    #: Sent once more by the print queue, because the first one stopped in the middle.
    repeat: bool = False

    def __post_init__(self) -> None:
        for name in ("ref", "number", "center", "service", "end", "language", "copy_mark"):
            self._set(name, clean(getattr(self, name)))
        self._set("url", clean(self.url).replace(" ", ""))
        self._set("lines", tuple((clean(label), clean(value)) for label, value in self.lines))
        self._set("notes", tuple(clean(note) for note in self.notes))
        self._set("hints", tuple(clean(hint) for hint in self.hints))
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

    def as_repeat(self) -> "Slip":
        """Return the same slip, marked as sent once more."""
        return replace(self, repeat=True)

    @property
    def marks(self) -> str:
        """Return what stands above everything else on a copy or repeat; empty on an original."""
        return marks(self.copy, self.copy_mark, self.language, repeat=self.repeat)

    def to_json(self) -> dict[str, Any]:
        """Return the slip as what JSON can hold; what is new and unused stays out of it."""
        data = asdict(self)
        return {key: data[key] for key in data if key not in _NEWER or data[key]}

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


def marks(copy: int, copy_mark: str, language: str, *, repeat: bool) -> str:
    """Return the words that mark a copy or a repeat, in its language; empty for an original."""
    copied = f"{copy_mark} · {copy}" if copy > 1 else ""
    repeated = REPEAT_MARKS.get(language, _ANY_REPEAT) if repeat else ""
    return " · ".join(filter(None, (copied, repeated)))


def clean(text: str) -> str:
    """Return `text` composed, on one line, without a control or invisible character."""
    if not isinstance(text, str):
        raise SlipError(f"a slip holds text, not {type(text).__name__}")
    spaced = _BREAKS.sub(" ", text)
    visible = "".join(char for char in spaced if unicodedata.category(char)[0] != "C")
    return _SPACES.sub(" ", unicodedata.normalize("NFC", visible)).strip()


def check_texts(texts: Iterable[str]) -> None:
    """Raise `SlipError` if one of the texts is too long for paper."""
    if max(map(len, texts), default=0) > MAX_TEXT:
        raise SlipError(f"a line takes {MAX_TEXT} characters")


def check_key(ref: str, copy: int) -> None:
    """Raise `SlipError` if reference and copy name no print job."""
    if not ref or isinstance(copy, bool) or not isinstance(copy, int) or copy < 1:
        raise SlipError("a slip needs a reference, and copies are counted from 1")


def _check(slip: Slip) -> None:
    texts = (slip.ref, slip.center, slip.service, slip.end, slip.language, slip.copy_mark)
    check_texts((*texts, *slip.notes, *slip.hints, *(part for row in slip.lines for part in row)))
    if max(map(len, (slip.lines, slip.notes, slip.hints))) > MAX_LINES:
        raise SlipError(f"a slip takes {MAX_LINES} lines")
    if len(slip.number) > MAX_NUMBER or len(slip.url.encode()) > MAX_URL_BYTES:
        raise SlipError(f"a number takes {MAX_NUMBER} characters, an address {MAX_URL_BYTES} bytes")
    check_key(slip.ref, slip.copy)
    if not isinstance(slip.repeat, bool):
        raise SlipError("a slip is a repeat or not")
