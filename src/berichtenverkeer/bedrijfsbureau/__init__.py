"""What a hoofdaannemer and its partners do at the back-office: the use cases, one module each, beside the pure rules of
``hoofdaannemer`` and the tables of ``opslag``.

Everything is asked of a ``Bureau``, that of one hoofdaannemer, or of a ``Balie``, where one partner comes. Each act is one
transaction. What can be wrong is told in the same words everywhere: ``Geweigerd`` (HTTP 422, with ``bezwaren`` and
``niet_gedekt``), ``Botsing`` (409) and ``NietGevonden`` (404); ``hoofdaannemer.fouten`` has them. Days and moments are arguments.
"""
