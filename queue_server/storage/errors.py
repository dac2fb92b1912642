"""What the storage says when it cannot keep its promise."""


class StorageError(Exception):
    """The database cannot be used; the message is one plain sentence that says what to do."""
