"""The stories of the region in which an aanbieder asks for a toewijzing (VOT), or for a change of it (VOW)."""

from . import vragen
from .bouw import Zaak


def vot_gehonoreerd(z: Zaak) -> None:
    """De huisarts verwees; de aanbieder vraagt een toewijzing en krijgt die."""
    product = vragen.product(z, "2026-02-16", "2026-12-31")
    vragen.vot(z, "2026-02-05", product)
    t = z.wijs_toe("2026-02-10", "2026-02-16", "2026-12-31", ReferentieAanbieder=product["ReferentieAanbieder"])
    z.meld("2026-02-18", z.start(t, "2026-02-17"))


def vot_in_onderzoek(z: Zaak) -> None:
    """De gemeente onderzoekt een verzoek nog; een tweede verzoek van de aanbieder moet daarop wachten."""
    product = vragen.product(z, "2026-07-06", "2026-12-31")
    vragen.vot(z, "2026-06-08", product)
    vragen.onderzoek(z, "2026-06-12", product["ReferentieAanbieder"])
    vragen.vot(z, "2026-06-22", vragen.product(z, "2026-07-06", "2026-12-31"), fout="TR374")


def vot_ingediend(z: Zaak) -> None:
    """Een verzoek waarop de gemeente nog moet antwoorden."""
    vragen.vot(z, "2026-06-29", vragen.product(z, "2026-07-13", "2026-12-31"))


def vow_gehonoreerd(z: Zaak) -> None:
    """Er is meer hulp nodig; de gemeente beëindigt de toewijzing en geeft een nieuwe, met de referentie van het verzoek."""
    t = z.wijs_toe("2026-02-12", "2026-02-16", "2026-12-31")
    z.meld("2026-02-20", z.start(t, "2026-02-18"))
    meer = z.aanbieder.omvang | {"Volume": z.aanbieder.omvang["Volume"] + 2}
    verzoek = vragen.gevraagd(z, "2026-05-01", "2026-12-31", Omvang=meer)
    referentie, _ = vragen.vow(z, "2026-04-13", wijzigt=((t, verzoek),))
    z.verander(t, tot="2026-04-30", RedenWijziging="12")
    nieuw = z.toewijzing("2026-05-01", "2026-12-31", Omvang=meer)
    z.stuur_301("2026-04-20", honoreert=referentie)
    z.meld("2026-05-04", z.stop(t, "2026-02-18", "2026-04-30", "wijzigingsverzoek"))
    z.meld("2026-05-06", z.start(nieuw, "2026-05-01"))


def vow_afgewezen(z: Zaak) -> None:
    """De gemeente wijst een verlenging na onderzoek af; de toewijzing blijft zoals zij was. Daarna nog een antwoord."""
    t = z.wijs_toe("2026-02-13", "2026-02-16", "2026-09-30")
    z.meld("2026-02-24", z.start(t, "2026-02-19"))
    langer = vragen.gevraagd(z, "2026-02-16", "2026-12-31")
    referentie, _ = vragen.vow(z, "2026-05-11", wijzigt=((t, langer),))
    vragen.onderzoek(z, "2026-05-15", referentie)
    vragen.wijs_af(z, "2026-06-05", referentie, "7")
    vragen.wijs_af(z, "2026-06-08", referentie, "2", fout="TR365")
