"""A message on its way in: at the door, through the one writer, a declaratie, an answer, the worker."""
