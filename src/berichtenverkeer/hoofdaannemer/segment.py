"""Which productcodes belong to which segment (contract, Words; In and out, ``segmenten``)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Segmentregel:
    """A ProductCategorie, or one ProductCode in it, belongs to a segment."""

    segment: str
    categorie: str
    code: str | None = None


@dataclass(frozen=True)
class Segmentlijst:
    """The list of one hoofdaannemer; of more lines with the same product the last counts."""

    regels: tuple[Segmentregel, ...] = ()

    @classmethod
    def van(cls, regels: Iterable[Segmentregel]) -> "Segmentlijst":
        """The list with these lines."""
        return cls(tuple(regels))

    @cached_property
    def _op_product(self) -> Mapping[tuple[str, str | None], str]:
        return {(regel.categorie, regel.code): regel.segment for regel in self.regels}

    @property
    def segmenten(self) -> frozenset[str]:
        """The segments it names."""
        return frozenset(regel.segment for regel in self.regels)

    def segment(self, categorie: str | None, code: str | None) -> str | None:
        """The segment of a product, the most specific line first; None when it is in none."""
        if categorie is None:
            return None
        op_code = self._op_product.get((categorie, code)) if code is not None else None
        return op_code or self._op_product.get((categorie, None))
