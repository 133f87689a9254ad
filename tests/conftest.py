"""What every test that calls a flow in this process needs."""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def use_home(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Make a home the one of the flows that this process calls."""
    return lambda home: monkeypatch.setenv("QUALITY_WAREHOUSE_HOME", str(home))
