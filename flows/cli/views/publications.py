"""What `quality-warehouse publications` and `publish` print."""

from flows.cli.views.tables import format_value, print_table
from flows.io.published.publication import Pin, Publication, describe_publications, read_pin
from flows.settings import Settings


def print_publications(settings: Settings) -> None:
    """Print the versions that are kept, newest first."""
    versions, pin = describe_publications(settings), read_pin(settings)
    if not versions:
        print("Nothing is published yet.")
        return
    rows = (
        (
            version.version,
            f"{version.published_at:%Y-%m-%d %H:%M}",
            *(str(version.tables.get(table, "")) for table in ("dim_documents", "fct_observations")),
            f"{version.size_bytes / 1_000_000:.1f} MB",
            ("pinned" if pin else "current") if version.is_current else "",
        )
        for version in versions
    )
    print_table(("Version", "Published (UTC)", "Documents", "Figures", "Size", "Readers"), rows)
    if pin:
        print(f"\nPinned: {describe_pin(pin)}")


def describe_publication(publication: Publication) -> str:
    """Say where a publication is, and what to do if readers do not get it."""
    if publication.pin is None:
        return f"{'unchanged' if publication.unchanged else 'published'}  {publication.path}"
    return (
        f"kept beside  {publication.path}\n"
        f"Readers keep version {describe_pin(publication.pin)}; `quality-warehouse publications resume` ends that."
    )


def describe_pin(pin: Pin) -> str:
    """Say which version is pinned, by whom, when and why."""
    reason = f": {format_value(pin.reason)}" if pin.reason else ""
    return f"{pin.version}, by {format_value(pin.pinned_by)} on {pin.pinned_at:%Y-%m-%d %H:%M} UTC{reason}"
