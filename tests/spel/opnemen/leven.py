"""Lives of a client as flows: any messages in any order, often refused, with a person of whom everything is filled in."""

from typing import Any

from hypothesis import strategies as st

Stap = dict[str, Any]

_TEKSTEN = st.sampled_from(
    [
        "Zwaluwhart",
        "O'Neil: {geheim}",
        "# Geheimenis",
        "null en niets",
        "Ünïcode 😀 Jansen",
        "- lijstje",
        "&anker *ster",
    ]
)
_NUMMERS = st.integers(12_345, 99_999).map(str)
_REDENEN = {"iwmo": ["19", "20", "21"], "ijw": ["31", "20", "32"]}
_CODES = {
    "301": ("302", "Client/ToegewezenProducten/ToegewezenProduct[1]", "9332"),
    "305": ("306", "Client/StartProducten/StartProduct[1]", "9074"),
    "307": ("308", "Client/StopProducten/StopProduct[1]", "9069"),
    "315": ("316", "Client/AangevraagdeProducten/AangevraagdProduct[1]", "9347"),
    "317": ("318", "Client/Verzoek", "9347"),
    "319": ("320", "Antwoord", "9372"),
    "323": ("325", "Declaratie/Clienten/Client[1]/Prestaties/Prestatie[1]", "9384"),
}
"""The answer on each kind of message, and a class and a code to refuse it with."""


@st.composite
def levens(draw: st.DrawFn, wet: str) -> dict[str, Any]:
    """A flow of up to a dozen messages; what comes of them is not known."""
    zelf = [rol for rol in ("gemeente", "aanbieder") if draw(st.integers(0, 3)) == 0]
    stappen: list[Stap] = [_toewijzing(draw, "$t1")]
    for nummer in range(draw(st.integers(2, 9))):
        stap = draw(st.sampled_from(_STAPPEN))(draw, wet, nummer)
        if draw(st.booleans()):
            stap["op"] = f"+{draw(st.integers(0, 40))}d {draw(st.integers(8, 17)):02}:{draw(st.integers(0, 59)):02}"
        stappen.append(stap | {"naam": f"stap{nummer}"})
        naar = "gemeente" if stap["stuur"] in ("305", "307", "315", "317", "323") else "aanbieder"
        if naar in zelf and draw(st.booleans()):
            soort, pad, code = _CODES[stap["stuur"]]
            codes = {pad: code} if draw(st.booleans()) else {}
            stappen.append({"antwoord": soort, "antwoord_op": f"stap{nummer}", "codes": codes, "op": "+1d"})
    return {
        "flow": "leven",
        "wetten": [wet],
        "klok": "2026-03-02T09:00:00",
        "partijen": {
            rol: {"rol": rol, "beoordeling": "partij" if rol in zelf else "knooppunt"}
            for rol in ("gemeente", "aanbieder")
        },
        "clienten": {"client": _persoon(draw)},
        "stappen": stappen,
    }


def _persoon(draw: st.DrawFn) -> Stap:
    return {
        "Geboortedatum": {"Datum": draw(st.sampled_from(["1961-11-23", "2012-05-17", "1950-01-01", "1987-03-01"]))},
        "Geslacht": draw(st.sampled_from("012")),
        "Naam": {
            "Geslachtsnaam": {"Achternaam": draw(_TEKSTEN), "Voorvoegsel": "van 't"},
            "Voornamen": draw(_TEKSTEN), "Voorletters": "QZ",
        },
    }  # fmt: skip


def _contact(draw: st.DrawFn) -> Stap:
    return {
        "Soort": "01",
        "Adres": {
            "Huis": {"Huisnummer": draw(_NUMMERS), "Huisletter": "Q", "AanduidingWoonadres": "WW"},
            "Postcode": draw(st.sampled_from(["9876ZX", "1234AB"])), "Straatnaam": "Zwanenzanglaan",
            "Plaatsnaam": draw(_TEKSTEN), "LandCode": "NL",
        },
        "Telefoon": {"Telefoon01": {"Telefoonnummer": draw(_NUMMERS), "Landnummer": "+599"}},
        "Emailadres": "zwaluw@zwaluwhart.example",
    }  # fmt: skip


def _toewijzing(draw: st.DrawFn, nummer: str) -> Stap:
    product: Stap = {
        "ToewijzingNummer": nummer,
        "Ingangsdatum": f"$begin{draw(st.integers(-60, 30)):+}d",
        "Einddatum": f"$begin+{draw(st.integers(31, 400))}d",
        "Omvang": {"Volume": draw(st.integers(1, 9).map(str)), "Eenheid": "04", "Frequentie": "2"},
    }
    if draw(st.booleans()):
        product["Commentaar"] = draw(_TEKSTEN)
    if draw(st.integers(0, 5)) == 0:
        product["RedenWijziging"] = "13"
    client: Stap = {"Contactgegevens": [_contact(draw)], "ToegewezenProducten": [product]}
    if draw(st.booleans()):
        client |= {"JuridischeStatus": "11", "WettelijkeVertegenwoordiging": "06", "Commentaar": draw(_TEKSTEN)}
    if draw(st.integers(0, 2)) == 0:
        naam = {"Geslachtsnaam": {"Achternaam": draw(_TEKSTEN)}, "NaamGebruik": "1"}
        client["Relaties"] = [{"Nummer": draw(_NUMMERS), "Soort": "16", "Naam": naam, "Contact": _contact(draw)}]
    return {"stuur": "301", "inhoud": {"Client": client}}


def _nog_een(draw: st.DrawFn, wet: str, nummer: int) -> Stap:
    return _toewijzing(draw, draw(st.sampled_from(["$t1", "$t2"])))


def _start(draw: st.DrawFn, wet: str, nummer: int) -> Stap:
    begin = draw(st.sampled_from(["$begin", "$begin+3d", "$vandaag"]))
    start = {"ToewijzingNummer": "$t1", "Begindatum": begin, "StatusAanlevering": draw(st.sampled_from("113"))}
    return {"stuur": "305", "inhoud": {"Client": {"StartProducten": [start]}}}


def _stop(draw: st.DrawFn, wet: str, nummer: int) -> Stap:
    stop = {
        "ToewijzingNummer": "$t1", "RedenBeeindiging": draw(st.sampled_from(_REDENEN[wet])),
        "Einddatum": "$vandaag", "StatusAanlevering": draw(st.sampled_from("113")),
    }  # fmt: skip
    return {"stuur": "307", "inhoud": {"Client": {"StopProducten": [stop]}}}


def _vot(draw: st.DrawFn, wet: str, nummer: int) -> Stap:
    verwijzer = {"Type": "02", "Naam": draw(_TEKSTEN), "ZorgverlenerCode": "01012345"}
    product = {
        "ReferentieAanbieder": f"$r{draw(st.integers(1, 2))}",
        "Verwijzer": verwijzer,
        "BeschikkingNummer": "7654321",
    }
    return {"stuur": "315", "inhoud": {"Client": {"AangevraagdeProducten": [product]}}}


def _vow(draw: st.DrawFn, wet: str, nummer: int) -> Stap:
    verzoek = {
        "ReferentieAanbieder": f"$r{draw(st.integers(1, 2))}",
        "TeWijzigenProducten": [{"ToewijzingNummer": "$t1"}],
    }
    return {"stuur": "317", "inhoud": {"Client": {"Verzoek": verzoek}}}


def _antwoord(draw: st.DrawFn, wet: str, nummer: int) -> Stap:
    antwoord = {"ReferentieAanbieder": f"$r{draw(st.integers(1, 2))}", "VerzoekAntwoord": draw(st.sampled_from("12"))}
    return {"stuur": "319", "inhoud": {"Antwoord": antwoord}}


def _declaratie(draw: st.DrawFn, wet: str, nummer: int) -> Stap:
    prestatie = {
        "ToewijzingNummer": "$t1", "GeleverdVolume": draw(st.integers(1, 30).map(str)),
        "ProductReferentie": {"ReferentieNummer": f"$p{draw(st.integers(1, 3))}"},
    }  # fmt: skip
    declaratie = {"DeclaratieNummer": f"$d{draw(st.integers(1, 3))}", "Clienten": [{"Prestaties": [prestatie]}]}
    return {"stuur": "323", "op": f"+{draw(st.integers(20, 45))}d", "inhoud": {"Declaratie": declaratie}}


_STAPPEN = [_nog_een, _start, _start, _stop, _vot, _vow, _antwoord, _declaratie]
