"""What was declared on a toewijzing, as far as it stands in the way of a change (TR385, UP031, OP345)."""

from ...levensloop.declaratie import Declaratieboek
from ...levensloop.overgangen import Prestatietoestand
from ...standaard.berichten.basis import Omvang
from ...standaard.berichten.toewijzing import ToegewezenProduct

_STAAT = (Prestatietoestand.INGEDIEND, Prestatietoestand.TOEGEKEND)


def gedeclareerd(boek: Declaratieboek, nummer: int) -> bool:
    """Whether a debetregel on this toewijzing was granted or waits for its answer, and was not credited."""
    return any(
        regel.toewijzingnummer == nummer and not regel.is_credit and regel.toestand in _STAAT for regel in boek.regels()
    )


def te_laag(
    boek: Declaratieboek, nummer: int, oud: ToegewezenProduct, omvang: Omvang | None, budget: int | None
) -> str | None:
    """Why a Budget, or a volume over the whole period, cannot be lowered so far; None when it can."""
    if budget is not None and oud.Budget is not None and budget < min(oud.Budget, boek.bedrag(nummer)):
        return (
            f"Budget {budget} van toewijzing {nummer} ligt onder wat al is gedeclareerd, {boek.bedrag(nummer)} (OP345)."
        )
    if omvang is not None and oud.Omvang is not None and omvang.Eenheid == oud.Omvang.Eenheid:
        volume = boek.volume(nummer, omvang.Eenheid)
        if omvang.Frequentie == "6" and omvang.Volume < min(oud.Omvang.Volume, volume):
            return (
                f"Volume {omvang.Volume} van toewijzing {nummer} ligt onder wat al is gedeclareerd, {volume} (OP345)."
            )
    return None
