"""The newsroom on loopback, for its own tests."""

from collections.abc import Iterator

import pytest

from .client import Client
from .server import NewsroomServer


@pytest.fixture
def client() -> Iterator[Client]:
    """The site of day 1."""
    with NewsroomServer(1) as server, Client(server) as client:
        yield client
