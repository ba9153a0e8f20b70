"""From delivered volumes to a 323, and its corrections."""
