"""What the service costs beside the bare ceiling of the same machine, in one run: ``make bench``."""
