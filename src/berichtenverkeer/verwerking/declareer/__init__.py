"""Declaraties made from what was delivered, and the Prestaties that put an earlier one right.

``volumes`` reads the sheet, ``posten`` finds for each row its Prestatie, ``optellen`` adds up, ``bericht`` makes the 323,
``keuring`` judges it as its receiver would, ``voorstel`` puts these together and ``aandelen`` tells what is of whom.
``herstel`` is about one earlier Prestatie, with ``verbetering`` for the debetregel in its place.
"""
