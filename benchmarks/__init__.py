"""What `make bench` measures: how fast the extractor reads, beside what others do to the same text."""
