"""What may still be declared on a toewijzing: one figure, in which what is to be credited anyway does not count."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ...levensloop.declaratie import Declaratieregel
from ...levensloop.overgangen import Prestatietoestand
from ...levensloop.past_nog import BUITEN, past_niet
from ...levensloop.rekenen.eenheid import Eenheid, factor
from ...levensloop.rekenen.overzicht import overzicht
from ...levensloop.rekenen.periode import maand
from ...levensloop.rekenen.tekst import euro, hoeveelheid
from ...standaard.berichten.declaratie import Prestatie
from ...standaard.berichten.toewijzing import ToegewezenProduct
from ..opstellen.voorstel import Keuze, Vraag
from .grondslag import Grondslag


@dataclass(frozen=True, slots=True)
class Ruimte:
    """What is left for one Prestatie, in ``eenheid``; in eurocent when the toewijzing has a Budget.

    ``vervallen`` are granted lines of which nothing fits the toewijzing any more, ``anders`` those of which a part does. Both
    are to be credited, and do not count.
    """

    rest: int
    eenheid: str
    in_volume: bool
    vervallen: tuple[Declaratieregel, ...] = ()
    anders: tuple[Declaratieregel, ...] = ()

    def vraag(self) -> Vraag:
        """How much is declared within it."""
        over = (
            hoeveelheid(self.rest, self.eenheid) if self.in_volume or self.eenheid == Eenheid.EURO else euro(self.rest)
        )
        zinnen = [f"Er is nog ruimte voor {over}."]
        if weg := [*self.vervallen, *self.anders]:
            telt, past = ("telt", "past") if len(weg) == 1 else ("tellen", "passen")
            zinnen.append(
                f"Daarin {telt} {_namen(weg)} niet mee: die {past} niet meer bij de toewijzing en {'moet' if len(weg) == 1 else 'moeten'} "
                "ook worden gecrediteerd."
            )
        if self.anders:
            zinnen.append(f"Herstel eerst {_namen(self.anders)}.")
        keuzes = (Keuze(str(self.rest), over),) if self.rest and self.in_volume else ()
        return Vraag("geleverd_volume", f"{' '.join(zinnen)} Hoeveel declareert u?", keuzes)

    def gaat_mee(self) -> str:
        """Why more is credited than was asked."""
        wordt = "wordt" if len(self.vervallen) == 1 else "worden"
        return (
            f"Van {_namen(self.vervallen)} past niets meer bij de toewijzing: die {wordt} in hetzelfde bericht gecrediteerd, want "
            "anders is er geen ruimte (TR322, TR369)."
        )


def bereken(g: Grondslag, bsn: str, prestatie: Prestatie, terug: Collection[Declaratieregel]) -> Ruimte:
    """What may still be declared on the toewijzing of this Prestatie in its month, once ``terug`` is credited."""
    boek, nummer, eenheid = g.dossiers[bsn].boek, prestatie.ToewijzingNummer, prestatie.Eenheid
    product = g.toewijzing(nummer)
    assert product is not None  # the line was made on it
    weg = {regel.referentienummer: regel for regel in terug if regel.toewijzingnummer == nummer}
    vervallen, anders = _past_niet(g, bsn, product, weg)
    niet_mee = [*weg.values(), *vervallen, *anders]
    hele = maand(prestatie.ProductPeriode.Begindatum)
    kader = g.kader(product, prestatie.ProductPeriode.Begindatum)
    if product.Budget is not None:
        eerder = boek.bedrag(nummer) - sum(regel.bedrag for regel in niet_mee)
        rest = overzicht(kader, hele, al_gedeclareerd=eerder).resterend_budget.waarde or 0
        return Ruimte(rest, eenheid, eenheid == Eenheid.EURO, vervallen, anders)
    soorten = {eenheid, product.Omvang.Eenheid if product.Omvang else eenheid}
    eerder = sum(boek.volume(nummer, soort) * (factor(soort, eenheid) or 0) for soort in soorten)
    eerder -= sum(regel.volume * (factor(regel.eenheid, eenheid) or 0) for regel in niet_mee)
    rest = overzicht(kader, hele, eenheid=eenheid, al_gedeclareerd=eerder).resterend.waarde or 0
    return Ruimte(rest, eenheid, True, vervallen, anders)


def _past_niet(
    g: Grondslag, bsn: str, product: ToegewezenProduct, weg: Collection[str]
) -> tuple[tuple[Declaratieregel, ...], tuple[Declaratieregel, ...]]:
    """The granted lines on a toewijzing that do not fit it any more: those with nothing left, and those with something."""
    vervallen, anders = list[Declaratieregel](), list[Declaratieregel]()
    code = product.Product.Code if product.Product else None
    for regel in _toegekend(g, bsn, product.ToewijzingNummer):
        kader = g.kader(product, regel.begin)
        gevonden = [] if regel.referentienummer in weg else list(past_niet(regel, kader, code, verwijderd=False))
        if gevonden:
            (vervallen if gevonden[0][0] in BUITEN else anders).append(regel)
    return tuple(vervallen), tuple(anders)


def _toegekend(g: Grondslag, bsn: str, nummer: int) -> Iterator[Declaratieregel]:
    boek = g.dossiers[bsn].boek
    for regel in boek.regels():
        if (
            regel.toewijzingnummer == nummer
            and regel.toestand is Prestatietoestand.TOEGEKEND
            and boek.credit(regel.referentienummer) is None
        ):
            yield regel


def _namen(regels: Sequence[Declaratieregel]) -> str:
    return " en ".join(f"prestatie {regel.referentienummer}" for regel in regels)
