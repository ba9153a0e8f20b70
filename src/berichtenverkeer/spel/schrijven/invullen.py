"""The content of a heenbericht: what a step says of it, merged over what is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...standaard.berichtsoort import Berichtsoort
from ...standaard.vorm import Veld, Vorm, vorm
from .sjablonen import sjablonen
from .verleden import Inhoud, Verleden
from .waarden import Omgeving, WaardeFout

_PER_ITEM = frozenset(
    {
        "AangevraagdeProducten", "Clienten", "NieuweProducten", "Prestaties", "StartProducten", "StopProducten",
        "TeWijzigenProducten", "ToegewezenProducten",
    }
)  # fmt: skip
"""Lists of which each item that a step gives is merged over a made one; of others the step gives the whole."""

_ONDERZOEK = "2"
"""VerzoekAntwoord that is no refusal, so has no reason."""

_VANAF = ("ToewijzingIngangsdatum", "GewensteIngangsdatum")
"""From when a request asks a product."""


@dataclass
class Invuller:
    """Fills in one message of a client between two parties, ``partijen``, after what was sent before. ``alleen``: no toewijzingen
    that the step does not name."""

    omgeving: Omgeving
    soort: Berichtsoort
    persoon: Inhoud
    partijen: frozenset[str]
    verleden: Verleden
    alleen: bool = False
    _periode: Inhoud = field(default_factory=dict)

    def vul(self, header: Inhoud, gezegd: Mapping[str, Any]) -> Inhoud:
        """The whole message as plain values. Raises ``WaardeFout``."""
        sjabloon = sjablonen()["berichten"][self.soort.nummer]
        if self.soort.nummer == "323":
            self._periode = self._voeg(
                sjabloon["Declaratie"]["DeclaratiePeriode"], _diep(gezegd, "Declaratie", "DeclaratiePeriode"), {}
            )
        if self.soort.nummer == "317":
            sjabloon = self._verzoeksjabloon(sjabloon, _diep(gezegd, "Client", "Verzoek"))
        inhoud = self._voeg(sjabloon, dict(gezegd), {"persoon": self.persoon})
        inhoud["Header"] = _over(header, inhoud.get("Header", {}))
        self._maak_af(inhoud, gezegd)
        uit = _passend(inhoud, vorm(self.soort), gezegd)
        assert isinstance(uit, dict)
        return uit

    def _voeg(self, gemaakt: Any, gezegd: Any, plaats: Mapping[str, Any], element: str = "") -> Any:
        """What is said over what is made; None takes an element out."""
        if not isinstance(gemaakt, dict) or not isinstance(gezegd, dict) or _van_wet(gezegd) or _van_wet(gemaakt):
            return self.omgeving.waarde(gezegd, element)
        uit: Inhoud = {}
        for naam in (*gemaakt, *(extra for extra in gezegd if extra not in gemaakt)):
            if naam in gezegd and gezegd[naam] is None:
                continue
            if naam in _PER_ITEM and isinstance(gezegd.get(naam, []), list) and (naam in gemaakt or naam in gezegd):
                items = gezegd.get(naam, [{}] if gemaakt.get(naam) else [])
                if not all(item is None or isinstance(item, dict) for item in items):
                    raise WaardeFout(f"{naam} is een lijst van onderdelen.", "Schrijf elk als {Element: waarde}.")
                uit[naam] = [self._item((gemaakt.get(naam) or [{}])[0], item or {}, plaats) for item in items]
            elif naam not in gezegd:
                uit[naam] = self._gemaakt(gemaakt[naam], plaats, naam)
            elif naam in gemaakt and isinstance(gezegd[naam], dict):
                uit[naam] = self._voeg(self._gemaakt_of_boom(gemaakt[naam], plaats, naam), gezegd[naam], plaats, naam)
            else:
                uit[naam] = self.omgeving.waarde(gezegd[naam], naam)
        return {naam: waarde for naam, waarde in uit.items() if waarde is not None}

    def _gemaakt_of_boom(self, gemaakt: Any, plaats: Mapping[str, Any], naam: str) -> Any:
        """A template of a group as it stands, for its parts are made one by one; a variable as the group it stands for."""
        is_uitdrukking = isinstance(gemaakt, str) and gemaakt.startswith("$") and gemaakt != "$nieuw"
        return self._gemaakt(gemaakt, plaats, naam) if is_uitdrukking else gemaakt

    def _gemaakt(self, gemaakt: Any, plaats: Mapping[str, Any], naam: str) -> Any:
        if isinstance(gemaakt, dict) and not _van_wet(gemaakt):
            return self._voeg(gemaakt, {}, plaats)
        if gemaakt == "$nieuw":
            return self.omgeving.vers(naam)
        if gemaakt == "$toewijzing":
            return self._laatste()
        if gemaakt == "$verzoek":
            return self._laatste_verzoek()
        namen = {"product": self.omgeving.waarde(sjablonen()["product"])}
        return self.omgeving.waarde(gemaakt, naam, namen | dict(plaats))

    def _item(self, gemaakt: Inhoud, gezegd: Inhoud, plaats: Mapping[str, Any]) -> Inhoud:
        """An item of a list; what it needs of a toewijzing comes from the one that it names."""
        if "ToewijzingNummer" in gemaakt:
            nummer = self.omgeving.waarde(gezegd.get("ToewijzingNummer"), "ToewijzingNummer")
            if nummer is None and "ToewijzingNummer" not in gezegd:
                nummer = self._gemaakt(gemaakt["ToewijzingNummer"], plaats, "ToewijzingNummer")
            van = self._van(nummer)
            gezegd = {**gezegd, "ToewijzingNummer": nummer}
            begin = self.verleden.start(self.partijen, str(nummer))
            plaats = {
                **plaats, "van": van, "start": begin or van.get("Ingangsdatum"), "periode": _binnen(self._periode, van)
            }  # fmt: skip
        if gemaakt.get("Product") == "$gevraagd":
            plaats = {**plaats, "gevraagd": self._gevraagd(gemaakt | gezegd, plaats)}
        if "Budget" in gezegd and "Omvang" not in gezegd:
            gemaakt = {naam: waarde for naam, waarde in gemaakt.items() if naam != "Omvang"}
        if "Omvang" in gezegd and "Budget" not in gezegd:
            gemaakt = {naam: waarde for naam, waarde in gemaakt.items() if naam != "Budget"}
        uit = self._voeg(gemaakt, gezegd, plaats)
        assert isinstance(uit, dict)
        return uit

    def _van(self, nummer: Any) -> Inhoud:
        """The toewijzing as the flow sent it last, else what a new one would be."""
        bekend = self.verleden.toewijzingen(self.partijen).get(str(nummer))
        if bekend:
            return bekend
        namen = {"product": self.omgeving.waarde(sjablonen()["product"])}
        nieuw = self.omgeving.waarde(sjablonen()["toewijzing"], None, namen)
        assert isinstance(nieuw, dict)
        return nieuw

    def _gevraagd(self, item: Inhoud, plaats: Mapping[str, Any]) -> Inhoud:
        """What a request asks: not what the client then has already, for that gets a signaal (OP307) or is refused (TR361)."""
        naam = next((naam for naam in _VANAF if naam in item), "")
        vanaf = self.omgeving.waarde(item.get(naam), naam, plaats) or self.omgeving.moment.date().isoformat()
        lopend = self.verleden.geldend(self.partijen, self.persoon["Bsn"], vanaf).values()
        keuze: list[Inhoud] = [self.omgeving.waarde(sjablonen()[naam]) for naam in ("product", "ander_product")]
        vrij = (product for product in keuze if not any(_zelfde(product, ander.get("Product")) for ander in lopend))
        return next(vrij, keuze[0])

    def _laatste(self) -> str:
        nummers = list(self.verleden.toewijzingen(self.partijen, self.persoon["Bsn"]))
        if not nummers:
            raise WaardeFout(
                "de flow stuurde voor deze cliënt nog geen toewijzing.",
                "Noem een ToewijzingNummer, of stuur eerst een 301.",
            )
        return nummers[-1]

    def _laatste_verzoek(self) -> str:
        referenties = list(self.verleden.verzoeken(self.partijen, self.persoon["Bsn"]))
        if not referenties:
            raise WaardeFout(
                "de flow stuurde voor deze cliënt nog geen verzoek.",
                "Noem een ReferentieAanbieder, of stuur eerst een 315.",
            )
        return referenties[-1]

    def _verzoeksjabloon(self, sjabloon: Inhoud, gezegd: Inhoud) -> Inhoud:
        """A 317 asks to change the last toewijzing, unless it says what it asks."""
        gevraagd = {"TeWijzigenProducten", "NieuweProducten"} & gezegd.keys() or {"TeWijzigenProducten"}
        weg = {"TeWijzigenProducten", "NieuweProducten"} - gevraagd
        verzoek = {naam: waarde for naam, waarde in sjabloon["Client"]["Verzoek"].items() if naam not in weg}
        return {"Client": {**sjabloon["Client"], "Verzoek": verzoek}}

    # what follows from the rest of the message

    def _maak_af(self, inhoud: Inhoud, gezegd: Mapping[str, Any]) -> None:
        if not all(isinstance(inhoud.get(naam, {}), dict) for naam in ("Client", "Antwoord", "Declaratie")):
            raise WaardeFout("een klasse is hier een losse waarde.", "Schrijf Client: {Element: waarde}.")
        if not {"Client", "Antwoord", "Declaratie"} & inhoud.keys():
            return
        match self.soort.nummer:
            case "301" if not self.alleen:
                self._nog_geldend(inhoud["Client"])
            case "317" if not self.alleen and "OngewijzigdeProducten" not in _diep(gezegd, "Client", "Verzoek"):
                self._ongewijzigd(inhoud["Client"])
            case "319":
                antwoord = inhoud["Antwoord"]
                if antwoord.get("VerzoekAntwoord") == _ONDERZOEK and not _diep(gezegd, "Antwoord").get(
                    "RedenAfwijzingVerzoek"
                ):
                    antwoord.pop("RedenAfwijzingVerzoek", None)
            case "323":
                reken(inhoud["Declaratie"])

    def _nog_geldend(self, client: Inhoud) -> None:
        """Every toewijzing that is still valid goes along (OP087), unchanged; what honours a VOW stands on all (IV093)."""
        producten = client.get("ToegewezenProducten", [])
        bsn = client.get("Bsn", "")
        soorten = self.verleden.verzoeken(self.partijen, bsn)
        vow = next((r for p in producten if soorten.get(r := p.get("ReferentieAanbieder", "")) == "317"), None)
        genoemd = {str(product.get("ToewijzingNummer")) for product in producten}
        dag = self.omgeving.moment.date().isoformat()
        for nummer, product in self.verleden.geldend(self.partijen, bsn, dag).items():
            if nummer not in genoemd:
                over = {naam: w for naam, w in product.items() if naam not in ("RedenWijziging", "ReferentieAanbieder")}
                producten.append(over | ({"ReferentieAanbieder": vow} if vow else {}))
        client["ToegewezenProducten"] = producten

    def _ongewijzigd(self, client: Inhoud) -> None:
        """Every toewijzing that is actual and not to be changed is named in a 317 (TR349)."""
        verzoek = client.get("Verzoek")
        if not isinstance(verzoek, dict):
            return
        genoemd = {str(product.get("ToewijzingNummer")) for product in verzoek.get("TeWijzigenProducten", ())}
        dag = self.omgeving.moment.date().isoformat()
        rest = [n for n in self.verleden.geldend(self.partijen, client.get("Bsn", ""), dag) if n not in genoemd]
        if rest:
            verzoek["OngewijzigdeProducten"] = [{"ToewijzingNummer": nummer} for nummer in rest]


def reken(declaratie: Inhoud) -> None:
    """Put in the amounts, in eurocent, that are not there: volume times tariff, and their sum."""
    totaal = 0
    for client in declaratie.get("Clienten", ()):
        for prestatie in client.get("Prestaties", ()):
            volume, tarief = prestatie.get("GeleverdVolume"), prestatie.get("ProductTarief", "1")
            if not _getal(volume) or not _getal(tarief):
                continue
            bedrag = {"Bedrag": str(int(volume) * int(tarief)), "DebetCredit": "D"}
            prestatie["IngediendBedrag"] = bedrag = bedrag | prestatie.get("IngediendBedrag", {})
            if _getal(bedrag["Bedrag"]):
                totaal += int(bedrag["Bedrag"]) * (-1 if bedrag["DebetCredit"] == "C" else 1)
    som = {"TotaalBedrag": str(abs(totaal)), "DebetCredit": "C" if totaal < 0 else "D"}
    declaratie["TotaalIngediendBedrag"] = som | declaratie.get("TotaalIngediendBedrag", {})


def _getal(tekst: Any) -> bool:
    return isinstance(tekst, str) and tekst.isascii() and tekst.isdigit()


def _binnen(periode: Inhoud, van: Inhoud) -> Inhoud:
    """The part of a period in which a toewijzing runs; days as text compare as days."""
    if not periode.keys() >= {"Begindatum", "Einddatum"}:
        return periode
    return {
        "Begindatum": max(periode["Begindatum"], van.get("Ingangsdatum") or periode["Begindatum"]),
        "Einddatum": min(periode["Einddatum"], van.get("Einddatum") or periode["Einddatum"]),
    }


def _zelfde(product: Inhoud, ander: Inhoud | None) -> bool:
    """Whether another is the same product as this one, which has a code; compared as TR302 does."""
    if ander is None:
        return True
    return ander.get("Categorie") == product["Categorie"] and ander.get("Code") in (None, product["Code"])


def _van_wet(boom: Inhoud) -> bool:
    return bool(boom) and boom.keys() <= {"iwmo", "ijw"}


def _diep(boom: Mapping[str, Any], *namen: str) -> Inhoud:
    """A group within what a step says; empty when it says nothing of it."""
    hier: Any = boom
    for naam in namen:
        hier = hier.get(naam) if isinstance(hier, Mapping) else None
    return dict(hier) if isinstance(hier, Mapping) else {}


def _over(basis: Inhoud, anders: Inhoud) -> Inhoud:
    uit = dict(basis)
    for naam, waarde in anders.items():
        oud = uit.get(naam)
        uit[naam] = _over(oud, waarde) if isinstance(oud, dict) and isinstance(waarde, dict) else waarde
    return uit


def _passend(boom: Any, vorm_: Vorm | None, gezegd: Any) -> Any:
    """Without the elements that this message does not have, unless the step says them: then it is told."""
    if isinstance(boom, list):
        return [_passend(item, vorm_, gezegd[i] if _heeft(gezegd, i) else {}) for i, item in enumerate(boom)]
    if vorm_ is None or not isinstance(boom, dict):
        return boom
    velden: dict[str, Veld] = {veld.naam: veld for veld in vorm_.velden}
    gezegd = gezegd if isinstance(gezegd, Mapping) else {}
    return {
        naam: _passend(waarde, velden[naam].vorm if naam in velden else None, gezegd.get(naam))
        for naam, waarde in boom.items()
        if naam in velden or naam in gezegd
    }


def _heeft(rij: Any, plek: int) -> bool:
    return isinstance(rij, list) and plek < len(rij)
