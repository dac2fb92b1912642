"""The center's memory: tables, transactions and repositories on SQLite or PostgreSQL.

The law of this folder: it implements the Protocols of `usecases/ports.py` and decides nothing.
Invariants stand in the database itself (`tables.py`, `guards.py`), so that no other program that
opens the file can break them unnoticed.
"""
