"""The shipped catalogue as the server sends it: every group and service, with lively queues."""

from __future__ import annotations

from pathlib import Path

from config import catalogue
from queue_server.contracts.catalogue import CatalogueOut

FILE = Path(catalogue.__file__).parent / "catalogue.toml"

#: what the server sends of a service as the document has it
AS_WRITTEN = (
    *("id", "group", "texts", "minutes", "fee", "flags"),
    *("fee_texts", "fee_checked", "search", "hint", "online"),
)


def demo() -> CatalogueOut:
    """Return the shipped catalogue; the queues differ from service to service."""
    document = catalogue.read(FILE)
    return CatalogueOut.model_validate(
        {
            "version": 1,
            **{key: document["center"][key] for key in ("code", "name", "timezone", "languages")},
            "groups": [_group(group, document) for group in document["groups"]],
            "windows": [],
            "categories": [_category(each) for each in document["categories"]],
            "not_required": [each["texts"] for each in document["not_required"]],
            "events": [_event(each) for each in document["events"]],
            "facts": _facts(document),
            "notices": document["notices"],
        }
    )


def _group(group: dict, document: dict) -> dict:
    members = [each for each in document["services"] if each["group"] == group["prefix"]]
    services = [_service(each, number, document) for number, each in enumerate(members)]
    return {**{key: group[key] for key in ("prefix", "texts", "icon")}, "services": services}


def _service(service: dict, number: int, document: dict) -> dict:
    waiting = (number * 7 + len(service["texts"]["en"])) % 9 if service["group"] != "V" else 0
    low = waiting * 5 if service["group"] != "R" else 60 + waiting
    return {
        **{key: service[key] for key in AS_WRITTEN},
        "legs": [leg["service"] for leg in service["legs"]],
        "documents": [document["documents"][name] for name in service["documents"]],
        "waiting": waiting,
        "low": low,
        "high": low + 10 if waiting else 5,
    }


def _category(category: dict) -> dict:
    start = category["head_start_minutes"]
    return {
        "id": category["id"],
        "texts": category["texts"],
        "head_start_minutes": start,
        "statutory": start is None,
        "proof": category["proof"],
        "confirm": category["confirm"],
    }


def _event(event: dict) -> dict:
    return {key: event[key] for key in ("id", "texts", "icon", "legs", "hint")}


def _facts(document: dict) -> dict:
    hours = {key: document["hours"][key] for key in ("mon_fri", "sat", "sun")}
    return {
        **document["facts"],
        "hours": hours,
        "lunch": document["hours"]["lunch"],
        "facilities": [each["texts"] for each in document["facilities"]],
        "places": document["places"],
    }
