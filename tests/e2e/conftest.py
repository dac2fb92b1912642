"""One running demo per test worker, for the tests that do not break it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e import demo_hall
from tests.e2e.demo_hall import DemoHall


@pytest.fixture(scope="session")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoHall]:
    """A demo center that runs for the whole session."""
    with demo_hall.running(tmp_path_factory.mktemp("hall")) as running:
        yield running
