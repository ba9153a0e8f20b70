"""Loading what a hoofdaannemer has in files, and taking it out again (contract, In and out)."""
