"""Snapshots: what is kept in tests/snapshots/ changes only by NAVBAT_SNAPSHOTS=renew."""

import json
import os
from pathlib import Path

SNAPSHOTS = Path(__file__).parent / "snapshots"
RENEW = os.environ.get("NAVBAT_SNAPSHOTS") == "renew"


def check_json(name: str, value: object) -> None:
    """Compare `value` with the snapshot `name`, or keep it as the new one when renewing."""
    path = SNAPSHOTS / f"{name}.json"
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    if RENEW:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"there is no snapshot {name}: renew with NAVBAT_SNAPSHOTS=renew"
    assert text == path.read_text(encoding="utf-8"), f"{name} differs from its snapshot"
