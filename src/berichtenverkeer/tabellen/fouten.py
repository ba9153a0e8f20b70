"""What is no table that can be read."""

MEESTE_KOLOMMEN = 200
"""A list that is broader is no list of ours."""

HOOGSTENS = 20
"""How many faults the text of an error tells."""


class GeenTabel(ValueError):
    """The file cannot be read as a table. The text is Dutch and says in which row and what to do."""

    def __init__(self, *fouten: str) -> None:
        rest = len(fouten) - HOOGSTENS
        super().__init__("\n".join([*fouten[:HOOGSTENS], *([f"en nog {rest} fouten."] if rest > 0 else [])]))


def te_breed(regel: int) -> GeenTabel:
    """There is something in a row beyond the last column that is read."""
    return GeenTabel(f"regel {regel}: er staat iets voorbij kolom {MEESTE_KOLOMMEN}; maak de lijst smaller.")
