"""The pages, for browsers: which address shows what.

A page is rendered here once and then lives through `/api/v1` and the sockets.
"""

from __future__ import annotations

from flask import Blueprint

from queue_server.web.pages import (
    account,
    board,
    book,
    catalogue,
    corner,
    devices,
    estimates,
    floor,
    forecast,
    integrity,
    pair,
    panel,
    people,
    reception,
    rendering,
    replay,
    reports,
    sign_in,
    start,
    ticket,
    voice,
    what_if,
)

blueprint = Blueprint("pages", __name__)

blueprint.add_url_rule("/", "start", start.show)
blueprint.add_url_rule("/account", "account", account.show)
blueprint.add_url_rule("/numbers", "numbers", start.numbers)
blueprint.add_url_rule("/slips/<name>", "slip", start.slip)
blueprint.add_url_rule("/sign-in", "sign_in", sign_in.show)
blueprint.add_url_rule("/sign-in", "begin", sign_in.begin, methods=["POST"])
blueprint.add_url_rule("/sign-in/oidc", "depart", sign_in.depart)
blueprint.add_url_rule("/sign-in/oidc/callback", "come_back", sign_in.come_back)
blueprint.add_url_rule("/people", "people", people.show)
blueprint.add_url_rule("/panel", "panel", panel.show)
blueprint.add_url_rule("/reception", "reception", reception.show)
blueprint.add_url_rule("/devices", "devices", devices.show)
blueprint.add_url_rule("/corner", "corner", corner.show)
blueprint.add_url_rule("/floor", "floor", floor.show)
blueprint.add_url_rule("/pair", "pair", pair.show)
blueprint.add_url_rule("/book", "book", book.show)
blueprint.add_url_rule("/book/<ticket_id>", "booked", book.booked)
blueprint.add_url_rule("/replay", "replay", replay.show)
blueprint.add_url_rule("/reports", "reports", reports.show)
blueprint.add_url_rule("/integrity", "integrity", integrity.show)
blueprint.add_url_rule("/estimates", "estimates", estimates.show)
blueprint.add_url_rule("/forecast", "forecast", forecast.show)
blueprint.add_url_rule("/what-if", "what_if", what_if.show)
blueprint.add_url_rule("/catalogue", "catalogue", catalogue.show)
blueprint.add_url_rule("/t/<ticket_id>", "ticket", ticket.show)
blueprint.add_url_rule("/board/<int:hall>", "board", board.show)
blueprint.add_url_rule("/board/<int:hall>/media", "board_media", board.media)
blueprint.add_url_rule("/board/<int:hall>/media/<name>", "board_media_file", board.media_file)
blueprint.add_url_rule("/board/<int:hall>/voice.wav", "voice", voice.speak)
blueprint.add_url_rule("/static/tokens.css", "tokens", rendering.tokens)
blueprint.add_url_rule("/static/book.css", "book_style", book.style)
blueprint.add_url_rule("/static/visit.css", "visit_style", ticket.style)

blueprint.app_context_processor(rendering.context)
blueprint.after_app_request(rendering.keep_language)
