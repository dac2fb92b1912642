"""What the printer's commands read from a settings file such as kiosk.toml."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from printer.model import AUTO


class Settings(BaseModel):
    """What these commands read from a settings file; the other keys are for other programs."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    printer: str | None = None
    printer_model: str = AUTO
    paper_mm: Literal[58, 80] = 80
    #: The folder of the print queue.
    data: Path | None = None


def read_settings(file: Path | None) -> Settings:
    """Return a file's settings, or the defaults without one.

    Raises `ValueError` with a sentence that names file and key.
    """
    if file is None:
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise ValueError(f"{file}: {key}: {first['msg']}.") from error
    except (OSError, ValueError) as error:
        raise ValueError(f"{file} cannot be read: {error}.") from error
