"""Where the project's own files are. The places that people can move are in `flows.settings`."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "project"  # pyproject.toml puts seeds and dbt models into the wheel here
PROJECT_ROOT = _IN_WHEEL if _IN_WHEEL.is_dir() else _PACKAGE.parent
SEEDS = PROJECT_ROOT / "seeds"
SAMPLE_DOCUMENTS = SEEDS / "documents"
DBT_PROJECT = PROJECT_ROOT / "dbt_project"
