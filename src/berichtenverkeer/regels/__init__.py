"""What must hold: one function a rule, named by its code in the standard.

A rule declares its level, its messages, the classes it looks at and its retourcode, and yields an ``Overtreding`` for
each thing that is wrong. ``toetsen`` runs all rules of a level, ``catalogus`` lists them.
"""
