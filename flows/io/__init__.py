"""The edges: one effect a function (network, disk, database, clock); nothing here decides what a text means."""
