"""What does a document state? Pure functions of bytes and reference data: no clock, file, network or database."""
