"""Proposals for declaraties of a party, from what is stored: whose toewijzing a row is about, and what was declared before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from ..inname.aanname import Aangeboden
from ..inname.declaratievonnis import dossiers_van, kennis_van
from ..levensloop.declaratie import Declaratieregel
from ..levensloop.dossier import Dossier, Dossiersleutel
from ..levensloop.overgangen import Prestatietoestand
from ..levensloop.rekenen.periode import Periode, maand
from ..oordeel.betrokken import betrokken
from ..opslag.berichten import berichten
from ..opslag.declaraties import declaratielijst, declaraties
from ..opslag.dossiers import dossiers
from ..regels.kennis import Kennis
from ..standaard.berichten.declaratie import Bericht323
from ..standaard.berichtsoort import berichtsoort
from ..standaard.domein import Domein
from ..standaard.lezen import Gelezen
from .declareren.grondslag import Grondslag, Nummering
from .declareren.herstel import Prestatieherstel, herstel
from .declareren.keuring import KennisVan
from .declareren.volumes import Rijfout, Volume
from .declareren.voorstel import Declaratievoorstel, stel_op
from .opstellen.voorstel import Voorstel
from .van_wie import zoek
from .voorstellen import Bureau, NietGevonden, VoorstelFout, identificatie_uit
from .vragen import Declaratiewijze, PrestatieVraag

LANGSTE_NUMMER = 12
"""How long a DeclaratieNummer may be."""

_MEESTE_DECLARATIES = 20
"""How many declaraties with one number are looked at: those that were refused as a whole leave it free."""

_Groep = tuple[Domein, str]
"""A law and a gemeente: what one 323 is for."""


@dataclass(frozen=True, slots=True)
class Resultaat:
    """One proposal for each gemeente and law, and the rows of which no Prestatie could be made, in order."""

    voorstellen: tuple[Declaratievoorstel, ...]
    fouten: tuple[Rijfout, ...]

    @property
    def bedrag(self) -> int:
        """What all messages come to, in eurocent."""
        return sum(voorstel.bedrag for voorstel in self.voorstellen)


def declareer_volumes(
    bureau: Bureau, volumes: Sequence[Volume], vraag: Declaratiewijze, clienten: Mapping[str, str]
) -> Resultaat:
    """The declaraties of what an aanbieder delivered; ``clienten`` has the Bsn by the own number of a client. Raises
    ``VoorstelFout``."""
    bureau.eis("323")
    groepen, fouten = _groepen(bureau, volumes, vraag, clienten)
    nummers: set[tuple[Domein, str]] = set()
    voorstellen = []
    for (domein, gemeente), (rijen, bsn_van) in sorted(groepen.items()):
        delen = (vraag.maand, *((v.toewijzingnummer, v.periode, v.hoeveelheid, v.eenheid) for v in rijen))
        nummering = _nummering(bureau, domein, gemeente, vraag.voorvoegsel, nummers, *delen)
        sleutels = {bsn: Dossiersleutel(domein, gemeente, bureau.partij.code, bsn) for bsn in bsn_van.values()}
        bekend = dossiers_van(bureau.verbinding, sleutels)
        g = _grondslag(bureau, domein, gemeente, vraag.maand, nummering, bsn_van, bekend)
        voorstel = stel_op(g, rijen, _kennis_van(bureau, g), alleen_goed=vraag.alleen_goed, hele_uren=vraag.hele_uren)
        voorstellen.append(voorstel)
        fouten += voorstel.fouten
    return Resultaat(tuple(voorstellen), tuple(sorted(fouten, key=lambda fout: fout.regel)))


def herstel_prestatie(bureau: Bureau, vraag: PrestatieVraag) -> Voorstel:
    """The 323 that puts one Prestatie of a declaratie right. Without a month it is of the last one that was declared, for no
    earlier one may be (IV090). Raises ``VoorstelFout``."""
    bureau.eis("323")
    verbinding = bureau.verbinding
    rijen = _prestaties(bureau, vraag.declaratie, vraag.referentienummer)
    gezocht = Prestatietoestand.AFGEWEZEN if vraag.wat is Prestatieherstel.OPNIEUW else Prestatietoestand.TOEGEKEND
    rij = next((rij for rij in rijen if rij.toestand == gezocht), rijen[0])
    sleutel, regel = dossiers.sleutel(rij.dossier), _regel(rij)
    laatste = declaraties.laatste_periode(verbinding, sleutel.domein, sleutel.gemeente, sleutel.aanbieder)
    periode = vraag.maand or maand(max(regel.begin, laatste or regel.begin))
    delen = (vraag.declaratie, vraag.referentienummer, vraag.wat, periode, vraag.correctie)
    nummering = _nummering(bureau, sleutel.domein, sleutel.gemeente, None, set(), *delen)
    bekend = dossiers_van(verbinding, {sleutel.bsn: sleutel})[sleutel.bsn]
    bsn_van = dict.fromkeys(bekend.toewijzingen, sleutel.bsn)
    g = _grondslag(bureau, sleutel.domein, sleutel.gemeente, periode, nummering, bsn_van, {sleutel.bsn: bekend})
    return herstel(g, sleutel.bsn, regel, vraag.wat, _kennis_van(bureau, g), vraag.correctie)


def _prestaties(bureau: Bureau, declaratie: str, referentienummer: str) -> list[declaratielijst.Prestatierij]:
    """The Prestaties with this ReferentieNummer in the declaratie with this id or number. Raises ``VoorstelFout``."""
    code, lijst = bureau.partij.code, declaratielijst.LIJST
    rij = lijst.geef(bureau.verbinding, code, declaratie)
    dag, filters = bureau.moment.date(), {"declaratienummer": declaratie}
    gevonden = [rij] if rij else lijst.zoek(bureau.verbinding, code, dag, _MEESTE_DECLARATIES, filters)
    if not gevonden:
        raise NietGevonden("Deze declaratie")
    per_declaratie = [
        list(rijen)
        for een in gevonden
        if (rijen := declaratielijst.met_referentie(bureau.verbinding, een.id, referentienummer))
    ]
    if not per_declaratie:
        raise NietGevonden("Deze prestatie")
    if len(per_declaratie) > 1:
        ids = ", ".join(f"{een.domein} {een.id}" for een in gevonden)
        raise VoorstelFout(f"Declaratie {declaratie} is er onder beide wetten; geef het id op: {ids}.")
    return per_declaratie[0]


def _groepen(
    bureau: Bureau, volumes: Sequence[Volume], vraag: Declaratiewijze, clienten: Mapping[str, str]
) -> tuple[dict[_Groep, tuple[list[Volume], dict[int, str]]], list[Rijfout]]:
    """The rows by law and gemeente, each with whose the toewijzingen are; and the rows that go nowhere."""
    van_wie = zoek(bureau.verbinding, bureau.partij.code, volumes, vraag.gemeente, vraag.domein, clienten)
    groepen: dict[_Groep, tuple[list[Volume], dict[int, str]]] = {}
    fouten: list[Rijfout] = []
    for gevonden in van_wie:
        if isinstance(gevonden, Rijfout):
            fouten.append(gevonden)
            continue
        volume, sleutel = gevonden.volume, gevonden.sleutel
        nummer = volume.toewijzingnummer
        assert nummer is not None  # it was found
        if volume.tarief is not None and volume.tarief_eenheid is None:
            volume = replace(volume, tarief_eenheid=vraag.tarief_eenheid)
        rijen, bsn_van = groepen.setdefault((sleutel.domein, sleutel.gemeente), ([], {}))
        rijen.append(volume)
        bsn_van[nummer] = sleutel.bsn
    return groepen, fouten


def _nummering(
    bureau: Bureau, domein: Domein, gemeente: str, voorvoegsel: str | None, gebruikt: set[_Groep], *vraag: object
) -> Nummering:
    """Numbers that follow from the question and the moment, and are free; with a ``voorvoegsel`` the first DeclaratieNummer
    that is. Raises ``VoorstelFout``."""
    aanbieder, soort = bureau.partij.code, berichtsoort(domein, "323").code

    def bekend(nummer: str) -> bool:
        return (domein, nummer) in gebruikt or declaraties.nummer_bekend(bureau.verbinding, domein, aanbieder, nummer)

    def verstuurd(identificatie: str) -> bool:
        sleutel = (aanbieder, soort, identificatie)
        return bool(berichten.gebruikte_identificaties(bureau.verbinding, {sleutel}))

    uit_vraag = (identificatie_uit(soort, aanbieder, gemeente, bureau.moment, *vraag, poging) for poging in count())
    vrij = next(nummer for nummer in uit_vraag if not bekend(nummer) and not verstuurd(nummer))
    identificatie = bureau.identificatie or vrij
    if voorvoegsel is None:
        return Nummering(identificatie, vrij)
    for nummer in count(1):
        kandidaat = f"{voorvoegsel}{nummer}"
        if len(kandidaat) > LANGSTE_NUMMER:
            raise VoorstelFout(f"Met voorvoegsel {voorvoegsel} is geen DeclaratieNummer meer vrij; kies een ander.")
        if not bekend(kandidaat):
            gebruikt.add((domein, kandidaat))
            break
    return Nummering(identificatie, kandidaat)


def _grondslag(
    bureau: Bureau,
    domein: Domein,
    gemeente: str,
    periode: Periode,
    nummering: Nummering,
    bsn_van: Mapping[int, str],
    bekend: Mapping[str, Dossier],
) -> Grondslag:
    aanbieder = bureau.partij.code
    return Grondslag(
        domein=domein,
        gemeente=gemeente,
        aanbieder=aanbieder,
        maand=periode,
        vandaag=bureau.moment.date(),
        nummering=nummering,
        schemas=bureau.schemas,
        dossiers=bekend,
        bsn_van=bsn_van,
        contract=bureau.contract_van(gemeente, aanbieder),
        release=bureau.in_release(gemeente, aanbieder, berichtsoort(domein, "323")).release,
    )


def _kennis_van(bureau: Bureau, g: Grondslag) -> KennisVan:
    """What the receiver would know of this 323 if it were offered now."""

    def van(gelezen: Gelezen) -> Kennis:
        bericht = gelezen.bericht
        assert isinstance(bericht, Bericht323)
        wie = betrokken(bericht, gelezen.soort)
        a = Aangeboden("", b"", gelezen, wie, (), g.contract, False, bureau.moment)
        dubbel = a.identificatie in berichten.gebruikte_identificaties(bureau.verbinding, {a.identificatie})
        return kennis_van(bureau.verbinding, a, bericht, dubbel)

    return van


def _regel(rij: declaratielijst.Prestatierij) -> Declaratieregel:
    velden = {naam: getattr(rij, naam) for naam in Declaratieregel._fields}
    return Declaratieregel(**velden | {"toestand": Prestatietoestand(rij.toestand)})
