"""The start page: in the demo everything at one click, else the reader's own account."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, redirect, send_file
from werkzeug.wrappers import Response as AnyResponse

from queue_server.domain.errors import Unknown
from queue_server.usecases.ports import UnitOfWork
from queue_server.web.auth import public
from queue_server.web.pages.offers import named
from queue_server.web.pages.rendering import page, reader_language
from queue_server.web.site import DemoLinks, site

#: so many of the newest slips are shown
SLIPS = 8


@public
def show() -> AnyResponse:
    """Show the demo's start page; a real center begins with the person's own."""
    here = site()
    if here.demo is None:
        return redirect("/account")
    with here.center.read() as work:
        shown = {**_center(work), "figures": _figures(work), **_demo(here.demo)}
    return page("start/demo.html", **shown)


@public
def numbers() -> Response:
    """Return the demo's live figures and newest slips."""
    here = site()
    if here.demo is None:
        raise Unknown
    with here.center.read() as work:
        figures = _figures(work)
    return jsonify({**figures, "slips": _slips(here.demo)})


@public
def slip(name: str) -> Response:
    """Return the picture of a slip; only the demo keeps them."""
    demo = site().demo
    found = {path.name: path for path in demo.slips()} if demo else {}
    if name not in found:
        raise Unknown
    return send_file(found[name], mimetype="image/png")


def _center(work: UnitOfWork) -> dict[str, Any]:
    catalogue = work.catalogues.current()
    return {"center": named(catalogue.name, reader_language()), "halls": catalogue.halls}


def _demo(demo: DemoLinks) -> dict[str, Any]:
    clerks = [person for person in demo.people if person.role == "clerk"]
    return {
        "clerks": clerks,
        "others": [person for person in demo.people if person.role != "clerk"],
        "boards": [device for device in demo.devices if device.kind == "board"],
        "corners": [device for device in demo.devices if device.kind == "corner"],
        "commands": demo.commands,
        "slips": _slips(demo),
    }


def _slips(demo: DemoLinks) -> list[str]:
    return [path.name for path in demo.slips()[:SLIPS]]


def _figures(work: UnitOfWork) -> dict[str, int]:
    shifts = work.shifts.open()
    return {
        "waiting": sum(work.tickets.waiting().values()),
        "windows": sum(1 for shift in shifts if shift.paused_at is None),
        "serving": len(work.tickets.at_windows()),
    }
