"""Measurements of speed (`make bench`), fuzzing, kills and soak tests."""
