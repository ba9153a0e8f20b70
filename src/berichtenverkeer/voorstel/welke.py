"""Which of more toewijzingen with one number is meant: a question."""

from collections.abc import Sequence

from ..opslag.dossiers.toewijzingen import Toewijzingrij
from .opstellen.voorstel import Keuze, Vraag


def welke(rijen: Sequence[Toewijzingrij]) -> tuple[Vraag, ...]:
    """What tells these toewijzingen with one number apart: the gemeente, the law, or both; the choices have their ids."""
    vragen: list[Vraag] = []
    for veld, vraag in (("gemeente", "Van welke gemeente is de toewijzing?"), ("domein", "Onder welke wet valt zij?")):
        per_waarde: dict[str, list[str]] = {}
        for rij in rijen:
            per_waarde.setdefault(getattr(rij, veld), []).append(_beschreven(rij))
        if len(per_waarde) > 1:
            keuzes = (Keuze(waarde, "; ".join(wat)) for waarde, wat in sorted(per_waarde.items()))
            vragen.append(Vraag(veld, vraag, tuple(keuzes)))
    return tuple(vragen)


def _beschreven(rij: Toewijzingrij) -> str:
    product = " ".join(deel for deel in (rij.categorie, rij.code) if deel) or "zonder product"
    return f"{rij.domein}, {product}, vanaf {rij.ingangsdatum}, id {rij.id}"
