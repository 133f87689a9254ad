"""Python that moves data: one Prefect flow a file, pure extraction in `extract/`, effects in `io/`."""
