"""The functies of the exchange: the 28 messages, with the berichtcode and the VSP names of each. Their names are those of any
release; in which release a functie is, the envelope says in its version."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ...standaard.berichtsoort import BERICHTSOORTEN, Berichtsoort, Ketenrol, gelezen_soorten
from .fouten import Afgekeurd
from .stuf.namen import StufBerichtcode

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
    """One functie: the kind of message in the envelope, of the release that is packaged unless an envelope named another.

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


def in_vier_cijfers(versie: tuple[int, int]) -> tuple[str, str]:
    """A version and subversion as an envelope of StUF writes them: ``0003``, ``0002``."""
    return f"{versie[0]:04}", f"{versie[1]:04}"


Standkeurder = Callable[[Berichtsoort], None]
"""Raises ``Afgekeurd`` for what is switched off."""


def eis_release(
    functie: Functie,
    past: Callable[[tuple[int, int]], bool],
    wat: str,
    zeg: Callable[[tuple[int, int]], str],
    keur_stand: Standkeurder,
) -> Functie:
    """The functie in the release that an envelope names: ``past`` says of a version and subversion whether it is that, and ``zeg``
    how the envelope writes it. ``wat`` is not active otherwise. Raises ``Afgekeurd`` IB023 for a release that is not read, and what ``keur_stand`` raises."""
    for soort in gelezen_soorten(functie.naam):
        if past(soort.versie):
            keur_stand(soort)
            return replace(functie, soort=soort)
    open_ = [f"release {soort.release}: {zeg(soort.versie)}" for soort in _open(functie, keur_stand)]
    raise Afgekeurd(
        "IB023",
        f"{wat} is niet actief in deze versie.",
        f"Lever aan in {', of '.join(open_)}." if open_ else "Vraag de beheerder welke release wanneer aan staat.",
    )


def _open(functie: Functie, keur_stand: Standkeurder) -> Iterator[Berichtsoort]:
    """The releases in which it takes part now."""
    for soort in gelezen_soorten(functie.naam):
        try:
            keur_stand(soort)
        except Afgekeurd:
            continue
        yield soort


def keur_functie(
    functie: str | None,
    versie: str,
    subversie: str,
    berichtcode: str,
    verzender: Ketenrol | None,
    *,
    is_tekst: bool = False,
    keur_stand: Standkeurder = lambda _: None,
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
    gevonden = eis_release(
        gevonden, lambda van: in_vier_cijfers(van) == (versie, subversie), "De functie", _zeg, keur_stand
    )
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


def _zeg(versie: tuple[int, int]) -> str:
    return "functieVersie {}, functieSubversie {}".format(*in_vier_cijfers(versie))
