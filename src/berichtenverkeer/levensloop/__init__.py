"""What can happen: the dossier of one client, and the life of its toewijzingen and leveringen.

A ``Dossier`` is the fold of the ``Gebeurtenis``sen of approved messages. Which state follows on which is said in the
tables of ``overgangen``. Nothing here knows a database or a clock: the day is an argument.
"""
