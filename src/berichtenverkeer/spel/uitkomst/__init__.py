"""What became of a play, told to people and to machines, and kept as a timeline."""
