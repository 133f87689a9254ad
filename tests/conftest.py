"""The main job on the sample documents, done once by the installed command, serves all tests that look at it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run, quality_warehouse


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """`quality-warehouse run` in a fresh home; only look at it, `copy_of_sample_home` is for changing."""
    return quality_warehouse("run", home=tmp_path_factory.mktemp("sample") / "home")


@pytest.fixture
def copy_of_sample_home(sample_run: Run, tmp_path: Path) -> Path:
    """A home of one's own in which the sample documents are loaded and published."""
    return Path(shutil.copytree(sample_run.home, tmp_path / "home", symlinks=True))


@pytest.fixture
def use_home(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Make a home the one of the flows that this process calls."""
    return lambda home: monkeypatch.setenv("QUALITY_WAREHOUSE_HOME", str(home))
