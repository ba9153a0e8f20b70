"""What a partner is told of an inzet, and no more."""

from dataclasses import asdict

from berichtenverkeer.hoofdaannemer.melding import Client, Genoemd, zorgmelding
from berichtenverkeer.hoofdaannemer.overgangen import Zorgmeldingsoort

from .wereld import HOOFD, P, dag, toewijzing, wereld

SIEM, PARTNER = Genoemd(HOOFD, "Siem"), Genoemd(P, "Partner P")
CLIENT = Client("999990019", "J. Jansen", dag("1990-01-01"))


def test_the_period_is_the_effective_one() -> None:
    w = wereld()
    een = w.zet_in(tot="2023-10-31")
    w.wijs_toe(toewijzing(tot="2023-06-30"))
    assert asdict(zorgmelding(Zorgmeldingsoort.INZORG, w.ingezet(een), SIEM, PARTNER, CLIENT)) == {
        "soort": "inzorgmelding",
        "inzet": een,
        "hoofdaannemer": {"code": HOOFD, "naam": "Siem"},
        "partner": {"code": P, "naam": "Partner P"},
        "gemeente": "0855",
        "domein": "iwmo",
        "toewijzingnummer": 1,
        "client": {"bsn": "999990019", "naam": "J. Jansen", "geboortedatum": dag("1990-01-01")},
        "categorie": "54",
        "code": "54Z01",
        "segment": "begeleiding",
        "klasse": "licht",
        "van": dag("2023-01-01"),
        "tot": dag("2023-06-30"),
    }


def test_without_one_it_is_that_of_the_inzet() -> None:
    w = wereld()
    een = w.zet_in(tot="2023-10-31")
    w.trek_in(een)
    melding = zorgmelding(Zorgmeldingsoort.UITZORG, w.ingezet(een), SIEM, PARTNER, CLIENT)
    assert (melding.van, melding.tot) == (dag("2023-01-01"), dag("2023-10-31"))
