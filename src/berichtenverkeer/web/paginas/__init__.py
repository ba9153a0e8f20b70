"""The pages, a module a noun: each has a ``router``, and where it stands in the main navigation a ``MENU``."""
