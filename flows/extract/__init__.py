"""What does a document state? Pure: bytes and reference data in, findings out; no clock, file, network or database."""
