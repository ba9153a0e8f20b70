"""Wat ik mag factureren: the maandstaten of a partner, by hoofdaannemer, and one with its reckoning."""

from collections.abc import Callable
from functools import partial

from fastapi import Request, Response

from ...api.antwoord.problemen import niet_gevonden
from ...api.hoofdaannemer import partnermaandstaten
from ...api.hoofdaannemer.bureau import balie_van
from ...api.hoofdaannemer.maandstaat_uit import MaandstaatBijPartner, MaandstatenBijPartner
from ...api.hoofdaannemer.partnermaandstaten import MaandstatenvraagPartner
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.rondom.route import Router
from ...api.tabel import Gedaante
from ...hoofdaannemer.looptijd import Maand
from ...partijen.partij import Partijrol
from ..formulieren.formulier import Onjuist, lees
from ..lijsten.heeltabel import Kolom, als_bestanden, blad, gevraagde_vorm
from ..menu import Menupunt
from ..opmaak import maand as in_woorden
from ..scherm import met_partijnaam, toon
from ..toegang import Ik, Lezer
from .maandstaten import bladen, geldkolommen, volgende, vorige

router = Router()

PAD = "/maandstaten"

MENU = Menupunt("Factureren", PAD, 62, voor=frozenset({Partijrol.ONDERAANNEMER, Partijrol.AANBIEDER}))

_TITEL = "Wat ik mag factureren"


@router.get(PAD)
def lijst(request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu) -> Response:
    """Those of a month, of the last one when none is asked for."""
    maand = request.query_params.get("maand") or str(vorige(Maand.van_dag(nu.date())))
    items: list[MaandstaatBijPartner] = []
    fouten = {}
    try:
        vraag = lees(MaandstatenvraagPartner, {"maand": maand})
        uit = partnermaandstaten.lijst(balie_van(knooppunt, ik.partij), vraag, gevraagde_vorm(request))
        if isinstance(uit, Response):
            return uit
        items = uit.items
    except Onjuist as onjuist:
        fouten = onjuist.fouten
    return toon(
        request,
        "mijn-maandstaten.html",
        _TITEL,
        status=422 if fouten else 200,
        maand=maand,
        fouten=fouten,
        blad=blad(request, items, _kolommen(partial(met_partijnaam, knooppunt))),
        vast=sum(staat.totaal for staat in items if staat.nummer),
        concept=sum(staat.totaal for staat in items if not staat.nummer),
        rond=[] if fouten else [str(vorige(Maand.lees(maand))), str(volgende(Maand.lees(maand)))],
        bestanden=als_bestanden(request),
    )


@router.get(PAD + "/{maand}/{hoofdaannemer}")
def een(
    request: Request, maand: str, hoofdaannemer: str, knooppunt: HetKnooppunt, ik: Lezer, vanaf: int = 0
) -> Response:
    """One, line by line; ``vanaf`` is the first line of the page. As a file it has all lines."""
    vorm = gevraagde_vorm(request)
    if vorm is not Gedaante.JSON:
        bestand = _lijst(maand, hoofdaannemer, knooppunt, ik, vorm)
        assert isinstance(bestand, Response)
        return bestand
    staat = _staat(maand, hoofdaannemer, knooppunt, ik)
    return toon(
        request,
        "maandstaat.html",
        f"{in_woorden(staat.maand).capitalize()}, {met_partijnaam(knooppunt, hoofdaannemer)}",
        kruimels=[(_TITEL, f"{PAD}?maand={staat.maand}")],
        staat=staat,
        naar_inzet="/inzetten/",
        vaststellen=None,
        eigen=True,
        **bladen(staat, vanaf, f"{PAD}/{maand}/{hoofdaannemer}"),
        bestanden=als_bestanden(request),
        gezegd=[],
    )


def _kolommen(naam: Callable[[str], str]) -> list[Kolom]:
    def naar(staat: MaandstaatBijPartner) -> tuple[str, str]:
        return naam(staat.hoofdaannemer), f"{PAD}/{staat.maand}/{staat.hoofdaannemer}"

    return [
        Kolom("hoofdaannemer", "Hoofdaannemer", lambda staat: naam(staat.hoofdaannemer).casefold(), naar),
        Kolom("mag", "Mag u factureren", lambda staat: staat.nummer is not None, lambda staat: "ja" if staat.nummer else "nog niet"),
        *geldkolommen(),
    ]  # fmt: skip


def _staat(maand: str, hoofdaannemer: str, knooppunt: Knooppunt, ik: Ik) -> MaandstaatBijPartner:
    """That of a month and hoofdaannemer. Raises problem 404."""
    uit = _lijst(maand, hoofdaannemer, knooppunt, ik, Gedaante.JSON)
    assert isinstance(uit, MaandstatenBijPartner)
    if not uit.items:
        raise niet_gevonden("Deze maandstaat", "Over deze maand valt er bij deze hoofdaannemer niets te factureren.")
    return uit.items[0]


def _lijst(
    maand: str, hoofdaannemer: str, knooppunt: Knooppunt, ik: Ik, vorm: Gedaante
) -> MaandstatenBijPartner | Response:
    """The list with that of a month and hoofdaannemer only. Raises problem 404."""
    try:
        vraag = lees(MaandstatenvraagPartner, {"maand": maand, "hoofdaannemer": hoofdaannemer})
    except Onjuist:
        raise niet_gevonden("Deze maandstaat") from None
    return partnermaandstaten.lijst(balie_van(knooppunt, ik.partij), vraag, vorm)
