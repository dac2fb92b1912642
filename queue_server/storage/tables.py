"""The tables of the hall, as SQLAlchemy Core declares them; migrations lead here.

Times are milliseconds since 1970 in UTC, days are `YYYY-MM-DD` of the center's calendar.
What is hot is found by partial indexes over what is open, so it costs the same after a million
tickets. A partial index serves a query only when the query repeats its condition word for word:
use the conditions below, never a copy.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from queue_server.domain.ticket import State
from queue_server.storage import access_tables
from queue_server.storage.schema import NO, SERIAL, metadata, partial, said

#: whoever reads the metadata finds every table of a center
__all__ = ["access_tables", "metadata"]

center = Table(
    "center",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    #: the newest event, so that a log cut short at its end is seen
    Column("seq", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
    Column("day", Text),
    Column("catalogue_version", Integer, nullable=False),
    #: why the hall stands still; null while it works
    Column("halted", Text),
    CheckConstraint("id = 1", "one_row"),
)

tickets = Table(
    "tickets",
    metadata,
    Column("id", Text, primary_key=True),
    Column("day", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("service", Text, nullable=False),
    Column("legs", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("issued_at", BigInteger, nullable=False),
    Column("order_key", BigInteger, nullable=False),
    Column("issued_by", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("category", Text),
    Column("statutory", Boolean(create_constraint=False), nullable=False),
    #: sorted, with commas between
    Column("needs", Text, nullable=False),
    Column("paper", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("not_before", BigInteger),
    Column("window", Integer),
    Column("clerk", Text),
    Column("called_at", BigInteger),
    Column("recalls", Integer, nullable=False),
    Column("reason", Text),
    Column("hold_until", BigInteger),
    Column("sender", Text),
    Column("promised_low", Integer),
    Column("promised_high", Integer),
    Column("copies", Integer, nullable=False),
    Column("overtaken", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    #: what undo brings back: those columns that were different, as JSON
    Column("before", Text),
    Column("moved", Text),
    Column("moved_by", Text),
    Column("moved_at", BigInteger),
    Column("event", Text),
    Column("claimed", Text),
    Column("late", Boolean(create_constraint=False), nullable=False, server_default=NO),
    Column("code", Text),
    Column("stars", Integer),
    Column("slot", BigInteger),
    #: the wait as it was reckoned at issue, as JSON
    Column("reckoned", Text),
    UniqueConstraint("day", "prefix", "count"),
    CheckConstraint("count >= 1", "count"),
    CheckConstraint(
        "state IN ({})".format(", ".join(f"'{state}'" for state in State)),
        "state",
    ),
    CheckConstraint(
        "state NOT IN ('called', 'serving') OR \"window\" IS NOT NULL",
        "at_window",
    ),
)

stays = Table(
    "stays",
    metadata,
    Column("ticket_id", Text, ForeignKey("tickets.id"), primary_key=True),
    #: 1 is the ticket's first stay; a stay ends where the next one begins
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("window", Integer),
    Column("clerk", Text),
    Column("service", Text, nullable=False),
    sqlite_with_rowid=False,
)

numbers = Table(
    "numbers",
    metadata,
    Column("day", Text, primary_key=True),
    Column("prefix", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

shifts = Table(
    "shifts",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("window", Integer, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("paused_at", BigInteger),
    Column("pause_reason", Text),
    Column("closed_at", BigInteger),
    Column("streak", Integer, nullable=False),
    Column("wrapping_at", BigInteger),
    Column("ready_at", BigInteger),
)

events = Table(
    "events",
    metadata,
    Column("seq", SERIAL, primary_key=True, autoincrement=False),
    #: canonical JSON, just the bytes that were hashed
    Column("body", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("ticket_id", Text),
)

catalogues = Table(
    "catalogues",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)

replies = Table(
    "replies",
    metadata,
    Column("actor", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)

help_calls = Table(
    "help_calls",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("device", Text, nullable=False),
    Column("hall", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("language", Text),
    Column("called_at", BigInteger, nullable=False),
    Column("answered_at", BigInteger),
    Column("answered_by", Text),
)

tallies = Table(
    "tallies",
    metadata,
    Column("day", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

messages = Table(
    "messages",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("window", Integer, nullable=False),
    Column("sender", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("read_at", BigInteger),
)

notes = Table(
    "notes",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("ticket", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by", Text, nullable=False),
    Column("text", Text, nullable=False),
)

contacts = Table(
    "contacts",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("contact", Text, nullable=False),
    Column("contact_hash", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)

#: how far each reader of the log has come
cursors = Table(
    "cursors",
    metadata,
    Column("sink", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
)

#: each service day as a stretch of the log
days = Table(
    "days",
    metadata,
    Column("day", Text, primary_key=True),
    Column("first_seq", BigInteger, nullable=False),
    Column("closed_seq", BigInteger),
)

figure_rows = Table(
    "figure_rows",
    metadata,
    Column("day", Text, primary_key=True),
    Column("dimension", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)

#: what each day has taught about service minutes, no-shows, pauses and arrivals
observations = Table(
    "observations",
    metadata,
    Column("day", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

#: places in the log that the center has signed; with a `witness`, what a device brought back
checkpoints = Table(
    "checkpoints",
    metadata,
    Column("witness", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", Text, nullable=False),
    Column("center", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("accepted", Text, nullable=False),
    sqlite_with_rowid=False,
)


#: conditions of the partial indexes
IS_BOOKED = tickets.c.state == said("booked")
IS_WAITING = tickets.c.state == said("waiting")
IS_ON_HOLD = tickets.c.state == said("on_hold")
IS_NO_SHOW = tickets.c.state == said("no_show")
IS_AT_WINDOW = tickets.c.state.in_([said("called"), said("serving")])
IS_OPEN_SHIFT = shifts.c.closed_at.is_(None)
IS_CALLED_FOR = help_calls.c.answered_at.is_(None)
IN_QUEUE = tickets.c.place == said("queue")


partial(
    "tickets_waiting",
    tickets.c.place,
    tickets.c.service,
    tickets.c.statutory,
    tickets.c.order_key,
    tickets.c.issued_at,
    tickets.c.serial,
    where=IS_WAITING,
)
partial("tickets_at_window", tickets.c.window, where=IS_AT_WINDOW, unique=True)
partial("tickets_on_hold", tickets.c.hold_until, where=IS_ON_HOLD)
partial("tickets_no_show", tickets.c.since, where=IS_NO_SHOW)
partial("tickets_by_code", tickets.c.code, where=tickets.c.code.is_not(None), unique=True)
partial("help_waiting", help_calls.c.called_at, where=IS_CALLED_FOR)
partial("tickets_booked", tickets.c.day, where=IS_BOOKED)
partial("shifts_open_window", shifts.c.window, where=IS_OPEN_SHIFT, unique=True)
partial("shifts_open_clerk", shifts.c.clerk, where=IS_OPEN_SHIFT, unique=True)
partial("tickets_by_slot", tickets.c.slot, where=tickets.c.slot.is_not(None))
partial("events_by_ticket", events.c.ticket_id, where=events.c.ticket_id.is_not(None))
Index("replies_by_age", replies.c.at)
Index("messages_by_window", messages.c.window, messages.c.at)
Index("notes_by_ticket", notes.c.ticket)
Index("contacts_by_hash", contacts.c.contact_hash)

#: what the integrity rules have found, and how far it was looked at
alerts = Table(
    "alerts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("rule", Text, nullable=False),
    Column("day", Text, nullable=False),
    #: login of the person that it is about; empty where it is about nobody
    Column("about", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("raised_at", BigInteger, nullable=False),
    #: the finding, as JSON
    Column("body", Text, nullable=False),
)

#: what controllers wrote on alerts; the log has only their ids
alert_words = Table(
    "alert_words",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("alert", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by", Text, nullable=False),
    Column("text", Text, nullable=False),
)

#: what each day leaves to the rules of later days, and up to which event it was looked at
digests = Table(
    "digests",
    metadata,
    Column("day", Text, primary_key=True),
    Column("closed_seq", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)

Index("alerts_by_state", alerts.c.state, alerts.c.day)
Index("alert_words_by_alert", alert_words.c.alert)
