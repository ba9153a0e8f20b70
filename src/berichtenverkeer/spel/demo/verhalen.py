"""The stories of the region: what happens to its clients in the first half of 2026.

A story writes its messages through a ``Zaak``; its docstring, in Dutch, goes into the manifest. ``VERHALEN`` says of how
many clients each is told. Everything is fictive; only the codes of the gemeenten exist, because TR378 asks for that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle

from ...standaard.domein import Domein
from ...standaard.schema import Schemas
from . import vragen
from .bouw import Aanbieder, Client, Regio, Zaak, bsns
from .manifest import Deelnemer
from .verzoekverhalen import vot_gehonoreerd, vot_in_onderzoek, vot_ingediend, vow_afgewezen, vow_gehonoreerd

EINDE = datetime(2026, 7, 1, 9)
"""The moment at which one looks back."""

GEMEENTEN = (
    Deelnemer("0758", "gemeente", "Gemeente Voorbeeldstad"),
    Deelnemer("0796", "gemeente", "Gemeente Testerveen"),
    Deelnemer("0855", "gemeente", "Gemeente Proefdam"),
)

_STUK = {"Volume": 1, "Eenheid": "84", "Frequentie": "6"}
_UREN = {"Volume": 4, "Eenheid": "04", "Frequentie": "2"}
_DAGDELEN = {"Volume": 4, "Eenheid": "16", "Frequentie": "2"}
_ETMALEN = {"Volume": 30, "Eenheid": "14", "Frequentie": "4"}


def _aanbieder(
    code: str,
    domein: Domein,
    naam: str,
    categorie: str,
    product: str,
    omvang: dict[str, object],
    rol: str = "aanbieder",
) -> Aanbieder:
    return Aanbieder(Deelnemer(code, rol, naam), domein, {"Categorie": categorie, "Code": product}, omvang)


_W, _J = Domein
HOOFDAANNEMER = _aanbieder("99990001", _W, "Coalitie Voorbeeld & Co", "02", "02Z01", _STUK, "hoofdaannemer")
BEGELEIDING = _aanbieder("99990012", _W, "Begeleiding De Proef", "02", "02A05", _UREN)
JEUGD_GGZ = _aanbieder("99990024", _J, "Jeugd-ggz Het Voorbeeld", "54", "54Z01", _UREN)
AANBIEDERS = (
    HOOFDAANNEMER,
    _aanbieder("99990011", _W, "Huishoudhulp Fictief", "01", "01A01", _UREN),
    BEGELEIDING,
    _aanbieder("99990013", _W, "Dagbesteding Testerf", "07", "07A02", _DAGDELEN),
    _aanbieder("99990014", _W, "Beschermd Wonen Proefhof", "15", "15A01", _ETMALEN),
    _aanbieder("99990015", _W, "Zorgboerderij Verzonnen", "07", "07A04", _DAGDELEN),
    _aanbieder("99990016", _W, "Thuisondersteuning Fictief", "03", "03A01", _UREN),
    _aanbieder("99990021", _J, "Jeugdhulp Testpunt", "45", "45A48", _UREN),
    _aanbieder("99990022", _J, "Daghulp De Schets", "41", "41A11", _DAGDELEN),
    _aanbieder("99990023", _J, "Verblijf Fictief", "44", "44A09", _ETMALEN),
    JEUGD_GGZ,
    _aanbieder("99990025", _J, "Opvoedhulp Proefjes", "45", "45A53", _UREN),
    _aanbieder("99990026", _J, "Ambulant Denkbeeldig", "45", "45A55", _UREN),
)
"""The aanbieders, the hoofdaannemer first."""


def loopt(z: Zaak) -> None:
    """Toegewezen, gestart en lopend."""
    t = z.wijs_toe("2026-01-06", "2026-01-12", "2026-12-31")
    z.meld("2026-01-15", z.start(t, "2026-01-13"))


def niet_gestart(z: Zaak) -> None:
    """Toegewezen, maar de aanbieder is nog niet begonnen."""
    z.wijs_toe("2026-05-19", "2026-05-25", "2026-12-31")


def toekomstig(z: Zaak) -> None:
    """Toegewezen voor na de zomer."""
    z.wijs_toe("2026-06-09", "2026-09-01", "2027-02-28")


def afgelopen(z: Zaak) -> None:
    """De toewijzing liep af en de aanbieder meldde de stop."""
    t = z.wijs_toe("2026-01-07", "2026-01-12", "2026-03-31")
    z.meld("2026-01-16", z.start(t, "2026-01-14"))
    z.meld("2026-04-02", z.stop(t, "2026-01-14", "2026-03-31", "volgens plan"))


def afgelopen_zonder_stop(z: Zaak) -> None:
    """De toewijzing liep af; de stop die dan volgt ontbreekt."""
    t = z.wijs_toe("2026-01-08", "2026-01-12", "2026-05-31")
    z.meld("2026-01-21", z.start(t, "2026-01-19"))


def ingetrokken(z: Zaak) -> None:
    """De gemeente kort een lopende toewijzing in; de aanbieder stuurt de stop."""
    t = z.wijs_toe("2026-01-08", "2026-01-12", "2026-12-31")
    z.meld("2026-01-20", z.start(t, "2026-01-15"))
    z.wijzig("2026-03-17", t, tot="2026-04-30", RedenWijziging="05")
    z.meld("2026-05-06", z.stop(t, "2026-01-15", "2026-04-30", "door gemeente"))


def opgerekt(z: Zaak) -> None:
    """De gemeente verlengt een lopende toewijzing; de levering loopt door."""
    t = z.wijs_toe("2026-01-09", "2026-01-12", "2026-06-30")
    z.meld("2026-01-22", z.start(t, "2026-01-19"))
    z.wijzig("2026-05-12", t, tot="2026-12-31", RedenWijziging="04")


def verwijderd(z: Zaak) -> None:
    """De gemeente verwijdert een foute toewijzing en wijst in hetzelfde bericht de goede toe."""
    fout = z.wijs_toe("2026-02-03", "2026-02-09", "2026-12-31")
    z.verander(fout, tot="2026-02-09", RedenWijziging="13")
    goed = z.toewijzing("2026-02-09", "2026-08-31")
    z.stuur_301("2026-02-05")
    z.meld("2026-02-13", z.start(goed, "2026-02-11"))


def tijdelijk_gestopt(z: Zaak) -> None:
    """De levering is tijdelijk gestopt, na een opname."""
    t = z.wijs_toe("2026-01-13", "2026-01-19", "2026-12-31")
    z.meld("2026-01-23", z.start(t, "2026-01-21"))
    z.meld("2026-06-03", z.stop(t, "2026-01-21", "2026-06-01", "tijdelijk"))


def hervat(z: Zaak) -> None:
    """De levering was tijdelijk gestopt en is hervat."""
    t = z.wijs_toe("2026-01-13", "2026-01-19", "2026-12-31")
    z.meld("2026-01-26", z.start(t, "2026-01-22"))
    z.meld("2026-03-11", z.stop(t, "2026-01-22", "2026-03-09", "tijdelijk"))
    z.meld("2026-04-16", z.start(t, "2026-04-14"))


def na_tijdelijk_definitief(z: Zaak) -> None:
    """Na een tijdelijke stop wilde de cliënt niet verder; de gemeente trekt in op verzoek van de aanbieder."""
    t = z.wijs_toe("2026-01-14", "2026-01-19", "2026-12-31")
    z.meld("2026-01-27", z.start(t, "2026-01-23"))
    z.meld("2026-03-05", z.stop(t, "2026-01-23", "2026-03-03", "tijdelijk"))
    z.meld("2026-04-09", z.stop(t, "2026-01-23", "2026-04-07", "door cliënt"))
    z.wijzig("2026-04-21", t, tot="2026-04-21", RedenWijziging="12")


def herstart(z: Zaak) -> None:
    """Na een definitieve stop begon de levering toch opnieuw, op dezelfde toewijzing."""
    t = z.wijs_toe("2026-01-14", "2026-01-19", "2026-12-31")
    z.meld("2026-01-28", z.start(t, "2026-01-26"))
    z.meld("2026-03-24", z.stop(t, "2026-01-26", "2026-03-20", "door cliënt"))
    z.meld("2026-05-07", z.start(t, "2026-05-04"))


def startcorrectie(z: Zaak) -> None:
    """De aanbieder meldde een verkeerde begindatum en verbetert die in één bericht."""
    t = z.wijs_toe("2026-01-15", "2026-01-19", "2026-12-31")
    z.meld("2026-01-29", z.start(t, "2026-01-20"))
    z.meld("2026-02-02", z.start(t, "2026-01-20", "3"), z.start(t, "2026-01-27"))


def stopcorrectie(z: Zaak) -> None:
    """De aanbieder meldde een tijdelijke stop die een definitieve was, en verbetert die in één bericht."""
    t = z.wijs_toe("2026-01-15", "2026-01-19", "2026-06-30")
    z.meld("2026-01-30", z.start(t, "2026-01-28"))
    z.meld("2026-04-14", z.stop(t, "2026-01-28", "2026-04-10", "tijdelijk"))
    z.meld(
        "2026-04-17",
        z.stop(t, "2026-01-28", "2026-04-10", "tijdelijk", "3"),
        z.stop(t, "2026-01-28", "2026-04-13", "door cliënt"),
    )


def start_verwijderd(z: Zaak) -> None:
    """De aanbieder meldde een start die er nog niet was, en haalde die terug."""
    t = z.wijs_toe("2026-02-10", "2026-02-16", "2026-12-31")
    z.meld("2026-02-19", z.start(t, "2026-02-17"))
    z.meld("2026-02-24", z.start(t, "2026-02-17", "3"))


def herhaald(z: Zaak) -> None:
    """Er komt een toewijzing bij; de lopende wordt ongewijzigd herhaald."""
    t = z.wijs_toe("2026-01-16", "2026-01-19", "2026-12-31")
    z.meld("2026-01-30", z.start(t, "2026-01-27"))
    vervoer = {"iwmo": {"Categorie": "08", "Code": "08A03"}, "ijw": {"Categorie": "42", "Code": "42A03"}}[z.domein]
    erbij = z.wijs_toe("2026-03-03", "2026-03-09", "2026-12-31", Product=vervoer, Omvang=_UREN | {"Eenheid": "84"})
    z.meld("2026-03-12", z.start(erbij, "2026-03-10"))


def oudere_versie_laat(z: Zaak) -> None:
    """Een inkorting bleef tien dagen liggen; intussen was al een verlenging aangekomen, en die blijft gelden."""
    t = z.wijs_toe("2026-02-04", "2026-02-09", "2026-06-30")
    z.meld("2026-02-17", z.start(t, "2026-02-12"))
    z.verander(t, tot="2026-05-31", RedenWijziging="05")
    z.stuur_301("2026-03-10", bezorgd="2026-03-20")
    z.wijzig("2026-03-12", t, tot="2026-09-30", RedenWijziging="04")


def tweemaal_bezorgd(z: Zaak) -> None:
    """De aanbieder stuurde hetzelfde bestand nog eens; dat doet niets."""
    t = z.wijs_toe("2026-02-11", "2026-02-16", "2026-12-31")
    z.nogmaals("2026-02-20", z.meld("2026-02-20", z.start(t, "2026-02-18")))


def volume_gewijzigd(z: Zaak) -> None:
    """Een ander volume over de hele looptijd, in overleg."""
    t = z.wijs_toe("2026-01-20", "2026-01-26", "2026-12-31", Omvang=_STUK)
    z.meld("2026-02-03", z.start(t, "2026-01-29"))
    z.wijzig("2026-04-08", t, Omvang=_STUK | {"Volume": 2}, RedenWijziging="12")


def budget_gewijzigd(z: Zaak) -> None:
    """Een generieke toewijzing met een budget dat wordt verhoogd."""
    t = z.wijs_toe("2026-01-20", "2026-01-26", "2026-12-31", Product=None, Omvang=None, Budget=450_000)
    z.meld("2026-02-04", z.start(t, "2026-02-02"))
    z.wijzig("2026-04-15", t, Budget=600_000, RedenWijziging="12")


def administratieve_correctie(z: Zaak) -> None:
    """Een verschreven einddatum, verbeterd met RedenWijziging 14."""
    t = z.wijs_toe("2026-02-18", "2026-02-23", "2026-12-13")
    z.wijzig("2026-02-23", t, tot="2026-12-31", RedenWijziging="14")
    z.meld("2026-02-27", z.start(t, "2026-02-25"))


def herindicatie(z: Zaak) -> None:
    """De onderaannemer stopt wegens herindicatie; de nieuwe toewijzing gaat naar de hoofdaannemer."""
    t = z.wijs_toe("2026-01-21", "2026-01-26", "2026-04-30")
    z.meld("2026-02-05", z.start(t, "2026-02-03"))
    z.meld("2026-04-07", z.stop(t, "2026-02-03", "2026-04-30", "wijzigingsverzoek"))
    bij_coalitie = z.bij(aanbieder=HOOFDAANNEMER)
    nieuw = bij_coalitie.wijs_toe("2026-04-20", "2026-05-01", "2027-04-30")
    bij_coalitie.meld("2026-05-06", bij_coalitie.start(nieuw, "2026-05-01"))


def hoofdaannemer(z: Zaak) -> None:
    """Toegewezen aan de hoofdaannemer, die de start meldt."""
    t = z.wijs_toe("2026-02-24", "2026-03-02", "2027-02-28")
    z.meld("2026-03-06", z.start(t, "2026-03-04"))


def conversie(z: Zaak) -> None:
    """De oude productcode stopt; dezelfde hulp gaat door op de nieuwe, tot dezelfde einddatum."""
    oud = z.wijs_toe("2026-01-22", "2026-01-26", "2026-12-31", Product={"Categorie": "54", "Code": "54002"})
    z.meld("2026-02-06", z.start(oud, "2026-02-04"))
    z.verander(oud, tot="2026-03-31", RedenWijziging="10")
    nieuw = z.toewijzing("2026-04-01", "2026-12-31")
    z.stuur_301("2026-03-18")
    z.meld("2026-04-03", z.stop(oud, "2026-02-04", "2026-03-31", "door gemeente"))
    z.meld("2026-04-03", z.start(nieuw, "2026-04-01"))


def verhuisd(z: Zaak) -> None:
    """De cliënt verhuist; de nieuwe gemeente wijst toe aan dezelfde aanbieder."""
    t = z.wijs_toe("2026-01-22", "2026-01-26", "2026-12-31")
    z.meld("2026-02-06", z.start(t, "2026-02-03"))
    z.wijzig("2026-04-22", t, tot="2026-05-15", RedenWijziging="07")
    z.meld("2026-05-19", z.stop(t, "2026-02-03", "2026-05-15", "verhuisd"))
    elders = z.bij(gemeente=_elders(z))
    nieuw = elders.wijs_toe("2026-05-13", "2026-05-16", "2026-12-31")
    elders.meld("2026-05-20", elders.start(nieuw, "2026-05-18"))


def woonplaatsbeginsel(z: Zaak) -> None:
    """Een andere gemeente is verantwoordelijk voor het kind; de aanbieder vraagt het daar opnieuw en krijgt de toewijzing."""
    elders = _elders(z)
    product = vragen.product(z, "2026-03-23", "2026-12-31")
    vragen.vot(z, "2026-03-02", product)
    vragen.wijs_af(z, "2026-03-10", product["ReferentieAanbieder"], "8", woonplaats=elders)
    daar = z.bij(gemeente=elders)
    opnieuw = vragen.product(daar, "2026-03-23", "2026-12-31")
    vragen.vot(daar, "2026-03-12", opnieuw)
    t = daar.wijs_toe("2026-03-17", "2026-03-23", "2026-12-31", ReferentieAanbieder=opnieuw["ReferentieAanbieder"])
    daar.meld("2026-03-26", daar.start(t, "2026-03-24"))


def _elders(z: Zaak) -> str:
    """Another gemeente of the region."""
    return next(g.code for g in GEMEENTEN if g.code != z.gemeente)


def overstap(z: Zaak) -> None:
    """De cliënt stapt over naar een andere aanbieder."""
    t = z.wijs_toe("2026-01-23", "2026-01-26", "2026-12-31")
    z.meld("2026-02-10", z.start(t, "2026-02-05"))
    z.wijzig("2026-03-26", t, tot="2026-04-10", RedenWijziging="09")
    z.meld("2026-04-14", z.stop(t, "2026-02-05", "2026-04-10", "andere aanbieder"))
    ander = next(a for a in reversed(AANBIEDERS) if a.domein is z.domein and a is not z.aanbieder)
    daar = z.bij(aanbieder=ander)
    nieuw = daar.wijs_toe("2026-03-26", "2026-04-11", "2026-12-31")
    daar.meld("2026-04-15", daar.start(nieuw, "2026-04-13"))


def overleden(z: Zaak) -> None:
    """De cliënt is overleden."""
    t = z.wijs_toe("2026-01-27", "2026-02-02", "2026-12-31")
    z.meld("2026-02-11", z.start(t, "2026-02-09"))
    z.meld("2026-05-21", z.stop(t, "2026-02-09", "2026-05-18", "overleden"))
    z.wijzig("2026-05-27", t, tot="2026-05-18", RedenWijziging="02")


# what goes wrong


def datum_verkeerd_geschreven(z: Zaak) -> None:
    """Een begindatum in de verkeerde vorm: het XSD weigert het bericht."""
    t = z.wijs_toe("2026-01-12", "2026-01-19", "2026-12-31")
    goed, kapot = b"<wmo305:Begindatum>2026-01-20", b"<wmo305:Begindatum>20-01-2026"
    if z.domein is Domein.IJW:
        goed, kapot = goed.replace(b"wmo", b"jw"), kapot.replace(b"wmo", b"jw")
    z.meld("2026-01-22", z.start(t, "2026-01-20"), fout="XSD", bederf=lambda data: data.replace(goed, kapot))
    z.meld("2026-01-23", z.start(t, "2026-01-20"))


def afgebroken_bestand(z: Zaak) -> None:
    """Een bestand dat half aankwam, en een dat in de vorige release was gemaakt."""
    t = z.wijs_toe("2026-01-19", "2026-01-26", "2026-12-31")
    z.meld("2026-01-29", z.start(t, "2026-01-28"), fout="onleesbaar", bederf=lambda data: data[: len(data) // 2])
    z.meld(
        "2026-01-29", z.start(t, "2026-01-28"),
        fout="onbekend-bericht", bederf=lambda data: data.replace(b"/3_2/", b"/3_1/"),
    )  # fmt: skip
    z.meld("2026-01-30", z.start(t, "2026-01-28"))


def verkeerd_token(z: Zaak) -> None:
    """Een aanbieder biedt een bericht van een ander aan; een gemeente kiest een aanbieder die niet meedoet."""
    t = z.toewijzing("2026-02-02", "2026-12-31")
    z.stuur_301("2026-01-26", ontvanger="99999999", fout="onbekende-ontvanger")
    z.verander(t)
    z.stuur_301("2026-01-27")
    ander = next(a.deelnemer.code for a in AANBIEDERS if a is not z.aanbieder)
    z.meld("2026-02-05", z.start(t, "2026-02-03"), van=ander, fout="vreemde-afzender")
    z.meld("2026-02-05", z.start(t, "2026-02-03"))


def einddatum_voor_begindatum(z: Zaak) -> None:
    """Een stop met een einddatum vóór de begindatum, daarna goed."""
    t = z.wijs_toe("2026-02-02", "2026-02-09", "2026-12-31")
    z.meld("2026-02-13", z.start(t, "2026-02-10"))
    z.meld("2026-05-12", z.stop(t, "2026-02-10", "2026-02-08", "door cliënt"), fout="TR018")
    z.meld("2026-05-13", z.stop(t, "2026-02-10", "2026-05-08", "door cliënt"))


def twee_fouten_in_een_bericht(z: Zaak) -> None:
    """Een toewijzing met een vervallen reden en een einddatum vóór de ingangsdatum: beide fouten in één antwoord."""
    t = z.wijs_toe("2026-02-05", "2026-02-09", "2026-12-31")
    z.verander(t, tot="2026-02-04", RedenWijziging="01")
    z.stuur_301("2026-02-19", fout="CS003 CS336")
    z.wijzig("2026-02-20", t, tot="2026-08-31", RedenWijziging="05")
    z.meld("2026-02-23", z.start(t, "2026-02-19"))


def gestapeld(z: Zaak) -> None:
    """Tweemaal hetzelfde product in overlappende perioden; daarna sluit het tweede aan."""
    t = z.wijs_toe("2026-02-06", "2026-02-09", "2026-05-31")
    z.meld("2026-02-18", z.start(t, "2026-02-16"))
    vervolg = z.toewijzing("2026-05-01", "2026-12-31")
    z.stuur_301("2026-04-13", fout="TR302")
    z.verander(vervolg, Ingangsdatum=date(2026, 6, 1))
    z.stuur_301("2026-04-14")
    z.meld("2026-06-02", z.stop(t, "2026-02-16", "2026-05-31", "volgens plan"))
    z.meld("2026-06-02", z.start(vervolg, "2026-06-01"))


def start_voor_toewijzing(z: Zaak) -> None:
    """De start komt vóór de toewijzing aan."""
    t = z.toewijzing("2026-02-09", "2026-12-31")
    z.meld("2026-02-12", z.start(t, "2026-02-10"), fout="TR019")
    z.stuur_301("2026-02-13")
    z.meld("2026-02-16", z.start(t, "2026-02-10"))


def dubbele_start(z: Zaak) -> None:
    """Een tweede start terwijl de levering loopt; en dezelfde start nog eens onder een nieuw nummer."""
    t = z.wijs_toe("2026-02-09", "2026-02-16", "2026-12-31")
    z.meld("2026-02-20", z.start(t, "2026-02-17"))
    z.meld("2026-03-17", z.start(t, "2026-03-16"), fout="TR326")
    z.meld("2026-03-19", z.start(t, "2026-02-17"), fout="TR074 TR326")


def stop_zonder_start(z: Zaak) -> None:
    """Een stop waarvan de begindatum niet die van de start is."""
    t = z.wijs_toe("2026-02-10", "2026-02-16", "2026-06-30")
    z.meld("2026-02-24", z.start(t, "2026-02-19"))
    z.meld("2026-05-26", z.stop(t, "2026-02-16", "2026-05-22", "door cliënt"), fout="TR382")
    z.meld("2026-05-27", z.stop(t, "2026-02-19", "2026-05-22", "door cliënt"))


def stop_op_stop(z: Zaak) -> None:
    """Stops die op een eerdere stop niet kunnen volgen, en een start die niet meer te verwijderen is."""
    t = z.wijs_toe("2026-02-11", "2026-02-16", "2026-12-31")
    z.meld("2026-02-25", z.start(t, "2026-02-20"))
    z.meld("2026-04-16", z.stop(t, "2026-02-20", "2026-04-14", "tijdelijk"))
    z.meld("2026-04-23", z.stop(t, "2026-02-20", "2026-04-21", "tijdelijk"), fout="TR413")
    z.meld("2026-05-11", z.stop(t, "2026-02-20", "2026-04-01", "door cliënt"), fout="TR414")
    z.meld("2026-05-12", z.stop(t, "2026-02-20", "2026-05-08", "door cliënt"))
    z.meld("2026-05-26", z.stop(t, "2026-02-20", "2026-05-22", "overleden"), fout="TR415")
    z.meld("2026-05-28", z.start(t, "2026-02-20", "3"), fout="TR071")


def niets_te_verwijderen(z: Zaak) -> None:
    """Een start die niet bestaat wordt verwijderd; en een aanlevering met de status 'gewijzigd', die niet meer bestaat."""
    t = z.wijs_toe("2026-02-12", "2026-02-16", "2026-12-31")
    z.meld("2026-02-26", z.start(t, "2026-02-23"))
    z.meld("2026-03-03", z.start(t, "2026-02-16", "3"), fout="TR063")
    z.meld("2026-03-04", z.start(t, "2026-02-24", "2"), fout="CS058")


def nummer_hergebruikt(z: Zaak) -> None:
    """De gemeente geeft een toewijzingnummer dat al van een andere cliënt is."""
    eerste = next(o for o in z.regio.ontwerpen if o.soort.domein is z.domein and o.soort.nummer == "301")
    van_ander = next(
        o.inhoud["Client"]["ToegewezenProducten"][0]["ToewijzingNummer"]
        for o in (eerste, *z.regio.ontwerpen)
        if o.afzender == z.gemeente and o.soort.domein is z.domein and o.soort.nummer == "301"
    )
    t = z.toewijzing("2026-03-16", "2026-12-31")
    eigen = t.nummer
    z.verander(t, ToewijzingNummer=van_ander)
    z.stuur_301("2026-03-10", fout="TR332")
    z.verander(t, ToewijzingNummer=eigen)
    z.stuur_301("2026-03-11")
    z.meld("2026-03-19", z.start(t, "2026-03-17"))


def gemeente_bestaat_niet(z: Zaak) -> None:
    """Een start aan een gemeentecode die het CBS niet kent, en daarna een met een dagtekening in de toekomst."""
    t = z.wijs_toe("2026-03-12", "2026-03-16", "2026-12-31")
    z.meld("2026-03-24", z.start(t, "2026-03-19"), ontvanger="9999", fout="TR378 TR019")
    z.meld("2026-03-24", z.start(t, "2026-03-19"), dagtekening="2026-04-14", fout="TR135")
    z.meld("2026-03-25", z.start(t, "2026-03-19"))


def identificatie_hergebruikt(z: Zaak) -> None:
    """Een nieuw bericht met de Identificatie van een eerder bericht."""
    t = z.wijs_toe("2026-03-16", "2026-03-23", "2026-12-31")
    eerste = z.meld("2026-03-27", z.start(t, "2026-03-24"))
    correctie = z.start(t, "2026-03-24", "3"), z.start(t, "2026-03-26")
    z.meld("2026-04-01", *correctie, als=eerste, fout="TR056")
    z.meld("2026-04-02", *correctie)


Verhaal = Callable[[Zaak], None]


@dataclass(frozen=True, slots=True)
class Vertelling:
    """How often a story is told; ``aanbieder`` and its law when they are given by the story."""

    verhaal: Verhaal
    keer: int = 1
    aanbieder: Aanbieder | None = None
    domein: Domein | None = None


VERHALEN = (
    Vertelling(loopt, 5),
    Vertelling(niet_gestart, 2),
    Vertelling(toekomstig, 2),
    Vertelling(afgelopen, 2),
    Vertelling(afgelopen_zonder_stop),
    Vertelling(ingetrokken, 2),
    Vertelling(opgerekt, 2),
    Vertelling(verwijderd, 2),
    Vertelling(tijdelijk_gestopt, 2),
    Vertelling(hervat, 2),
    Vertelling(na_tijdelijk_definitief),
    Vertelling(herstart),
    Vertelling(startcorrectie, 2),
    Vertelling(stopcorrectie),
    Vertelling(start_verwijderd),
    Vertelling(herhaald, 2),
    Vertelling(oudere_versie_laat),
    Vertelling(tweemaal_bezorgd),
    Vertelling(volume_gewijzigd, aanbieder=HOOFDAANNEMER),
    Vertelling(budget_gewijzigd),
    Vertelling(administratieve_correctie),
    Vertelling(herindicatie, 2, aanbieder=BEGELEIDING),
    Vertelling(hoofdaannemer, 2, aanbieder=HOOFDAANNEMER),
    Vertelling(conversie, 2, aanbieder=JEUGD_GGZ),
    Vertelling(verhuisd, domein=Domein.IWMO),
    Vertelling(overstap),
    Vertelling(overleden),
    Vertelling(datum_verkeerd_geschreven),
    Vertelling(afgebroken_bestand),
    Vertelling(verkeerd_token),
    Vertelling(einddatum_voor_begindatum),
    Vertelling(twee_fouten_in_een_bericht),
    Vertelling(gestapeld),
    Vertelling(start_voor_toewijzing),
    Vertelling(dubbele_start),
    Vertelling(stop_zonder_start),
    Vertelling(stop_op_stop),
    Vertelling(niets_te_verwijderen),
    Vertelling(nummer_hergebruikt),
    Vertelling(gemeente_bestaat_niet),
    Vertelling(identificatie_hergebruikt),
    Vertelling(vot_gehonoreerd, 2),
    Vertelling(vot_in_onderzoek),
    Vertelling(vot_ingediend),
    Vertelling(woonplaatsbeginsel, domein=Domein.IJW),
    Vertelling(vow_gehonoreerd, 2),
    Vertelling(vow_afgewezen),
)
"""Every story, and of how many clients it is told."""


def vertel(schemas: Schemas) -> Regio:
    """Tell all stories: the laws, the gemeenten and the aanbieders take turns."""
    regio = Regio(schemas)
    personen = _personen(sum(vertelling.keer for vertelling in VERHALEN))
    wetten, gemeenten = cycle(Domein), cycle(GEMEENTEN)
    beurt = {wet: cycle([a for a in AANBIEDERS[1:] if a.domein is wet]) for wet in Domein}
    for vertelling in VERHALEN:
        for keer in range(vertelling.keer):
            wet = vertelling.aanbieder.domein if vertelling.aanbieder else vertelling.domein or next(wetten)
            nummer, bsn = next(personen)
            client = Client(nummer, bsn, _geboren(nummer, wet), "12"[nummer % 2])
            zaak = Zaak(
                regio, wet, next(gemeenten).code, vertelling.aanbieder or next(beurt[wet]), client, vertelling.verhaal.__doc__ or "",
                weken=keer,
            )  # fmt: skip
            vertelling.verhaal(zaak)
    return regio


def _personen(aantal: int) -> "enumerate[str]":
    return enumerate(bsns(aantal), start=1)


def _geboren(nummer: int, wet: Domein) -> date:
    begin = date(1938, 3, 1) if wet is Domein.IWMO else date(2009, 3, 1)
    return begin + timedelta(days=(331 if wet is Domein.IWMO else 79) * nummer)
