"""What do people type, and what do they see?"""


def main() -> None:
    """Run `quality-warehouse`; the application is imported here so that importing the package costs nothing."""
    from flows.cli.app import main as run_application

    run_application()
