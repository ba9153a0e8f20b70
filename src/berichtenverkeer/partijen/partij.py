"""The parties of this node: what each is, and who may send for whom."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine, RowMapping
from sqlalchemy.exc import IntegrityError

from ..hoofdaannemer.dekking import CODE_ADVIES, is_code
from ..opslag.database import schrijvend
from ..opslag.partijen import partijen as tabel
from ..regels.bevinding import Ernst
from ..regels.catalogus import catalogus
from ..standaard.berichtsoort import Ketenrol, rol_met
from ..standaard.domein import Domein
from ..woord import Woord
from ..zegbaar import Zegbaar


class Partijrol(StrEnum):
    """What a party is. A hoofdaannemer is an aanbieder that works with onderaannemers, and these take part without messages."""

    GEMEENTE = "gemeente"
    AANBIEDER = "aanbieder"
    HOOFDAANNEMER = "hoofdaannemer"
    ONDERAANNEMER = "onderaannemer"


class Beoordelaar(Woord):
    """Who judges the messages that a party receives: this node at once on its behalf, or the party by its own retour."""

    KNOOPPUNT = "knooppunt", "het knooppunt oordeelt voor de ontvanger"
    PARTIJ = "partij", "de ontvanger oordeelt zelf"


class VspRol(StrEnum):
    """What a party is in VSP. An aanbieder is an Instelling unless it was said otherwise."""

    GEMEENTE = "Gemeente"
    INSTELLING = "Instelling"
    PRAKTIJK = "Praktijk"
    ZORGVERLENER = "Zorgverlener"


def vsp_rol(rol: Partijrol) -> VspRol:
    """The role in VSP that goes with a role here."""
    return VspRol.GEMEENTE if rol is Partijrol.GEMEENTE else VspRol.INSTELLING


@dataclass(frozen=True, slots=True)
class Partij:
    """A party: ``code`` is the CBS code of a gemeente (4 digits) or the AGB code of an aanbieder (8 digits); an onderaannemer may
    have a code of its own.

    ``wetten`` are the laws for which it may send and receive (grondslag). ``vsp`` is its role in VSP. ``eindpunt`` is the URL
    to which a gemeente has what lies ready for it pushed. ``signaal_uit`` are the codes of the signalen it does not want to see.
    """

    code: str
    rol: Partijrol
    naam: str
    beoordeling: Beoordelaar = Beoordelaar.KNOOPPUNT
    vsp: VspRol = VspRol.INSTELLING
    wetten: frozenset[Domein] = frozenset(Domein)
    eindpunt: str | None = None
    signaal_uit: frozenset[str] = frozenset()

    def namens(self, code: str) -> "Partij":
        """The party that acts when this one hands in a message of that code: itself."""
        return self


class PartijFout(Zegbaar):
    """A party cannot be registered so. The text is Dutch and says what to do."""


def registreer(engine: Engine, code: str, rol: Partijrol, naam: str, nu: datetime) -> Partij:
    """Add a party. Raises ``PartijFout`` for a code that does not fit the role, or that is taken."""
    if rol is Partijrol.ONDERAANNEMER:
        if not is_code(code):
            raise PartijFout(f"{code} past niet bij de rol {rol}. {CODE_ADVIES}")
    elif not re.fullmatch("[0-9]{4}" if rol is Partijrol.GEMEENTE else "[0-9]{8}", code):
        soort = "CBS-code van 4 cijfers" if rol is Partijrol.GEMEENTE else "AGB-code van 8 cijfers"
        raise PartijFout(f"{code} past niet bij de rol {rol}: gebruik een {soort}, met voorloopnullen.")
    if not naam.strip():
        raise PartijFout("Geef de partij een naam.")
    try:
        with schrijvend(engine) as verbinding:
            tabel.voeg_toe(verbinding, code, rol, naam, nu)
    except IntegrityError:
        raise PartijFout(f"Partij {code} bestaat al.") from None
    return Partij(code, rol, naam, vsp=vsp_rol(rol))


def alle(engine: Engine) -> list[Partij]:
    """Every party, in order of its code."""
    with engine.connect() as verbinding:
        return [partij_van(rij) for rij in tabel.alle(verbinding)]


def zet_beoordeling(engine: Engine, code: str, beoordeling: Beoordelaar) -> None:
    """Say who judges what this party receives from now on. Raises ``PartijFout`` for an unknown party.

    What waits for a retourbericht of the party keeps waiting for it.
    """
    _zet(engine, code, beoordeling=str(beoordeling))


def zet_vsp_rol(engine: Engine, code: str, rol: VspRol) -> None:
    """Say what a party is in VSP. Raises ``PartijFout`` for an unknown party, or a role that does not fit its code."""
    if (rol is VspRol.GEMEENTE) != (rol_met(code) is Ketenrol.GEMEENTE):
        raise PartijFout(f"{code} kan in VSP geen {rol} zijn.")
    _zet(engine, code, vsp_rol=str(rol))


def zet_wetten(engine: Engine, code: str, wetten: Collection[Domein]) -> None:
    """Say for which laws a party may send and receive. Raises ``PartijFout`` for an unknown party, or for none."""
    if not wetten:
        raise PartijFout("Noem minstens één wet: wmo, jw of beide.")
    _zet(engine, code, wetten=",".join(wet.voorvoegsel.lower() for wet in Domein if wet in wetten))


def zet_eindpunt(engine: Engine, code: str, url: str | None) -> None:
    """Say where what lies ready for a gemeente is pushed to; None stops it. Raises ``PartijFout`` for an unknown party, one
    that is no gemeente, or what is no plain URL of http or https."""
    if url is not None and rol_bij(code) is not Partijrol.GEMEENTE:
        raise PartijFout("Alleen een gemeente heeft een eindpunt; een aanbieder haalt zijn berichten op.")
    if url is not None and not _is_eindpunt(url):
        raise PartijFout("Schrijf het eindpunt als https://machine/pad, zonder gebruikersnaam, wachtwoord of #.")
    _zet(engine, code, eindpunt=url)


def lees_signalen(codes: str) -> frozenset[str]:
    """The signalen in a list with commas; an empty one is none. Raises ``PartijFout`` for what is no code of a signaal."""
    bekend = [regel.code for regel in catalogus() if regel.ernst is Ernst.SIGNAAL]
    gevraagd = {code.strip() for code in codes.split(",")} - {""}
    for code in sorted(gevraagd.difference(bekend)):
        lijkt = get_close_matches(code.upper(), [signaal.upper() for signaal in bekend], n=1)
        bedoeld = next((signaal for signaal in bekend if [signaal.upper()] == lijkt), None)
        raise PartijFout(
            f"{code} is geen signaal; bedoelt u {bedoeld}?"
            if bedoeld
            else f"{code} is geen signaal; kies uit {', '.join(bekend)}."
        )
    return frozenset(gevraagd)


def zet_signaal_uit(engine: Engine, code: str, signalen: Collection[str]) -> None:
    """Say which signalen this party does not want to see any more; the other party of a message still does. Raises
    ``PartijFout`` for an unknown party."""
    _zet(engine, code, signaal_uit=" ".join(sorted(signalen)))


def _is_eindpunt(url: str) -> bool:
    try:
        delen = urlsplit(url)
        poort = delen.port
    except ValueError:
        return False
    heel = url.isascii() and url.isprintable() and " " not in url and "#" not in url and poort != 0
    return heel and delen.scheme in ("http", "https") and bool(delen.hostname) and "@" not in delen.netloc


def geef_mandaat(engine: Engine, indiener: str, afzender: str, nu: datetime) -> None:
    """Let one party send for another; a second time changes nothing. Raises ``PartijFout`` for an unknown party."""
    with engine.connect() as verbinding:
        if (indiener, afzender) in tabel.mandaten(verbinding):
            return
        eis_bekend(verbinding, indiener, afzender)
    with schrijvend(engine) as verbinding:
        tabel.geef_mandaat(verbinding, indiener, afzender, nu)


def trek_mandaat_in(engine: Engine, indiener: str, afzender: str) -> None:
    """Let one party send for another no more. Raises ``PartijFout`` when it could not."""
    with schrijvend(engine) as verbinding:
        if not tabel.trek_mandaat_in(verbinding, indiener, afzender):
            raise PartijFout(
                f"{indiener} mocht niet indienen voor {afzender}; 'berichtenverkeer partij mandaten' toont wie wel."
            )


def mandaten(engine: Engine) -> list[tuple[str, str]]:
    """Every mandate, in order: (indiener, afzender)."""
    with engine.connect() as verbinding:
        return sorted(tabel.mandaten(verbinding))


def wet(tekst: str) -> Domein:
    """The law that ``wmo`` or ``jw`` stands for. Raises ``PartijFout`` for another text."""
    try:
        return _WETTEN[tekst]
    except KeyError:
        raise PartijFout(f"{tekst} is geen wet; kies {', '.join(_WETTEN)}.") from None


_WETTEN = {domein.voorvoegsel.lower(): domein for domein in Domein}


def rol_bij(code: str) -> Partijrol:
    """What a code stands for, by its form."""
    return Partijrol(rol_met(code))


def eis_bekend(verbinding: Connection, *codes: str, veld: str = "") -> None:
    """Raise ``PartijFout`` for the first of these codes, which were given in this field, that no party has."""
    bekend = {rij["code"] for rij in tabel.alle(verbinding)}
    for onbekend in (code for code in codes if code not in bekend):
        raise PartijFout(
            f"Partij {onbekend} bestaat niet; maak haar eerst met 'berichtenverkeer partij add'.", veld=veld
        )


def _zet(engine: Engine, code: str, **waarden: str | None) -> None:
    with schrijvend(engine) as verbinding:
        eis_bekend(verbinding, code)
        tabel.zet(verbinding, code, **waarden)


def partij_van(rij: RowMapping) -> Partij:
    """The party that a row of the table holds."""
    rol = Partijrol(rij["rol"])
    return Partij(
        rij["code"],
        rol,
        rij["naam"],
        Beoordelaar(rij["beoordeling"]),
        VspRol(rij["vsp_rol"]) if rij["vsp_rol"] else vsp_rol(rol),
        frozenset(map(wet, rij["wetten"].split(","))),
        rij["eindpunt"],
        frozenset((rij["signaal_uit"] or "").split()),
    )
