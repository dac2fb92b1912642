"""Where a report and a recount of the log differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from queue_server.contracts.reports import ReportOut

#: names are the catalogue's, not the log's; intervals of an index are the report's own
_NOT_COUNTED = {"texts", "name", "adherence"}


def differences(report: ReportOut, counted: Mapping[str, Any]) -> list[str]:
    """Return every place where they say different things."""
    said = report.model_dump(mode="json")
    told = {
        "total": said["total"],
        "appointments": said["appointments"],
        "days": {day["day"]: day["figures"] for day in said["days"]},
        "by": {
            part: {s["key"]: s["figures"] for s in slices} for part, slices in said["by"].items()
        },
        "mix": {
            s["key"]: {k: s["mix"][k] for k in ("n", "actual_minutes", "expected_minutes", "index")}
            for s in said["by"]["clerk"]
        },
        "heat": {str((cell["weekday"], cell["hour"])): cell for cell in said["heat"]},
    }
    again = dict(counted) | {
        "heat": {str((cell["weekday"], cell["hour"])): cell for cell in counted["heat"]}
    }
    return [line for part in told for line in _unlike(part, told[part], again[part])]


def _unlike(path: str, said: Any, counted: Any) -> Iterator[str]:
    if isinstance(said, list) and isinstance(counted, dict):
        said = {one["key"]: one["count"] for one in said}
    if not isinstance(said, dict):
        if said != counted:
            yield f"{path}: {said!r} is said, {counted!r} counted"
        return
    for key in sorted({*said, *counted} - _NOT_COUNTED):
        yield from _unlike(f"{path}.{key}", said.get(key), counted.get(key))
