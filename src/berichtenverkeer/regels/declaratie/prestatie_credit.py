"""Rules on what is declared twice and on what is taken back (323): IV085, IV086, IV091."""

from collections.abc import Iterator

from ...levensloop.declaratie import Declaratieregel
from ...levensloop.overgangen import Prestatietoestand
from ...standaard.berichten.declaratie import Prestatie
from ..bevinding import Niveau, Overtreding
from ..kennis import Kennis
from ..regel import regel
from .prestatie_toewijzing import is_credit, toewijzing_van

_VORIG = "ProductReferentie/VorigReferentieNummer"
_GOEDGEKEURD = (Prestatietoestand.TOEGEKEND, Prestatietoestand.GECREDITEERD)


@regel(Niveau.BERICHTOVERSTIJGEND, "9389", "323", Prestatie)
def TR389(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """Een debetregel mag alleen als er voor ToewijzingNummer, ProductPeriode, ProductCategorie en ProductCode nog geen is.

    Een gecrediteerde telt niet, ook niet als de creditregel in hetzelfde bericht staat. Een afgewezen debetregel evenmin:
    die kan nooit worden gecrediteerd (afgeleid, tegenstrijdigheid 5).
    """
    if toewijzing_van(prestatie, kennis) is None:
        return
    eerder = kennis.dossier.boek.openstaand(Declaratieregel.van(prestatie).combinatie)
    if eerder is not None:
        yield Overtreding(
            prestatie,
            "",
            f"Dit product is op deze toewijzing over deze periode al gedeclareerd, in prestatie {eerder}.",
            _eerst(eerder, kennis),
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "8017", "323", Prestatie)
def TR323(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """Een creditregel hoort met VorigReferentieNummer bij een goedgekeurde debetregel van dezelfde cliënt en is daaraan
    gelijk (IV091).

    Alles is gelijk op de referenties en DebetCredit na, want crediteren gaat altijd over de hele regel (OP366). Een
    afgewezen debetregel is niet te crediteren en een die nog niet is beantwoord nog niet (IV085).
    """
    if not is_credit(prestatie):
        return
    credit = Declaratieregel.van(prestatie)
    vorig = credit.vorig_referentienummer or ""
    debet = kennis.dossier.boek.regel(vorig)
    if debet is None or debet.is_credit or debet.toestand not in _GOEDGEKEURD:
        yield Overtreding(
            prestatie,
            _VORIG,
            f"Prestatie {vorig} is geen goedgekeurde debetregel van deze cliënt.",
            _niet_te_crediteren(vorig, debet),
        )
    elif anders := [verschil.element for verschil in credit.verschillen(debet)]:
        yield Overtreding(
            prestatie,
            _VORIG,
            f"De creditregel wijkt af van prestatie {vorig}: {', '.join(anders)}.",
            "Neem de debetregel ongewijzigd over, met een nieuw ReferentieNummer en DebetCredit C.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9390", "323", Prestatie)
def TR390(prestatie: Prestatie, kennis: Kennis) -> Iterator[Overtreding]:
    """Een debetregel wordt hoogstens één keer gecrediteerd (OP360).

    Vergeleken op VorigReferentieNummer (afgeleid, tegenstrijdigheid 6). Een afgewezen creditregel telt niet.
    """
    vorig = prestatie.ProductReferentie.VorigReferentieNummer
    eerder = kennis.dossier.boek.credit(vorig) if vorig is not None and is_credit(prestatie) else None
    if eerder is not None:
        yield Overtreding(
            prestatie,
            "IngediendBedrag/DebetCredit",
            f"Prestatie {vorig} is al gecrediteerd, met {eerder.referentienummer}.",
            "Laat deze creditregel weg.",
        )


def _eerst(eerder: str, kennis: Kennis) -> str:
    """What to do about the line that stands already; one that has no answer yet cannot be credited (IV085)."""
    bekend = kennis.dossier.boek.regel(eerder)
    slot = "en declareer de hele periode opnieuw in één prestatie."
    if bekend is not None and bekend.toestand is Prestatietoestand.INGEDIEND:
        return f"Wacht op het 325 over {eerder}; is die toegekend en fout, crediteer haar dan {slot}"
    return f"Is {eerder} fout, crediteer die dan eerst {slot} Is zij goed, laat deze regel dan weg."


def _niet_te_crediteren(vorig: str, debet: Declaratieregel | None) -> str:
    """What to do instead of crediting this line."""
    if debet is None:
        return "Er is van deze cliënt geen prestatie met dat nummer: neem VorigReferentieNummer over uit uw declaratie."
    if debet.is_credit:
        return f"{vorig} is zelf een creditregel; verwijs naar de debetregel die fout was."
    if debet.toestand is Prestatietoestand.AFGEWEZEN:
        return f"{vorig} is afgewezen en hoeft dus niet te worden gecrediteerd; dien haar verbeterd opnieuw in."
    return f"Op {vorig} is nog geen 325 gekomen; crediteer pas als zij daarin is toegekend (IV085)."
