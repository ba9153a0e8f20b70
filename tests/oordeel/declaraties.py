"""An aanbieder that declares to a gemeente: it sends a 323, reads the 325, and keeps its own books from that."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.conformance.gevallen import Aangeboden, maak_bericht
from tests.conformance.knooppunt import Knooppunt

from berichtenverkeer.levensloop.declaratie import CREDIT, DEBET, Declaratieregel
from berichtenverkeer.levensloop.overgangen import Prestatietoestand
from berichtenverkeer.oordeel.declaratie import Declaratieuitslag, uitslag_van
from berichtenverkeer.oordeel.oordeel import Oordeel
from berichtenverkeer.standaard.berichten.basis import (
    BedragMetDC,
    BerichtIdentificatie,
    GeslotenPeriode,
    Referentie,
    TotaalBedragMetDC,
)
from berichtenverkeer.standaard.berichten.declaratie import Bericht323, Bericht325, Client323, Prestatie
from berichtenverkeer.standaard.domein import Domein
from berichtenverkeer.standaard.lezen import Gelezen

BSN = "999900006"


def maand(nummer: int) -> tuple[date, date]:
    """The first and the last day of a month, counted from January 2026."""
    jaar, rest = divmod(nummer, 12)
    begin = date(2026 + jaar, rest + 1, 1)
    return begin, begin.replace(day=monthrange(begin.year, begin.month)[1])


def prestatie(regel: Declaratieregel) -> Prestatie:
    """A line as it is declared."""
    return Prestatie(
        ProductReferentie=Referentie(
            ReferentieNummer=regel.referentienummer, VorigReferentieNummer=regel.vorig_referentienummer
        ),
        ToewijzingNummer=regel.toewijzingnummer,
        ProductCategorie=regel.categorie,
        ProductCode=regel.code,
        ProductPeriode=GeslotenPeriode(Begindatum=regel.begin, Einddatum=regel.eind),
        GeleverdVolume=regel.volume,
        Eenheid=regel.eenheid,
        ProductTarief=regel.tarief,
        IngediendBedrag=BedragMetDC(Bedrag=regel.bedrag, DebetCredit=regel.debet_credit),
    )


def credit(debet: Declaratieregel, referentienummer: str) -> Declaratieregel:
    """The creditregel on a debetregel."""
    return debet._replace(
        referentienummer=referentienummer,
        vorig_referentienummer=debet.referentienummer,
        debet_credit=CREDIT,
        toestand=Prestatietoestand.INGEDIEND,
    )


def declaratie(
    regels: Iterable[tuple[str, Declaratieregel]], domein: Domein, nummer: int, periode: int, volg: int
) -> Aangeboden:
    """A 323 with these lines by Bsn, over this month; ``volg`` numbers the messages."""
    per_client: dict[str, list[Prestatie]] = defaultdict(list)
    totaal = 0
    for bsn, regel in regels:
        per_client[bsn].append(prestatie(regel))
        totaal += regel.saldo
    soort, basis = maak_bericht("323", domein, identificatie=f"D{volg}")
    assert isinstance(basis, Bericht323)
    begin, eind = maand(periode)
    dag = eind + timedelta(days=1)
    inhoud = basis.Declaratie.model_copy(
        update={
            "DeclaratieNummer": f"N{nummer}",
            "DeclaratiePeriode": GeslotenPeriode(Begindatum=begin, Einddatum=eind),
            "DeclaratieDagtekening": dag,
            "TotaalIngediendBedrag": TotaalBedragMetDC(
                TotaalBedrag=abs(totaal), DebetCredit=CREDIT if totaal < 0 else DEBET
            ),
            "Clienten": tuple(Client323(Bsn=bsn, Prestaties=tuple(p)) for bsn, p in per_client.items()),
        }
    )
    kop = basis.Header.model_copy(
        update={"BerichtIdentificatie": BerichtIdentificatie(Identificatie=f"D{volg}", Dagtekening=dag)}
    )
    return Aangeboden(soort, basis.model_copy(update={"Header": kop, "Declaratie": inhoud}))


@dataclass
class Aanbieder:
    """``boek`` is what the 325s said, by ReferentieNummer; ``toegekend`` what they granted in all, in eurocent."""

    domein: Domein = Domein.IWMO
    knooppunt: Knooppunt = field(default_factory=lambda: Knooppunt(date(2026, 3, 2)))
    boek: dict[str, Declaratieregel] = field(default_factory=dict)
    toegekend: int = 0
    verzonden: int = 0

    def verzend(
        self, regels: Sequence[Declaratieregel], periode: int, nummer: int | None = None
    ) -> tuple[Bericht323, Oordeel, Gelezen, Declaratieuitslag]:
        """Declare these lines over a month and take in the 325; what was sent, its oordeel, the 325, what it says."""
        self.verzonden += 1
        volg = self.verzonden
        aangeboden = declaratie(
            ((BSN, regel) for regel in regels), self.domein, volg if nummer is None else nummer, periode, volg
        )
        self.knooppunt.vandaag = maand(periode)[1] + timedelta(days=1)
        oordeel, gelezen = self.knooppunt.verwerk(aangeboden)
        vraag = aangeboden.bericht
        assert gelezen is not None
        assert isinstance(gelezen.bericht, Bericht325)
        assert isinstance(vraag, Bericht323)
        gevolg = uitslag_van(gelezen.bericht, vraag)
        for uit in gevolg.prestaties:
            if uit.regel.toestand is not Prestatietoestand.AFGEWEZEN:
                self.boek[uit.regel.referentienummer] = uit.regel
        for _, vorig in gevolg.gecrediteerd:
            self.boek[vorig] = self.boek[vorig].na_credit()
        if gelezen.bericht.DeclaratieAntwoord is not None:
            totaal = gelezen.bericht.DeclaratieAntwoord.TotaalToegekendBedrag
            self.toegekend += -totaal.TotaalBedrag if totaal.DebetCredit == CREDIT else totaal.TotaalBedrag
        return vraag, oordeel, gelezen, gevolg
