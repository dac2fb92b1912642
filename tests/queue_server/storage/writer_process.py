"""Issues tickets until it is killed, and says each number once it is durable."""

import os
import sys

from queue_server.storage.database import Database
from tests.queue_server.storage.hall import issue


def main(url: str) -> None:
    """Issue without end."""
    database = Database(url, parse=dict)
    while True:
        os.write(1, f"{issue(database)}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1])
