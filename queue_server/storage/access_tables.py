"""The tables of whoever is let in: people with their sessions, devices with what they report."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, Table, Text

from queue_server.storage.schema import NO, ZERO, metadata, partial

people = Table(
    "people",
    metadata,
    Column("login", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("window", Integer),
    Column("disabled", Boolean(create_constraint=False), nullable=False),
    Column("must_change", Boolean(create_constraint=False), nullable=False, server_default=NO),
    #: sealed with the center's secret
    Column("totp", Text),
    Column("totp_step", BigInteger, nullable=False, server_default=ZERO),
    #: of the sign-in service
    Column("subject", Text),
)

failures = Table(
    "failures",
    metadata,
    Column("login", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),
)

devices = Table(
    "devices",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("hall", Integer, nullable=False),
    Column("revoked", Boolean(create_constraint=False), nullable=False),
    #: of a rating pad
    Column("window", Integer),
)

leases = Table(
    "leases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("device", Text, nullable=False, unique=True),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("granted_at", BigInteger, nullable=False),
)

device_reports = Table(
    "device_reports",
    metadata,
    Column("device", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    #: sorted, with commas between
    Column("alerts", Text, nullable=False),
    Column("report", Text, nullable=False),
)

corner_sessions = Table(
    "corner_sessions",
    metadata,
    Column("device", Text, primary_key=True),
    Column("began_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("extensions", Integer, nullable=False),
)

web_sessions = Table(
    "web_sessions",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("login", Text, ForeignKey("people.login"), nullable=False),
    Column("csrf_token", Text, nullable=False),
    Column("began_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("pending", Text),
)

pairings = Table(
    "pairings",
    metadata,
    Column("code", Text, primary_key=True),
    Column("secret_hash", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("name", Text),
    Column("hall", Integer, nullable=False),
    Column("window", Integer),
)

partial("people_by_subject", people.c.subject, where=people.c.subject.is_not(None), unique=True)
