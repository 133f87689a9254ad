"""Polling one source: its lists, its pages, when to ask again; the flow is `flows.poll`."""
