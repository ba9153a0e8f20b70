"""A message from what a step says: the rest of it is made."""
