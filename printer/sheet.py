"""A sheet of paper to take home: what to bring, what may not be demanded; no ticket, no number."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from printer.errors import SlipError
from printer.slip import check_key, check_texts, clean, marks

KIND = "sheet"
MAX_SECTIONS = 12
MAX_SECTION_LINES = 40
MAX_FACTS = 12


class Bullet(StrEnum):
    """What stands in front of each line of a section."""

    NONE = "none"
    #: An empty box, to tick at home.
    BOX = "box"
    #: A cross: this may not be demanded.
    CROSS = "cross"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines under it; an empty heading is left out."""

    heading: str
    lines: tuple[str, ...] = ()
    bullet: Bullet = Bullet.NONE

    def __post_init__(self) -> None:
        object.__setattr__(self, "heading", clean(self.heading))
        object.__setattr__(self, "lines", tuple(clean(line) for line in self.lines))
        object.__setattr__(self, "bullet", Bullet(self.bullet))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One checklist for a visitor; every text is ready in the visitor's language."""

    #: Names the print job together with `copy`; two sheets with one reference are one job.
    ref: str
    #: What it is about, printed largest: the service's name.
    title: str
    center: str
    sections: tuple[Section, ...] = ()
    #: The last line; a piece of paper without it is torn.
    end: str = ""
    #: BCP 47 tag of the texts.
    language: str = "uz-Latn"
    #: Label and value, such as ("Vaqti", "20 daqiqa"), in rows under the title.
    facts: tuple[tuple[str, str], ...] = ()
    copy: int = 1
    copy_mark: str = "TAKROR / ПОВТОР"
    #: Sent once more by the print queue, because the first one stopped in the middle.
    repeat: bool = False

    def __post_init__(self) -> None:
        for name in ("ref", "title", "center", "end", "language", "copy_mark"):
            object.__setattr__(self, name, clean(getattr(self, name)))
        facts = tuple((clean(label), clean(value)) for label, value in self.facts)
        object.__setattr__(self, "facts", facts)
        object.__setattr__(self, "sections", tuple(self.sections))
        _check(self)

    @property
    def key(self) -> tuple[str, int]:
        """Return the name of the print job: the same key is never printed twice."""
        return self.ref, self.copy

    @property
    def marks(self) -> str:
        """Return what stands above everything else on a copy or repeat; empty on an original."""
        return marks(self.copy, self.copy_mark, self.language, repeat=self.repeat)

    def as_copy(self, copy: int) -> "Sheet":
        """Return the same sheet as its copy number `copy`."""
        return replace(self, copy=copy)

    def as_repeat(self) -> "Sheet":
        """Return the same sheet, marked as sent once more."""
        return replace(self, repeat=True)

    def to_json(self) -> dict[str, Any]:
        """Return the sheet as what JSON can hold."""
        names = ("ref", "title", "center", "end", "language", "facts", "copy", "copy_mark")
        sections = [
            {"heading": one.heading, "lines": one.lines, "bullet": one.bullet}
            for one in self.sections
        ]
        plain = {name: getattr(self, name) for name in names}
        return {"kind": KIND, **plain, "repeat": self.repeat, "sections": sections}


def sheet_from_json(data: Mapping[str, Any]) -> Sheet:
    """Read a sheet back from `Sheet.to_json`; raise `SlipError` for anything else."""
    try:
        plain = {key: data[key] for key in data if key not in ("kind", "sections")}
        return Sheet(**plain, sections=tuple(Section(**one) for one in data["sections"]))
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise SlipError(f"this is no sheet: {error}") from error


def _check(sheet: Sheet) -> None:
    if not all(isinstance(one, Section) for one in sheet.sections):
        raise SlipError("a sheet is made of sections")
    lines = [line for one in sheet.sections for line in (one.heading, *one.lines)]
    facts = [part for fact in sheet.facts for part in fact]
    check_texts((sheet.ref, sheet.title, sheet.center, sheet.end, sheet.copy_mark, *lines, *facts))
    longest = max((len(one.lines) for one in sheet.sections), default=0)
    if longest > MAX_SECTION_LINES or len(sheet.sections) > MAX_SECTIONS:
        raise SlipError(f"a sheet takes {MAX_SECTIONS} sections of {MAX_SECTION_LINES} lines")
    if len(sheet.facts) > MAX_FACTS:
        raise SlipError(f"a sheet takes {MAX_FACTS} facts")
    check_key(sheet.ref, sheet.copy)
    if not isinstance(sheet.repeat, bool):
        raise SlipError("a sheet is a repeat or not")
