"""The work lists, each a module with one ``LIJST``: its name, what to do about it, its question, its sentence."""
