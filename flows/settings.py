"""Where things are and how long to wait: read once from the environment (`QUALITY_WAREHOUSE_*`)."""

from pathlib import Path

from pydantic import Field
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
    http_timeout_seconds: float = Field(30, gt=0, description="Limit of each step of a request.")
    http_attempts: int = Field(4, ge=1, description="Tries of one address, with growing pauses.")
    http_max_redirects: int = Field(5, ge=0, description="Redirects that are followed, each checked.")
    allow_private_addresses: bool = Field(False, description="Allow loopback and private network addresses.")

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
    def decisions(self) -> Path:
        """What people decided about figures; it is read again whenever the marts are built."""
        return self.root / "decisions"

    @property
    def writer_lock(self) -> Path:
        """The lock file that keeps a second writer of ours waiting."""
        return self.root / "work" / "writer.lock"

    @property
    def published_database(self) -> Path:
        """What people and tools open; always the newest audited version."""
        return self.root / "published" / "quality.duckdb"

    @property
    def dbt_state(self) -> Path:
        """dbt's target and log folders; kept between runs so that the parse is warm."""
        return self.root / "dbt"
