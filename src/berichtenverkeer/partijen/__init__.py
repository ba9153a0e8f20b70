"""Who takes part: parties, credentials, contracts, switches of releases."""
