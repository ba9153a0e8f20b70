"""What is derived, made again from the bytes of the messages."""
