"""Messages, what stands on their envelopes, where they are on their way, and who is told of them."""
