"""The parts of `quality-warehouse serve`: a Prefect server, a worker, a watcher of the inbox, an HTTP entrance."""
