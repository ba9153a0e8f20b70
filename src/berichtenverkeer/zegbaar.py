"""What went wrong and can be told as it is."""


class Zegbaar(Exception):
    """Something cannot be done as it was asked. The text is plain Dutch, says what to do, and holds no personal data, so who meets
    it at the end (the command line) shows it and needs to know no more. ``veld`` is what of the question is wrong, for a form; empty
    when it is all of it."""

    def __init__(self, *zin: object, veld: str = "") -> None:
        super().__init__(*zin)
        self.veld = veld
