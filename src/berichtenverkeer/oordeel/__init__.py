"""The judgement on one message, and what answers it: oordeel, retourbericht, 325."""
