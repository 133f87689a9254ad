"""Where the project keeps what belongs to it; the places that people can move are `flows.settings`."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "project"  # pyproject.toml puts there what an installed package needs besides code
PROJECT_ROOT = _IN_WHEEL if _IN_WHEEL.is_dir() else _PACKAGE.parent
SEEDS = PROJECT_ROOT / "seeds"
SAMPLE_DOCUMENTS = SEEDS / "documents"
DBT_PROJECT = PROJECT_ROOT / "dbt_project"
