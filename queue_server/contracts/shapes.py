"""What all shapes of `/api/v1` share: strict requests, frozen replies."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

#: blanks give no reason
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Identifier = Annotated[str, Field(min_length=1, max_length=64)]


class Request(BaseModel):
    """A request's body: strict, without unknown fields."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Reply(BaseModel):
    """A reply's body."""

    model_config = ConfigDict(frozen=True)
