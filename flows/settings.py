"""Where things are and how long to wait: read once from the environment (`QUALITY_WAREHOUSE_*`)."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All settings; each can be given as an environment variable, e.g. `QUALITY_WAREHOUSE_HOME`."""

    model_config = SettingsConfigDict(env_prefix="QUALITY_WAREHOUSE_", frozen=True)

    home: Path = Field(Path("data"), description="Holds all state: landing, working database, publications.")
    batch_size: int = Field(200, ge=1, description="Documents that are loaded in one transaction.")
    max_document_bytes: int = Field(50_000_000, ge=1, description="A larger document goes to quarantine.")
    max_reading_seconds: float = Field(
        120, gt=0, description="Time of the processor for one document; one that takes more is quarantined."
    )
    max_reading_bytes: int = Field(
        4_000_000_000, ge=1_000_000_000, description="Memory for one document, programs included."
    )
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

    sources: Path | None = Field(None, description="A sources.csv of one's own, in place of the seed's.")
    poll_delay_seconds: float = Field(2, ge=0, description="Pause between two requests of polls to one host.")
    poll_max_pages: int = Field(50, ge=1, description="Pages that one poll asks a source for; others wait.")
    poll_max_seconds: float = Field(120, gt=0, description="Time for one source in one poll; the rest waits.")
    poll_failures_before_rest: int = Field(3, ge=1, description="Failed polls after which a source rests.")

    watch_interval_seconds: float = Field(0.5, gt=0, description="Pause between two looks at the inbox.")
    watch_settle_seconds: float = Field(
        1, ge=0, description="How long a file of the inbox must stay the same."
    )
    prefect_port: int = Field(4200, ge=1, le=65535, description="Port of the Prefect server of `serve`.")
    http_port: int = Field(8642, ge=1, le=65535, description="Port at which `serve` takes documents.")
    http_host: str = Field("127.0.0.1", description="Address at which `serve` takes documents.")
    api_key: SecretStr | None = Field(None, min_length=16, description="Key of those who post documents.")

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
    def decisions(self) -> Path:
        """What people decided about figures; it is read again whenever the marts are built."""
        return self.root / "decisions"

    @property
    def superseded_figures(self) -> Path:
        """What earlier readings said and no document says any more; a new working database begins with it."""
        return self.root / "superseded"

    @property
    def writer_lock(self) -> Path:
        """The lock file that keeps a second writer of ours waiting."""
        return self.root / "work" / "writer.lock"

    @property
    def source_states(self) -> Path:
        """When to ask which source and page again; see `flows.io.sources.states`."""
        return self.root / "work" / "sources.sqlite"

    @property
    def poll_lock(self) -> Path:
        """The lock file that keeps a second poll away while one is at work."""
        return self.root / "work" / "poll.lock"

    @property
    def inbox(self) -> Path:
        """The folder that is watched."""
        return self.root / "inbox"

    @property
    def prefect_home(self) -> Path:
        """Database and log of the Prefect server of `serve`."""
        return self.root / "prefect"

    @property
    def serve_lock(self) -> Path:
        """The lock file that keeps a second `serve` away."""
        return self.root / "work" / "serve.lock"

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
