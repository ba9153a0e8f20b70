"""The next message, as a question with answers."""
