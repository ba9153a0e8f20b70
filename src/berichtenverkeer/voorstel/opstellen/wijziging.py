"""The 317 of an aanbieder: a toewijzing is asked to change, or to go on with another product (IV092). Every other actual toewijzing of the
client goes along as it is (TR349)."""

from dataclasses import dataclass
from datetime import date, timedelta

from ...levensloop.toewijzing import OVER_DE_HELE_LOOPTIJD, is_actueel
from ...standaard.berichten.basis import Omvang, Product
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ...standaard.berichten.verzoek_om_wijziging import (
    Bericht317,
    Client317,
    NieuwProduct,
    OngewijzigdProduct,
    TeWijzigenProduct,
    Verzoek,
)
from .voorstel import Uitgangspunt, Voorstel, Vraag, weigering

_DAG = timedelta(days=1)

REDENEN = "WJ758"
"""The code list of RedenVerzoek."""


@dataclass(frozen=True, slots=True)
class Wens:
    """What is asked to be otherwise; None is as it is. ``open_einde``: without an Einddatum."""

    reden: str | None = None
    vanaf: date | None = None
    einddatum: date | None = None
    open_einde: bool = False
    volume: int | None = None
    eenheid: str | None = None
    frequentie: str | None = None
    budget: int | None = None
    categorie: str | None = None
    code: str | None = None

    def einde(self, oud: ToegewezenProduct) -> date | None:
        """The Einddatum that is asked."""
        return None if self.open_einde else self.einddatum or oud.Einddatum

    def omvang(self, oud: Omvang | None) -> Omvang | None:
        """The Omvang that is asked; what of it is not said stays as it was. None as well when it is not said whole."""
        volume = oud.Volume if self.volume is None and oud else self.volume
        eenheid = oud.Eenheid if self.eenheid is None and oud else self.eenheid
        frequentie = oud.Frequentie if self.frequentie is None and oud else self.frequentie
        if volume is None or eenheid is None or frequentie is None:
            return None
        return Omvang(Volume=volume, Eenheid=eenheid, Frequentie=frequentie)

    def product(self, oud: Product | None) -> Product | None:
        """The product that is asked: a category without a code is one without a code."""
        if self.categorie is None and self.code is None:
            return oud
        categorie = self.categorie or (oud.Categorie if oud else None)
        return Product(Categorie=categorie, Code=self.code) if categorie is not None else oud


def vraag_wijziging(u: Uitgangspunt, nummer: int, referentie: str, wens: Wens) -> Voorstel:
    """The 317 that asks this of a toewijzing."""
    soort, bekend = u.soort("317"), u.dossier.toewijzingen.get(nummer)
    if bekend is None or not is_actueel(bekend.product, u.vandaag):
        return weigering(
            soort,
            f"Toewijzing {nummer} loopt niet meer: er is niets te wijzigen (TR351). Vraag wat nog nodig is met een verzoek om "
            "toewijzing (315).",
        )
    oud = bekend.product
    vragen = []
    if wens.reden is None:
        vragen.append(Vraag("reden", "Waarom vraagt u de wijziging?", u.keuzes(REDENEN, "317")))
    ander_product = wens.product(oud.Product) != oud.Product
    if not ander_product and _gelijk(wens, oud):
        wat = "Wat moet er anders? Geef een ander volume of budget, een andere einddatum of een ander product (TR353)."
        vragen.append(Vraag("volume", wat))
    elif wens.vanaf is None and (ander_product or not _vanaf_begin(wens, oud)):
        vragen.append(Vraag("vanaf", _vanaf_vraag(oud, ander_product=ander_product)))
    if vragen or wens.reden is None:
        return Voorstel(soort, (), tuple(vragen))
    if ander_product:
        return _ander_product(u, oud, referentie, wens)
    vanaf = oud.Ingangsdatum if _vanaf_begin(wens, oud) else wens.vanaf
    assert vanaf is not None  # it was asked
    te_wijzigen = TeWijzigenProduct(
        ToewijzingNummer=nummer,
        GewensteIngangsdatum=vanaf,
        Einddatum=wens.einde(oud),
        Omvang=wens.omvang(oud.Omvang),
        Budget=wens.budget,
    )
    uitleg = [f"Van toewijzing {nummer} wordt gevraagd: {', '.join(_anders(wens, oud))}, vanaf {vanaf}."]
    if vanaf == oud.Ingangsdatum and wens.vanaf not in (None, vanaf):
        uitleg.append(f"Dit geldt voor de hele looptijd, dus vanaf haar Ingangsdatum {vanaf} (TR373, IV092).")
    return _voorstel(u, referentie, wens.reden, uitleg, te_wijzigen)


def _ander_product(u: Uitgangspunt, oud: ToegewezenProduct, referentie: str, wens: Wens) -> Voorstel:
    """The old one ends the day before, and the other product begins (the first example of IV092)."""
    soort, vanaf = u.soort("317"), wens.vanaf
    assert vanaf is not None  # it was asked
    assert wens.reden is not None
    if vanaf <= max(u.vandaag, oud.Ingangsdatum):
        return weigering(
            soort,
            f"Een ander product gaat in na vandaag en na {oud.Ingangsdatum}, de Ingangsdatum van de toewijzing (TR380); kies een "
            "latere dag.",
        )
    if oud.Einddatum is not None and vanaf > oud.Einddatum:
        return weigering(
            soort, f"Toewijzing {oud.ToewijzingNummer} eindigt op {oud.Einddatum}; kies een dag daarvoor (IV092)."
        )
    nieuw = NieuwProduct(
        Product=wens.product(oud.Product),
        GewensteIngangsdatum=vanaf,
        Einddatum=wens.einde(oud),
        Omvang=wens.omvang(oud.Omvang),
        Budget=wens.budget,
    )
    eindigt = TeWijzigenProduct(
        ToewijzingNummer=oud.ToewijzingNummer,
        GewensteIngangsdatum=oud.Ingangsdatum,
        Einddatum=vanaf - _DAG,
        Omvang=oud.Omvang if oud.Product is not None and oud.Product.Code is not None else None,
    )
    product = nieuw.Product
    wat = " ".join(deel for deel in (product.Categorie, product.Code) if deel) if product else "een ander product"
    uitleg = [
        f"Toewijzing {oud.ToewijzingNummer} eindigt op {vanaf - _DAG}, en {wat} begint op {vanaf} (IV092).",
    ]
    return _voorstel(u, referentie, wens.reden, uitleg, eindigt, nieuw)


def _voorstel(
    u: Uitgangspunt, referentie: str, reden: str, uitleg: list[str], eerst: TeWijzigenProduct, *nieuw: NieuwProduct
) -> Voorstel:
    soort = u.soort("317")
    blijft = [
        nummer
        for nummer, bekend in sorted(u.dossier.toewijzingen.items())
        if nummer != eerst.ToewijzingNummer and is_actueel(bekend.product, u.vandaag)
    ]
    if blijft:
        uitleg.append(f"Ongewijzigd mee, want actueel: {', '.join(map(str, blijft))} (TR349).")
    uitleg.append(f"ReferentieAanbieder is {referentie}; aan dit nummer herkent u het antwoord.")
    verzoek = Verzoek(
        ReferentieAanbieder=referentie,
        RedenVerzoek=reden,
        OngewijzigdeProducten=tuple(OngewijzigdProduct(ToewijzingNummer=nummer) for nummer in blijft),
        TeWijzigenProducten=(eerst,),
        NieuweProducten=nieuw,
    )
    client = Client317(Bsn=u.sleutel.bsn, Verzoek=verzoek)
    return Voorstel(soort, tuple(uitleg), (), Bericht317(Header=u.header(soort), Client=client))


def _anders(wens: Wens, oud: ToegewezenProduct) -> list[str]:
    """What is asked to be otherwise, in words."""
    uit, omvang, einde = [], wens.omvang(oud.Omvang), wens.einde(oud)
    if omvang is not None and omvang != oud.Omvang:
        uit.append(f"volume {omvang.Volume} (eenheid {omvang.Eenheid}, frequentie {omvang.Frequentie})")
    if wens.budget not in (None, oud.Budget):
        uit.append(f"budget {wens.budget} eurocent")
    if einde != oud.Einddatum:
        uit.append(f"einddatum {einde or 'geen'}")
    return uit


def _gelijk(wens: Wens, oud: ToegewezenProduct) -> bool:
    return not _anders(wens, oud)


def _vanaf_begin(wens: Wens, oud: ToegewezenProduct) -> bool:
    """Whether it can only hold from the first day: of a budget, of a volume for the whole run, and when only the end changes."""
    omvang = wens.omvang(oud.Omvang)
    if wens.budget not in (None, oud.Budget) or omvang == oud.Omvang:
        return True
    frequenties = {deel.Frequentie for deel in (omvang, oud.Omvang) if deel is not None}
    return frequenties == {OVER_DE_HELE_LOOPTIJD}


def _vanaf_vraag(oud: ToegewezenProduct, *, ander_product: bool) -> str:
    if ander_product:
        return "Vanaf welke dag is het andere product nodig? Dat is een dag na vandaag (TR380)."
    return f"Vanaf welke dag? Dat is een dag na vandaag, of {oud.Ingangsdatum} als het voor de hele looptijd geldt (TR357)."
