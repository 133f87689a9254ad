"""Where things are, how much is allowed and how long to wait: read once from `QUALITY_WAREHOUSE_*`.

Limits that nobody has needed to change are constants beside what they limit:

- `flows/io/web/fetch.py`: pauses between tries, time for a whole answer, the longest Retry-After
- `flows/io/sources/polite_client.py`, `flows/io/sources/states.py`: age and size of robots.txt, pauses of a host
- `flows/polling/lists.py`, `flows/polling/links.py`, `flows/polling/times.py`: sizes of lists, rests of a source
- `flows/io/warehouse/`: how often a locked database is tried again
- `flows/ingestion/`: bytes of one batch, and how long to wait for a document that idles
- `flows/io/announce/`: how long a Prefect server or a lineage service may take to answer
- `flows/serving/`: heartbeats, and how long Prefect may take to start and to stop
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All settings, each with its environment variable: `batch_size` is `QUALITY_WAREHOUSE_BATCH_SIZE`."""

    model_config = SettingsConfigDict(env_prefix="QUALITY_WAREHOUSE_", frozen=True)

    home: Path = Field(
        Path("data"),
        description="Folder of all state: landing, working database, publications, journals.",
    )
    log_format: Literal["text", "json"] = Field(
        "text", description="Form of the log on standard error: lines for people, or one JSON object a line."
    )
    lock_timeout_seconds: float = Field(
        60, ge=0, description="How long to wait for another process that writes the same home."
    )

    # Reading documents
    max_document_bytes: int = Field(
        50_000_000, ge=1, description="Largest document; a larger one goes to quarantine, or is not fetched."
    )
    max_reading_seconds: float = Field(
        120,
        gt=0,
        description="Processor time for reading one document; beyond it, the document is quarantined.",
    )
    max_reading_bytes: int = Field(
        4_000_000_000,
        ge=1_000_000_000,
        description="Memory of the process that reads documents, its code included.",
    )
    batch_size: int = Field(200, ge=1, description="Most documents that one transaction loads.")

    # Fetching
    http_timeout_seconds: float = Field(
        30,
        gt=0,
        description="Time for each step of a request: connecting, sending, each piece of the answer.",
    )
    http_attempts: int = Field(
        4, ge=1, description="How often an address is tried, with growing pauses; polls try once."
    )
    http_max_redirects: int = Field(5, ge=0, description="Redirects that are followed; each one is checked.")
    allow_private_addresses: bool = Field(
        False, description="Whether loopback and private network addresses may be fetched."
    )

    # Polling
    sources: Path | None = Field(
        None, description="Your own sources.csv, which replaces `seeds/reference/sources.csv`."
    )
    poll_delay_seconds: float = Field(
        2,
        ge=0,
        description="Shortest pause between two requests to one host; its robots.txt may ask for more.",
    )
    poll_max_pages: int = Field(
        50, ge=1, description="Most pages that one poll asks a source for; the next poll takes the others."
    )
    poll_max_seconds: float = Field(
        120, gt=0, description="Time for one source in one poll; the next poll takes what is left."
    )
    poll_failures_before_rest: int = Field(
        3, ge=1, description="Failed polls in a row after which a source is asked ever more seldom."
    )

    # Publishing and keeping
    kept_publications: int = Field(
        5, ge=1, description="Published versions that are kept and can be rolled back to."
    )
    kept_run_months: int = Field(24, ge=1, description="Months with runs whose `runs/` file is kept.")
    silence_factor: float = Field(
        2, gt=0, description="A publisher is silent when it is quiet for this many of its usual intervals."
    )
    silence_min_days: int = Field(
        4, ge=2, description="Days of publication from which the usual interval of a publisher is known."
    )

    # Serving
    watch_interval_seconds: float = Field(0.5, gt=0, description="Pause between two looks at the inbox.")
    watch_settle_seconds: float = Field(
        1, ge=0, description="How long a file of the inbox must stay unchanged before it is landed."
    )
    prefect_port: int = Field(
        4200, ge=1, le=65535, description="Port of the Prefect server that `serve` runs."
    )
    http_host: str = Field("127.0.0.1", description="Address at which `serve` accepts documents.")
    http_port: int = Field(8642, ge=1, le=65535, description="Port at which `serve` accepts documents.")
    api_key: SecretStr | None = Field(
        None,
        min_length=16,
        description="Bearer token for posting documents to `serve`, of at least 16 characters.",
    )

    # Lineage
    lineage: str | None = Field(
        None, description="File or http(s) address that gets OpenLineage events; none are made without it."
    )
    lineage_api_key: SecretStr | None = Field(
        None, description="Bearer token for posting OpenLineage events."
    )

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
        """What each stage of each run did, one file a month."""
        return self.root / "runs"

    @property
    def decisions(self) -> Path:
        """What people decided about figures; every build reads it again."""
        return self.root / "decisions"

    @property
    def superseded_figures(self) -> Path:
        """Figures that earlier readings found and later ones do not; a new working database begins with them."""
        return self.root / "superseded"

    @property
    def writer_lock(self) -> Path:
        """The lock file for which a second writer of ours waits."""
        return self.root / "work" / "writer.lock"

    @property
    def source_states(self) -> Path:
        """When to ask which source and page again (`flows.io.sources.states`)."""
        return self.root / "work" / "sources.sqlite"

    @property
    def poll_lock(self) -> Path:
        """The lock file that keeps two polls from running at once."""
        return self.root / "work" / "poll.lock"

    @property
    def inbox(self) -> Path:
        """The folder that `serve` watches."""
        return self.root / "inbox"

    @property
    def prefect_home(self) -> Path:
        """Database and log of the Prefect server of `serve`."""
        return self.root / "prefect"

    @property
    def serve_lock(self) -> Path:
        """The lock file that keeps two `serve` from running at once."""
        return self.root / "work" / "serve.lock"

    @property
    def publication_lock(self) -> Path:
        """The lock file of a process that moves readers to another version."""
        return self.root / "work" / "publication.lock"

    @property
    def published_database(self) -> Path:
        """The file that people and tools open: the newest audited version, or the one rolled back to."""
        return self.root / "published" / "quality.duckdb"

    @property
    def dbt_state(self) -> Path:
        """dbt's target and log folders, kept between runs so that dbt parses only what has changed."""
        return self.root / "dbt"
