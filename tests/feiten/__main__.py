"""Make the facts again."""

from . import MAP, bestanden

for naam, tekst in bestanden().items():
    (MAP / naam).write_text(tekst, encoding="utf-8", newline="\n")
