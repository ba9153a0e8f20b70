"""Commands in this process: what they set in the environment for processes of their own is gone afterwards."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def omgeving() -> Iterator[None]:
    voor = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(voor)
