"""pandera models: the contract of every table that `flows/` hands to the warehouse, and of the seeds it reads."""
