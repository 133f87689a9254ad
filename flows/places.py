"""Where the project keeps what belongs to it; the places that people can move are `flows.settings`."""

from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent
SEEDS = PROJECT_ROOT / "seeds"
SAMPLE_DOCUMENTS = SEEDS / "documents"
DBT_PROJECT = PROJECT_ROOT / "dbt_project"
