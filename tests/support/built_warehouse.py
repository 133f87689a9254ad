"""The hand-made batch as a built and published warehouse, with the results of the build and the publication."""

from dataclasses import dataclass
from pathlib import Path

from hand_made_batch import hand_made_batch

from flows.io.dbt import BuildResult, build
from flows.io.published.publication import Publication, publish
from flows.io.warehouse.database import open_working_database
from flows.io.warehouse.loading import load_batch
from flows.settings import Settings


@dataclass(frozen=True)
class BuiltWarehouse:
    settings: Settings
    result: BuildResult
    publication: Publication


def build_hand_made_batch(home: Path) -> BuiltWarehouse:
    """Load the batch into a fresh home, build it with dbt's unit tests, and publish it."""
    settings = Settings(home=home)
    with open_working_database(settings) as connection:
        load_batch(connection, hand_made_batch())
    result = build(settings, unit_tests=True)
    return BuiltWarehouse(settings, result, publish(settings))
