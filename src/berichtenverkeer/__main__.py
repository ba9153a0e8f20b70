"""``python -m berichtenverkeer`` is the command line."""

from .cli import main

main()
