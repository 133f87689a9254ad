"""Where things are and how long to wait: read once from the environment (`QUALITY_WAREHOUSE_*`)."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from flows.places import DBT_PROJECT, PROJECT_ROOT, SAMPLE_DOCUMENTS, SEEDS

__all__ = ["DBT_PROJECT", "PROJECT_ROOT", "SAMPLE_DOCUMENTS", "SEEDS", "Settings"]


class Settings(BaseSettings):
    """All settings; each can be given as an environment variable, e.g. `QUALITY_WAREHOUSE_HOME`."""

    model_config = SettingsConfigDict(env_prefix="QUALITY_WAREHOUSE_", frozen=True)

    home: Path = Field(Path("data"), description="Holds all state: landing, working database, publications.")
    batch_size: int = Field(200, ge=1, description="Documents that are loaded in one transaction.")
    max_document_bytes: int = Field(50_000_000, ge=1, description="A larger document goes to quarantine.")
    lock_timeout_seconds: float = Field(60, ge=0, description="How long to wait for another writer.")
    kept_publications: int = Field(
        5, ge=1, description="Published versions kept, to which one can roll back."
    )
    kept_run_months: int = Field(24, ge=1, description="Months of `runs/` that are kept.")
    http_timeout_seconds: float = Field(30, gt=0, description="Limit of each step of a request.")
    http_attempts: int = Field(4, ge=1, description="Tries of one address, with growing pauses.")
    http_max_redirects: int = Field(5, ge=0, description="Redirects that are followed, each checked.")
    allow_private_addresses: bool = Field(False, description="Allow loopback and private network addresses.")
    log_format: Literal["text", "json"] = Field("text", description="How lines on standard error look.")
    lineage: str | None = Field(None, description="OpenLineage events go to this file or http(s) address.")
    lineage_api_key: SecretStr | None = Field(None, description="Sent to that address as a bearer token.")
    silence_factor: float = Field(
        2, gt=0, description="Quiet for so many usual intervals: a publisher is silent."
    )
    silence_min_days: int = Field(4, ge=2, description="Days of publication that make an interval usual.")

    @property
    def root(self) -> Path:
        """`home`, absolute: dbt and DuckDB are told the same path wherever they are started."""
        return self.home.absolute()

    @property
    def landing(self) -> Path:
        """Raw bytes and sidecars, content-addressed."""
        return self.root / "landing"

    @property
    def working_database(self) -> Path:
        """The database that one process at a time writes."""
        return self.root / "work" / "quality.duckdb"

    @property
    def runs(self) -> Path:
        """What each stage of each run did, a file a month."""
        return self.root / "runs"

    @property
    def writer_lock(self) -> Path:
        """The lock file that keeps a second writer of ours waiting."""
        return self.root / "work" / "writer.lock"

    @property
    def publication_lock(self) -> Path:
        """The lock file of who moves readers to another version."""
        return self.root / "work" / "publication.lock"

    @property
    def published_database(self) -> Path:
        """What people and tools open: the newest audited version, or the one that was rolled back to."""
        return self.root / "published" / "quality.duckdb"

    @property
    def dbt_state(self) -> Path:
        """dbt's target and log folders; kept between runs so that the parse is warm."""
        return self.root / "dbt"
