"""What a center offers, in one language, as the staff's pages name it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from queue_server.domain.catalogue import Catalogue, Texts
from queue_server.domain.routing import Desk
from queue_server.usecases.records import Person

#: the flag of the service where visitors pay, and come back from
CASHIER: Final = "cashier"


def offer(catalogue: Catalogue, language: str) -> dict[str, Any]:
    """Return groups, services, categories and windows under their names in `language`."""
    return {
        "timezone": catalogue.timezone,
        "groups": [
            {"prefix": group.prefix, "name": named(group.texts, language), "icon": group.icon}
            for group in catalogue.groups
        ],
        "services": [
            {
                "id": service.id,
                "group": service.group,
                "name": named(service.texts, language),
                "names": sorted(set(service.texts.values())),
                "documents": list(service.documents),
            }
            for service in catalogue.services
        ],
        "categories": [
            {"id": category.id, "name": named(category.texts, language)}
            for category in catalogue.categories
        ],
        "windows": [
            {"number": window.number, "services": sorted(window.takes)}
            for window in catalogue.windows
        ],
        "documents": {id_: named(each, language) for id_, each in catalogue.documents.items()},
        "not_required": [named(each, language) for each in catalogue.not_required],
    }


def cashier(catalogue: Catalogue) -> str | None:
    """Return the service that visitors are sent to for paying, where the center has one."""
    return next((each.id for each in catalogue.services if CASHIER in each.flags), None)


def names(people: Iterable[Person]) -> dict[str, str]:
    """Return what everybody who has signed in here is called."""
    return {person.login: person.name for person in people}


def clerks(people: Iterable[Person]) -> list[dict[str, Any]]:
    """Return the clerks that a ticket may be sent to."""
    return [
        {"login": person.login, "name": person.name, "window": person.window}
        for person in people
        if person.role == "clerk" and not person.disabled
    ]


def rules(catalogue: Catalogue) -> dict[str, float]:
    """Return the times that buttons count down, in seconds."""
    return {
        "least_call": catalogue.rules.least_call_time.total_seconds(),
        "undo_within": catalogue.rules.undo_within.total_seconds(),
        "revive_within": catalogue.rules.revive_within.total_seconds(),
    }


def desk_facts(desk: Desk) -> dict[str, Any]:
    """Return what decides whom a desk may call."""
    return {
        "takes": {
            service: {
                "level": taking.level,
                "help_after": taking.help_after.total_seconds() if taking.help_after else None,
            }
            for service, taking in desk.takes.items()
        },
        "skills": sorted(desk.skills),
        "languages": sorted(desk.languages),
    }


def named(texts: Texts, language: str) -> str:
    """Return a text in the language, or in the first one that it has."""
    return texts.get(language) or next(iter(texts.values()))
