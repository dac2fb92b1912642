"""TOML files into strict models, with every mistake told at once.

A mistake is a `ConfigError`: the file, the key as it is written there, and a sentence that says
what to do. `ConfigErrors` carries them all, so that one run of a command shows the whole list.
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

FOLDER = Path(__file__).parent


class Settings(BaseModel):
    """A table of a TOML file: strict types, no unknown keys, frozen once read."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class ConfigError:
    """One mistake in one file."""

    file: str
    #: as a person would point at it: `services[3].minutes`; empty for the file as a whole
    key: str
    sentence: str

    def __str__(self) -> str:
        """Say it in one line: file, key, sentence."""
        return ": ".join(part for part in (self.file, self.key, self.sentence) if part)


class ConfigErrors(Exception):
    """All mistakes of a file."""

    def __init__(self, errors: Iterable[ConfigError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, self.errors)))


def load(path: Path, model: type[Model]) -> Model:
    """Read the TOML file into the model, or raise ConfigErrors with every mistake in it."""
    return validate(read_toml(path), model, path.name)


def read_toml(path: Path) -> dict[str, Any]:
    """Return the file's tables, or raise ConfigErrors naming the line that is no TOML."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ConfigErrors([_unreadable(path, error)]) from None
    except UnicodeDecodeError as error:
        sentence = f"is not UTF-8 text at byte {error.start}; save the file as UTF-8"
        raise ConfigErrors([ConfigError(path.name, "", sentence)]) from None
    return parse_toml(text, path.name)


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """Return a text's tables, or raise ConfigErrors naming the line that is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigErrors([_syntax_error(file, str(error))]) from None


def validate(data: Mapping[str, Any], model: type[Model], file: str) -> Model:
    """Return the data as the model, or raise ConfigErrors with every mistake in it.

    TOML says what JSON says, so JSON's strict rules apply: a list is a list, a number is no text.
    """
    try:
        return model.model_validate_json(json.dumps(data, default=str))
    except ValidationError as error:
        raise ConfigErrors(_errors(error, model, file)) from None


def changed(settings: Model, **given: object) -> Model:
    """Return the settings with what the command line gave (None: not given), checked as a file is.

    Raises ConfigErrors.
    """
    told = {key: value for key, value in given.items() if value is not None}
    return validate(settings.model_dump(mode="json") | told, type(settings), "command line")


def like(pattern: str, example: str) -> AfterValidator:
    """Return a pydantic validator of a text that must match the pattern as a whole."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"must be like {example}, not {text!r}")
        return text

    return AfterValidator(check)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the nearest known word, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


def _unreadable(path: Path, error: OSError) -> ConfigError:
    reason = (error.strerror or "error").lower()
    return ConfigError(str(path), "", f"cannot be read ({reason}); check the path and its rights")


def _syntax_error(file: str, message: str) -> ConfigError:
    """Move the place that tomllib puts at the end of its message to where the key stands."""
    found = re.fullmatch(r"(.*) \(at (.*)\)", message)
    what, where = found.groups() if found else (message, "")
    return ConfigError(file, where, f"is not TOML: {what[:1].lower()}{what[1:]}")


def _errors(error: ValidationError, model: type[BaseModel], file: str) -> list[ConfigError]:
    return [
        ConfigError(file, _key(found["loc"]), _sentence(dict(found), model))
        for found in error.errors(include_url=False)
    ]


def _key(location: tuple[int | str, ...]) -> str:
    """Write a place as a person would: `services[3].minutes`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return "".join(steps).removeprefix(".")


#: pydantic's kind of mistake → what the value must be
_WANTED = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "string_type": "a text in quotes",
    "bool_type": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "finite_number": "a number",
    "literal_error": "{expected}",
    "greater_than": "more than {gt:g}",
    "greater_than_equal": "at least {ge:g}",
    "less_than": "less than {lt:g}",
    "less_than_equal": "at most {le:g}",
    "string_too_short": "a text that is not empty",
    "too_short": "a list of at least {min_length}",
    "too_long": "a list of at most {max_length}",
}


def _sentence(found: Mapping[str, Any], model: type[BaseModel]) -> str:
    kind, context, location = found["type"], found.get("ctx", {}), found["loc"]
    if kind == "missing":
        return "is missing; write it"
    if kind == "extra_forbidden":
        return "is not a known key" + did_you_mean(str(location[-1]), _keys_at(model, location))
    if kind == "value_error":
        return str(context["error"])
    if kind in _WANTED:
        return f"must be {_WANTED[kind].format(**context)}, not {_shown(found['input'])}"
    return str(found["msg"])


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 - one line in a terminal


def _keys_at(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Return the keys that would be right beside the last step of the location."""
    kind: Any = model
    for step in location[:-1]:
        kind = _inside(kind, step)
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return []
    return [field.alias or name for name, field in kind.model_fields.items()]


def _inside(kind: Any, step: int | str) -> Any:
    """Return what a model, list or table of tables holds at a step."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = {field.alias or name: field for name, field in kind.model_fields.items()}
        return _plain(fields[str(step)].annotation) if step in fields else None
    inner = [part for part in get_args(kind) if part is not Ellipsis]
    return _plain(inner[-1]) if inner and get_origin(kind) else None


def _plain(kind: Any) -> Any:
    """Take `| None` off an annotation."""
    parts = [part for part in get_args(kind) if part is not type(None)]
    return parts[0] if type(None) in get_args(kind) else kind
