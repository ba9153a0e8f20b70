"""What is no table that can be read."""

HOOGSTENS = 20
"""How many faults the text of an error tells."""


class GeenTabel(ValueError):
    """The file cannot be read as a table. The text is Dutch and says in which row and what to do."""

    def __init__(self, *fouten: str) -> None:
        rest = len(fouten) - HOOGSTENS
        super().__init__("\n".join([*fouten[:HOOGSTENS], *([f"en nog {rest} fouten."] if rest > 0 else [])]))
