"""HTTP, sockets and pages: parse, call a use case, answer. No rule lives here."""
