"""The log of a party: who saw or changed what of whom. For who manages it; that he or she looks is logged too."""

from ...api import logboek
from ..lijsten.lijstpagina import Filter, Kop, Lijstpagina
from ..menu import Menupunt
from ..toegang import BEHEERDER, Beheerder

MENU = Menupunt("Logboek", "/logboek", 92, BEHEERDER)

LIJST = Lijstpagina(
    pad="/logboek",
    titel="Logboek",
    haal=logboek.zoek,
    vraag=logboek.Logvraag,
    haal_client=logboek.zoek_client,
    zoekvraag=logboek.Logzoekvraag,
    item=logboek.LogregelUit,
    koppen=(
        Kop("Moment", "moment"),
        Kop("Wie", "gebruiker"),
        Kop("Aangemeld met", "bewijs"),
        Kop("Actie", "actie"),
        Kop("Activiteit", "activiteit"),
        Kop("Object", "object"),
        Kop("Persoon", "persoon"),
        Kop("Uitkomst", "uitkomst"),
    ),
    filters=(
        Filter("Vanaf", "vanaf"),
        Filter("Tot en met", "tot_en_met"),
        Filter("Actie", "actie"),
        Filter("Activiteit", "activiteit", "zoals toewijzing-inzien"),
    ),
    inleiding="Wie namens u wat deed met gegevens van wie. Een persoon staat hier onherkenbaar; zoek met een Bsn om te zien wie "
    "haar of zijn gegevens zag.",
    leeg="Hier komt te staan wie namens u gegevens van personen ziet of wijzigt.",
    nieuwste_eerst=True,
    wie=Beheerder,
)

router = LIJST.router()
