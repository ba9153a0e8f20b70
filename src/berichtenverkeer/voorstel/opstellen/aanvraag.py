"""The 315 of an aanbieder: a product is asked for a client that the gemeente assigned to it before, or for a new one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ...standaard.berichten.basis import Achternaam, Geboortedatum, Omvang, Product, VerkorteNaam, Verwijzer
from ...standaard.berichten.verzoek_om_toewijzing import AangevraagdProduct, Bericht315, Client315
from ...standaard.domein import Domein
from .levering import GEEN_CLIENT, client
from .voorstel import Keuze, Uitgangspunt, Voorstel, Vraag, weigering

VERWIJZERS, JA_NEE, GESLACHTEN = "COD327", "COD260", "COD046"
"""The code lists of the type of a Verwijzer, of yes and no, and of Geslacht."""

CATEGORIEEN = {Domein.IWMO: "WMO020", Domein.IJW: "JZ020"}
"""The code list of product categories under each law."""


@dataclass(frozen=True, slots=True)
class Aangevraagd:
    """What is asked for, and who referred."""

    categorie: str | None = None
    code: str | None = None
    vanaf: date | None = None
    einddatum: date | None = None
    volume: int | None = None
    eenheid: str | None = None
    frequentie: str | None = None
    budget: int | None = None
    verwijzer: str | None = None
    verwijzer_naam: str | None = None
    zorgverlener: str | None = None
    beschikkingnummer: int | None = None
    beschikking_ingangsdatum: date | None = None
    raamcontract: str | None = None
    gezagsdrager_bekend: str | None = None
    commentaar: str | None = None


@dataclass(frozen=True, slots=True)
class Persoon:
    """Who a client is, as far as the aanbieder says it."""

    geslachtsnaam: str | None = None
    voorvoegsel: str | None = None
    voornamen: str | None = None
    voorletters: str | None = None
    geboortedatum: date | None = None
    geslacht: str | None = None


def vraag_toewijzing(u: Uitgangspunt, referentie: str, wat: Aangevraagd) -> Voorstel:
    """The 315 for this product, for the client of the last 301."""
    persoon = client(u)
    if persoon is None:
        return weigering(u.soort("315"), GEEN_CLIENT)
    return _vraag(
        u, referentie, wat, persoon, (), "Naam, geboortedatum en geslacht komen uit het laatste toewijzingsbericht."
    )


def vraag_voor_nieuwe(u: Uitgangspunt, referentie: str, wat: Aangevraagd, wie: Persoon) -> Voorstel:
    """The 315 for this product, for a client of whom there may be no 301. What the aanbieder says of a client goes before what its last
    message says; what neither says is asked."""
    if (bekend := client(u)) is not None:
        bron = "het laatste toewijzingsbericht"
    elif (aangevraagd := u.aangevraagd) is not None:
        bron = "uw laatste verzoek"
        bekend = {veld: getattr(aangevraagd, veld) for veld in ("Geboortedatum", "Geslacht", "Naam")}
    else:
        bron, bekend = "", {}
    persoon, vragen = _persoon(u, bekend, wie)
    zegt = any((wie.geslachtsnaam, wie.geboortedatum, wie.geslacht)) or not bron
    uitleg = (
        "Naam, geboortedatum en geslacht zijn zoals u ze invulde"
        f"{f'; wat u niet invulde, komt uit {bron}' if bron else ''}."
        if zegt
        else f"Naam, geboortedatum en geslacht komen uit {bron}."
    )
    return _vraag(u, referentie, wat, persoon, vragen, uitleg)


def _persoon(u: Uitgangspunt, bekend: dict[str, Any], wie: Persoon) -> tuple[dict[str, Any], list[Vraag]]:
    """The elements of a Client315 that say who it is, and what is still to be asked."""
    vragen = []
    uit: dict[str, Any] = {**bekend, "Bsn": u.sleutel.bsn}
    if wie.geslachtsnaam is not None:
        achternaam = Achternaam(Achternaam=wie.geslachtsnaam, Voorvoegsel=wie.voorvoegsel)
        uit["Naam"] = VerkorteNaam(Geslachtsnaam=achternaam, Voornamen=wie.voornamen, Voorletters=wie.voorletters)
    elif "Naam" not in uit:
        vragen.append(Vraag("geslachtsnaam", "Hoe heet de cliënt? Vul de geslachtsnaam in."))
    if wie.geboortedatum is not None:
        uit["Geboortedatum"] = Geboortedatum(Datum=wie.geboortedatum)
    elif "Geboortedatum" not in uit:
        vragen.append(Vraag("geboortedatum", "Wanneer is de cliënt geboren?"))
    if wie.geslacht is not None:
        uit["Geslacht"] = wie.geslacht
    elif "Geslacht" not in uit:
        vragen.append(Vraag("geslacht", "Wat is het geslacht van de cliënt?", u.keuzes(GESLACHTEN, "315")))
    return uit, vragen


def _vraag(
    u: Uitgangspunt,
    referentie: str,
    wat: Aangevraagd,
    persoon: dict[str, Any],
    open_: Iterable[Vraag],
    uit_bron: str,
) -> Voorstel:
    soort, vragen = u.soort("315"), [*open_, *_vragen(u, wat)]
    if vragen or wat.vanaf is None or wat.verwijzer is None or wat.categorie is None:
        return Voorstel(soort, (), tuple(vragen))
    omvang = None
    if wat.volume is not None and wat.eenheid is not None and wat.frequentie is not None:
        omvang = Omvang(Volume=wat.volume, Eenheid=wat.eenheid, Frequentie=wat.frequentie)
    product = AangevraagdProduct(
        ReferentieAanbieder=referentie,
        BeschikkingNummer=wat.beschikkingnummer,
        Product=Product(Categorie=wat.categorie, Code=wat.code),
        BeschikkingIngangsdatum=wat.beschikking_ingangsdatum,
        ToewijzingIngangsdatum=wat.vanaf,
        ToewijzingEinddatum=wat.einddatum,
        Omvang=omvang,
        Budget=wat.budget,
        Verwijzer=Verwijzer(Type=wat.verwijzer, Naam=wat.verwijzer_naam, ZorgverlenerCode=wat.zorgverlener),
        Raamcontract=wat.raamcontract,
        Commentaar=wat.commentaar,
    )
    bericht = Bericht315(
        Header=u.header(soort),
        Client=Client315(**persoon, GezagsdragerBekend=wat.gezagsdrager_bekend, AangevraagdeProducten=(product,)),
    )
    uitleg = (
        f"Gevraagd wordt {' '.join(deel for deel in (wat.categorie, wat.code) if deel)}, vanaf {wat.vanaf} tot en met "
        f"{wat.einddatum or 'onbepaald'}.",
        uit_bron,
        f"ReferentieAanbieder is {referentie}; aan dit nummer herkent u het antwoord.",
    )
    return Voorstel(soort, uitleg, (), bericht)


def _vragen(u: Uitgangspunt, wat: Aangevraagd) -> list[Vraag]:
    """What must be said first."""
    uit = []
    if wat.categorie is None:
        uit.append(
            Vraag(
                "categorie",
                "Welke productcategorie is nodig?",
                u.keuzes(CATEGORIEEN[u.sleutel.domein], "315", _geldig(u)),
            )
        )
    if wat.vanaf is None:
        uit.append(Vraag("vanaf", "Vanaf welke dag moet de toewijzing gelden?"))
    if wat.verwijzer is None:
        uit.append(Vraag("verwijzer", "Wie verwees de cliënt?", u.keuzes(VERWIJZERS, "315")))
    delen = {"volume": wat.volume, "eenheid": wat.eenheid, "frequentie": wat.frequentie}
    if any(deel is not None for deel in delen.values()):
        uit += [
            Vraag(naam, "Een omvang heeft een volume, een eenheid en een frequentie.", _bij(u, naam))
            for naam, deel in delen.items()
            if deel is None
        ]
    return uit


def _geldig(u: Uitgangspunt) -> list[str]:
    """The categories of this law that can be asked now."""
    lijst = CATEGORIEEN[u.sleutel.domein]
    return [code for code, een in u.lijst(lijst, "315").codes.items() if een.geldig_op(u.vandaag)]


_LIJSTEN = {"eenheid": "WJ756", "frequentie": "WMO757"}


def _bij(u: Uitgangspunt, naam: str) -> tuple[Keuze, ...]:
    return u.keuzes(_LIJSTEN[naam], "315") if naam in _LIJSTEN else ()
