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
            f"Crediteer eerst {eerder} als die fout was, en declareer de hele periode opnieuw in één prestatie.",
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
            "Crediteer een prestatie pas als het 325 haar heeft toegekend; een afgewezen prestatie dient u opnieuw in.",
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
