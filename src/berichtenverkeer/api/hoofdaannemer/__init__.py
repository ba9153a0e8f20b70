"""The back-office of a hoofdaannemer over HTTP, and where its partners come: a module a noun (``delen`` has them all).

Who calls is what one sees by: a hoofdaannemer its own, a partner what was passed on to it. To whoever is no hoofdaannemer there is
nothing here: lists are empty, and the rest is not found.
"""
