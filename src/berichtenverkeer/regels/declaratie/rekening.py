"""What a rule reckons of a Prestatie: what it holds it against, and how that came about."""

from typing import NamedTuple

from ...levensloop.rekenen.tekst import hoeveelheid


class Rekening(NamedTuple):
    """``gevraagd`` may be at most ``grens``, both in ``eenheid`` (euros in eurocent); without a ``grens`` anything may. ``deze`` is
    what the Prestatie itself asks, the rest was declared before. ``stappen`` are Dutch sentences."""

    grens: int | None
    gevraagd: int
    deze: int
    eenheid: str
    stappen: tuple[str, ...]

    @property
    def te_veel(self) -> bool:
        """Whether more is asked than may be."""
        return self.grens is not None and self.gevraagd > self.grens

    @property
    def slot(self) -> str:
        """What it comes to, where it is not too much."""
        gevraagd = hoeveelheid(self.gevraagd, self.eenheid)
        if self.grens is None:
            return f"Gedeclareerd is {gevraagd}."
        return f"Wij rekenen {hoeveelheid(self.grens, self.eenheid)} als maximum; gedeclareerd is {gevraagd}."
