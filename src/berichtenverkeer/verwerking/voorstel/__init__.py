"""Proposals: the message that would answer what came in, for a person to look at. Nothing is sent.

One module an answer. A proposal is typed, says in Dutch why it is as it is, and asks what a person must decide. What only
the caller can know (numbers, Identificatie, the moment) is given to it.
"""
