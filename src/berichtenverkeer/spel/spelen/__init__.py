"""A flow played: handed in, observed, compared; by many at once, or beside what the other side sends."""
