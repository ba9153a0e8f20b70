"""A group of messages through one transaction, and the same again from the bytes."""
