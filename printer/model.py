"""What a kind of printer can do: one commented file for each model or family in `models/`."""

import difflib
import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from printer.errors import ModelUnknown

FOLDER = Path(__file__).parent / "models"
#: The setting that lets the printer say by itself what it is.
AUTO = "auto"


def _from_hex(value: Any) -> Any:
    return bytes.fromhex(value) if isinstance(value, str) else value


Hex = Annotated[bytes, BeforeValidator(_from_hex)]


class Questions(StrEnum):
    """How a printer is asked for its state."""

    #: It answers nothing that we understand: its state stays unknown.
    NONE = "none"
    #: DLE EOT 1-4, one byte each.
    DLE_EOT = "dle_eot"
    #: DLE EOT 20 of Custom: one answer of six bytes.
    FULL_STATUS = "full_status"


class WhenLeft(StrEnum):
    """What becomes of a slip that nobody took."""

    RETRACT = "retract"
    EJECT = "eject"
    LEAVE = "leave"


class _Value(BaseModel):
    """Part of a model file: never changed, and no key of it unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Presenter(_Value):
    """A mouth that holds the slip out, or a sensor that sees whether it was taken."""

    #: The bits of the paper byte (DLE EOT 4, or the third byte of DLE EOT 20) for "slip in output".
    output_bits: int = Field(gt=0, le=0xFF)
    #: Sent behind the cut, where the printer does not hold the slip out by itself.
    present: Hex = b""
    retract: Hex = b""
    eject: Hex = b""
    when_left: WhenLeft = WhenLeft.LEAVE
    #: How long a slip is held out, in seconds; shorter while other slips wait.
    wait_seconds: float = Field(default=30.0, gt=0)
    hurry_seconds: float = Field(default=8.0, gt=0)

    @property
    def put_away(self) -> bytes:
        """Return the command for a slip that nobody took; empty: it is left."""
        return {WhenLeft.RETRACT: self.retract, WhenLeft.EJECT: self.eject}.get(self.when_left, b"")


class Model(_Value):
    """The abilities of a kind of printer; the defaults hold for any ESC/POS printer."""

    #: The file's name, and the setting's value.
    name: str
    title: str = ""
    #: What GS I 67 begins with, and the byte that GS I 1 gives.
    names: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()
    paper_mm: tuple[Literal[58, 80], ...] = (58, 80)
    #: Rows in one GS v 0; cheap printers overrun above 256.
    band_rows: int = Field(default=256, gt=0, le=2303)
    #: Paper in a second at least: for the deadline of a slip.
    mm_per_second: int = Field(default=60, gt=0)
    #: Cuts; empty: GS V 66 0, which feeds to the cutter first.
    cut: Hex = b""
    #: Rows fed before `cut`, where it does not feed by itself.
    cut_feed_rows: int = Field(default=0, ge=0, le=255)
    #: Paper from the head to the cutter.
    cut_mm: int = Field(default=15, ge=0)
    #: Real-time command that forgets all data, even while the printer is stopped, and its answer.
    clear: Hex = b""
    clear_answer: Hex = b""
    #: Answers GS ( H when everything before it stands on the paper.
    proves: bool = False
    questions: Questions = Questions.DLE_EOT
    #: The bits of the paper byte for "no paper".
    paper_end_bits: int = 0x60
    near_end_sensor: bool = True
    near_end_bits: int = 0x0C
    presenter: Presenter | None = None
    #: What a technician should know, and where all this comes from.
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def can_repeat(self) -> bool:
        """Tell whether a slip that stopped in the middle may be sent again by itself.

        Only if the printer forgets the rest when told, says so, and proves what it printed.
        """
        return self.proves and bool(self.clear and self.clear_answer)


@cache
def models() -> dict[str, Model]:
    """Return all models by name, in the files' order."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}


def find_model(name: str) -> Model | None:
    """Return the model of a setting, None for `auto`; raise `ModelUnknown` for anything else."""
    if name == AUTO:
        return None
    if name in models():
        return models()[name]
    near = difflib.get_close_matches(name, models(), n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"use auto, {', '.join(models())}"
    raise ModelUnknown(f"there is no printer model {name!r}: {hint}")


def _read(path: Path) -> Model:
    return Model(name=path.stem, **tomllib.loads(path.read_text(encoding="utf-8")))


GENERIC = models()["generic"]


#: What every printer is taken for until more is known.
GENERIC = models()["generic"]
