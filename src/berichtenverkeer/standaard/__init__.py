"""What the standard is: the kinds of message, their schemas, code lists and typed classes, reading and writing.

The room knows iWmo 3.2 and iJw 3.2 and nothing else: no clock, no database, no network. A message goes through it as::

    bytes ─ xml.ontleed ─▶ tree ─ lezen.lees ─▶ Bericht ─ schrijven.schrijf ─▶ bytes
"""
