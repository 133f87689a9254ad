"""How do documents become a warehouse? The Prefect flows, one a file, and a room for each part of the work."""
