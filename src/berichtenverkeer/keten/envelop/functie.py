"""The functies of the exchange: the 28 messages of release 3.2, with the berichtcode and the VSP names of each."""

from collections.abc import Callable
from dataclasses import dataclass

from ...standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort, Ketenrol
from ...standaard.domein import RELEASE
from .fouten import Afgekeurd
from .stuf.namen import StufBerichtcode

_VERSIE, _SUBVERSIE = (int(deel) for deel in RELEASE.split("."))

BERICHTVERSIE, BERICHTSUBVERSIE = _VERSIE, _SUBVERSIE
"""Version and subversion of every message of this release, as the Header and VSP write them."""

FUNCTIEVERSIE, FUNCTIESUBVERSIE = f"{_VERSIE:04}", f"{_SUBVERSIE:04}"
"""The same as an envelope writes them: four digits."""

_ACTIE = {
    "301": "Toewijzing",
    "302": "ToewijzingRetour",
    "305": "StartZorg",
    "306": "StartZorgRetour",
    "307": "StopZorg",
    "308": "StopZorgRetour",
    "315": "VerzoekToewijzing",
    "316": "VerzoekToewijzingRetour",
    "317": "VerzoekWijziging",
    "318": "VerzoekWijzigingRetour",
    "319": "Antwoord",
    "320": "AntwoordRetour",
    "323": "Declaratie",
    "325": "DeclaratieAntwoord",
}


@dataclass(frozen=True, slots=True)
class Functie:
    """One functie: the kind of message in the envelope.

    ``berichtcodes`` are those of the envelopes it may be in, the one we write first; only a 325 may be in either.
    ``actie`` is the action of VSP. VerzoekToewijzing is attested; the others are ours (afgeleid).
    """

    soort: Berichtsoort
    berichtcodes: tuple[StufBerichtcode, ...]
    actie: str

    @property
    def naam(self) -> str:
        """The value of ``functie`` and of the VSP berichtsubtype: ``WMO301``."""
        return self.soort.code

    @property
    def berichttype(self) -> str:
        """The VSP berichttype: ``WMO`` or ``JW``."""
        return self.soort.domein.voorvoegsel


def _berichtcodes(soort: Berichtsoort) -> tuple[StufBerichtcode, ...]:
    if soort.nummer == "325":
        return (StufBerichtcode.DI01, StufBerichtcode.DU01)
    return (StufBerichtcode.DU01,) if soort.is_retour else (StufBerichtcode.DI01,)


FUNCTIES = {code: Functie(soort, _berichtcodes(soort), _ACTIE[soort.nummer]) for code, soort in BERICHTSOORTEN.items()}
"""Every functie by its name. Names are compared as they stand, capitals and all (afgeleid)."""


def keur_functie(
    functie: str | None,
    versie: str,
    subversie: str,
    berichtcode: str,
    verzender: Ketenrol | None,
    *,
    is_tekst: bool = False,
    keur_stand: Callable[[Berichtsoort], None] = lambda _: None,
) -> Functie:
    """The functie that an envelope names.

    ``versie`` and ``subversie`` are functieVersie and functieSubversie, ``verzender`` is the role of the sending party,
    ``is_tekst`` whether the file is a tekstBestand, and ``keur_stand`` refuses what is switched off. Raises ``Afgekeurd``,
    the first that applies: IB004 for a functie that does not exist or for a text file, IB023 for another release or what is
    switched off, IB006 for the other envelope, IB007 when a party of this role does not send this message.
    """
    gevonden = FUNCTIES.get(functie or "")
    if gevonden is None:
        raise Afgekeurd("IB004", "De functie bestaat niet.", f"De functies zijn {', '.join(FUNCTIES)}.")
    naam = gevonden.naam
    if is_tekst:
        raise Afgekeurd("IB004", f"Een {naam} staat in een tekstBestand.", "Zet het bericht in xmlBestand.")
    if (versie, subversie) != (FUNCTIEVERSIE, FUNCTIESUBVERSIE):
        raise Afgekeurd(
            "IB023",
            "De functie is niet actief in deze versie.",
            f"Lever aan in release {RELEASE}: functieVersie {FUNCTIEVERSIE}, functieSubversie {FUNCTIESUBVERSIE}.",
        )
    keur_stand(gevonden.soort)
    if berichtcode not in gevonden.berichtcodes:
        hoort = " of ".join(gevonden.berichtcodes)
        raise Afgekeurd("IB006", f"Een {naam} hoort niet in deze envelop.", f"Verstuur een {naam} als {hoort}.")
    if verzender is not gevonden.soort.verzender:
        raise Afgekeurd(
            "IB007",
            f"Deze organisatie mag geen {naam} versturen.",
            f"Een {naam} komt van een {gevonden.soort.verzender}; controleer functie en zender.",
        )
    return gevonden
