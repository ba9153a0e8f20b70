"""What partners reported and the hoofdaannemer has not sent on."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from ..bedrijfsbureau.bureau import Zitting
from ..levensloop.overgangen import Leveringstoestand
from ..levensloop.termijnen import Termijn, begin_start
from ..opslag.bureau import inzetten
from ..opslag.bureau.inzetten import Inzetrij, Partnermelding
from ..standaard.berichtsoort import berichtsoort
from ..standaard.domein import Domein
from .bureau import Bureaurij, VanHoofdaannemer, over_inzet
from .lijst import Peil, Voorstelvraag


class Gemeld(NamedTuple):
    """The newest start or stop on a toewijzing, how its levering stands, and whether it is the last in time too.

    It is not when one of the other kind was reported later and comes after it: care that was stopped went on, or care that was
    resumed stopped. One of an earlier day corrects what came before it, and undoes nothing.
    """

    melding: Partnermelding
    inzet: Inzetrij
    levering: Leveringstoestand
    laatste: bool


def te_versturen(
    soort: str,
    nummer: str,
    termijn: Termijn,
    blijft: Callable[[Gemeld], bool],
    vraag: Callable[[Partnermelding], dict[str, str]],
) -> VanHoofdaannemer:
    """The rows of the meldingen of this kind for which the message with this number is still to be sent; ``vraag`` is what to ask the
    proposal, besides the toewijzing."""

    def rijen(zitting: Zitting, peil: Peil) -> Iterator[Bureaurij]:
        for gemeld in _gemeld(zitting, soort):
            if not blijft(gemeld):
                continue
            melding, inzet = gemeld.melding, gemeld.inzet
            vanaf = begin_start(melding.datum, melding.moment.date())
            uiterlijk = termijn.uiterlijk(vanaf, peil.kalender)
            bericht = berichtsoort(Domein(inzet.domein), nummer)
            waarom = (
                f"Partner {inzet.partner} meldde op {melding.moment.date()} een {soort} op {melding.datum}; het {bericht} is nog niet "
                f"verstuurd ({termijn.regel})."
            )
            voorstel = Voorstelvraag(f"/v1/voorstellen/{soort}", {"toewijzing": inzet.toewijzing, **vraag(melding)})
            yield over_inzet(
                inzet, zitting.code, uiterlijk, voor_partner=False, regel=termijn.regel, waarom=waarom, voorstel=voorstel
            )  # fmt: skip

    return rijen


def _gemeld(zitting: Zitting, soort: str) -> Iterator[Gemeld]:
    """The newest melding of this kind on each toewijzing that is there, of an inzet that counts."""
    alle = inzetten.gemeld(zitting.verbinding, zitting.code)
    laatste = {inzet.toewijzing: melding for melding, inzet, _ in alle}
    nieuwste = {
        inzet.toewijzing: (melding, inzet, levering) for melding, inzet, levering in alle if melding.soort == soort
    }
    for toewijzing, (melding, inzet, levering) in nieuwste.items():
        if inzet.effectief is not None:
            yield Gemeld(
                melding, inzet, Leveringstoestand(levering), _volgorde(laatste[toewijzing]) <= _volgorde(melding)
            )


def _volgorde(melding: Partnermelding) -> tuple[date, bool]:
    """In time: on one day care starts before it stops."""
    return melding.datum, melding.soort == "stop"
