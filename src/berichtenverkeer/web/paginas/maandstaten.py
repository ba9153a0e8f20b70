"""Maandstaten: what partners may invoice over a month, one with its reckoning, and fixing it."""

from typing import Any

from fastapi import Request, Response

from ...api.antwoord.problemen import niet_gevonden, van_geweigerd
from ...api.hoofdaannemer import maandstaten
from ...api.hoofdaannemer.bureau import bureau_van
from ...api.hoofdaannemer.maandstaat_uit import MaandstaatUit, Maandstaten
from ...api.rondom.knooppunt import HetKnooppunt, Knooppunt, Nu
from ...api.rondom.route import Router
from ...api.tabel import Gedaante
from ...bedrijfsbureau.bureau import Bedrijfsbureau
from ...hoofdaannemer.fouten import Geweigerd
from ...hoofdaannemer.looptijd import Maand
from ..bureau import BEGIN, bureau_bij, noemer, partnernamen
from ..formulieren.formulier import Formulierroute, Onjuist, lees, van_probleem
from ..gezegd import gezegd, verder
from ..lijsten.heeltabel import Kolom, als_bestanden, blad, gevraagde_vorm, veld
from ..lijsten.lijstpagina import PER_BLAD
from ..opmaak import geld, los
from ..opmaak import maand as in_woorden
from ..scherm import Kruimels, Noem, toon
from ..toegang import MEDEWERKER, HetFormulier, Ik, Lezer, Medewerker

router = Router(route_class=Formulierroute)

PAD = "/hoofdaannemer/maandstaten"

_KRUIMELS: Kruimels = [*BEGIN, ("Maandstaten", PAD)]


@router.get(PAD)
def lijst(request: Request, knooppunt: HetKnooppunt, ik: Lezer, nu: Nu, maand: str = "") -> Response:
    """Those of a month, of the last one when none is asked for."""
    bureau = bureau_van(knooppunt, ik.partij)
    maand = maand or str(vorige(Maand.van_dag(nu.date())))
    items, fouten = [], {}
    try:
        uit = maandstaten.lijst(bureau, lees(maandstaten.Maandstatenvraag, {"maand": maand}), gevraagde_vorm(request))
        if isinstance(uit, Response):
            return uit
        items = uit.items
    except Onjuist as onjuist:
        fouten = onjuist.fouten
    return toon(
        request,
        "maandstaten.html",
        "Maandstaten",
        kruimels=BEGIN,
        status=422 if fouten else 200,
        maand=maand,
        blad=blad(request, items, _kolommen(noemer(knooppunt, partnernamen(bureau)))),
        totaal=sum(staat.totaal for staat in items),
        fouten=fouten,
        rond=[] if fouten else [str(vorige(Maand.lees(maand))), str(volgende(Maand.lees(maand)))],
        bestanden=als_bestanden(request),
    )


def _kolommen(noem: Noem) -> list[Kolom]:
    def naar(staat: MaandstaatUit) -> tuple[str, str]:
        return noem(staat.partner), f"{PAD}/{staat.maand}/{staat.partner}"

    return [
        Kolom("partner", "Partner", lambda staat: noem(staat.partner).casefold(), naar),
        veld("toestand", "Toestand"),
        *geldkolommen(),
    ]


@router.get(PAD + "/{maand}/{partner}")
def een(request: Request, maand: str, partner: str, knooppunt: HetKnooppunt, ik: Lezer, vanaf: int = 0) -> Response:
    """One, line by line; ``vanaf`` is the first line of the page. As a file it has all lines."""
    vorm = gevraagde_vorm(request)
    if vorm is not Gedaante.JSON:
        bestand = _lijst(maand, partner, bureau_bij(knooppunt, ik), vorm)
        assert isinstance(bestand, Response)
        return bestand
    staat, naam = _staat(maand, partner, knooppunt, ik)
    return toon(
        request,
        "maandstaat.html",
        f"Maandstaat {naam}, {in_woorden(staat.maand)}",
        kruimels=_KRUIMELS,
        staat=staat,
        naar_inzet="/hoofdaannemer/inzetten/",
        eigen=False,
        vaststellen=f"{PAD}/{maand}/{partner}/vaststellen" if not staat.nummer and ik.mag(MEDEWERKER) else None,
        **bladen(staat, vanaf, f"{PAD}/{maand}/{partner}"),
        bestanden=als_bestanden(request),
        gezegd=gezegd(request),
    )


@router.get(PAD + "/{maand}/{partner}/vaststellen")
def vraag_vast(request: Request, maand: str, partner: str, knooppunt: HetKnooppunt, ik: Medewerker) -> Response:
    """Ask whether it may be fixed."""
    return _vraag(request, *_staat(maand, partner, knooppunt, ik), {})


@router.post(PAD + "/{maand}/{partner}/vaststellen")
def stel_vast(
    request: Request,
    maand: str,
    partner: str,
    knooppunt: HetKnooppunt,
    ik: Medewerker,
    nu: Nu,
    formulier: HetFormulier,
) -> Response:
    """Fix it."""
    try:
        uit = maandstaten.stel_vast(maand, partner, bureau_bij(knooppunt, ik), nu)
    except Geweigerd as fout:
        fouten = van_probleem(van_geweigerd(fout), {}).fouten
        return _vraag(request, *_staat(maand, partner, knooppunt, ik), fouten)
    return verder(request, f"{PAD}/{maand}/{partner}", f"De maandstaat is vastgesteld, onder nummer {uit.nummer}.")


def geldkolommen() -> list[Kolom]:
    """The columns of the money of a maandstaat."""

    def ingehouden(staat: MaandstaatUit) -> int:
        return sum(een.bedrag for een in staat.bijdragen)

    return [
        veld("nummer", "Nummer"),
        veld("subtotaal", "Subtotaal", lambda staat: geld(staat.subtotaal)),
        veld("correctie", "Correcties", lambda staat: geld(staat.correctie)),
        Kolom("bijdragen", "Bijdragen (gaan eraf)", ingehouden, lambda staat: geld(ingehouden(staat))),
        veld("totaal", "Totaal", lambda staat: geld(staat.totaal)),
    ]


def bladen(staat: MaandstaatUit, vanaf: int, pad: str) -> dict[str, Any]:
    """The lines of one page, and where the next begins."""
    eerste = vanaf if 0 <= vanaf < len(staat.regels) else 0
    verder_ = eerste + PER_BLAD
    return {
        "regels": staat.regels[eerste:verder_],
        "volgende": f"{pad}?vanaf={verder_}" if verder_ < len(staat.regels) else None,
        "begin": pad if eerste else None,
    }


def vorige(maand: Maand) -> Maand:
    """The month before."""
    return Maand(maand.jaar - (maand.nummer == 1), (maand.nummer - 2) % 12 + 1)


def volgende(maand: Maand) -> Maand:
    """The month after."""
    return Maand(maand.jaar + (maand.nummer == 12), maand.nummer % 12 + 1)


def _staat(maand: str, partner: str, knooppunt: Knooppunt, ik: Ik) -> tuple[MaandstaatUit, str]:
    """That of a month and partner, and what the partner is called. Raises problem 404."""
    bureau = bureau_bij(knooppunt, ik)
    uit = _lijst(maand, partner, bureau, Gedaante.JSON)
    assert isinstance(uit, Maandstaten)
    if not uit.items:
        raise niet_gevonden("Deze maandstaat", "Over deze maand valt er voor deze partner niets te factureren.")
    return uit.items[0], los(partnernamen(bureau).get(partner, partner))


def _lijst(maand: str, partner: str, bureau: Bedrijfsbureau, vorm: Gedaante) -> Maandstaten | Response:
    """The list with that of a month and partner only. Raises problem 404."""
    try:
        vraag = lees(maandstaten.Maandstatenvraag, {"maand": maand, "partner": partner})
    except Onjuist:
        raise niet_gevonden("Deze maandstaat") from None
    return maandstaten.lijst(bureau, vraag, vorm)


def _vraag(request: Request, staat: MaandstaatUit, naam: str, fouten: dict[str, str]) -> Response:
    terug = f"{PAD}/{staat.maand}/{staat.partner}"
    titel = f"Maandstaat {naam}, {in_woorden(staat.maand)}"
    return toon(
        request,
        "vaststellen.html",
        f"{titel}, vaststellen",
        kruimels=[*_KRUIMELS, (titel, terug)],
        status=422 if fouten else 200,
        staat=staat,
        terug=terug,
        fouten=fouten,
    )
