"""What came in by the chain: kept, opened, checked, handed to the inname, and its status."""
