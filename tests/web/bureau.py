"""A hoofdaannemer on the node with pages, with a partner without VECOZO: what both of them have to look at."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from tests.api.hoofdaannemer.conftest import BIJDRAGEN, SEGMENTEN, TARIEVEN, VRAGENLIJST, H
from tests.berichten import Dossier, bsns
from tests.knoop import HOOFDAANNEMER, NU, Klant, Knoop, Paar

from berichtenverkeer.opslag import versies
from berichtenverkeer.opslag.database import schrijvend
from berichtenverkeer.opslag.partijen import partijen

PARTNER, ANDER_PARTNER = "dekker", "visser"

KWADE_NAAM = "<b>Zorg</b> \u202eom<script>alert(1)</script>"
"""What a partner is called by someone with bad intentions."""

PARTNERS = (
    "code;naam;soort;kvk;gemeente;segment;van;tot;toestemming\n"
    f"{PARTNER};Dekker;onderaannemer;12345678;;;2020-01-01;;\n{ANDER_PARTNER};Visser & Zn;combinant;;;;2020-01-01;2026-06-30;\n"
    f"kwaad;{KWADE_NAAM};combinant;;;;2020-01-01;;\n"
)


@dataclass
class Bureau:
    """The hoofdaannemer, by HTTP."""

    knoop: Knoop
    paar: Paar
    partner: Klant
    nummers: Iterator[int] = field(default_factory=lambda: count(5001))
    bsns: Iterator[str] = field(default_factory=bsns)

    def dossier(self) -> Dossier:
        """Another client."""
        return replace(self.paar.dossier(nummer=next(self.nummers)), bsn=next(self.bsns))

    def wijs_toe(self, wie: Dossier, **velden: str) -> tuple[int, str]:
        """A toewijzing of the gemeente, of 1 February up to and including 31 December when nothing else is said: its number and its id."""
        self.paar.gemeente.goedgekeurd(wie.toewijzing(**velden))
        [rij] = self.paar.aanbieder.toewijzingen(toewijzingnummer=wie.nummer)
        return wie.nummer, rij["id"]

    def toegewezen(self, **velden: str) -> tuple[int, str]:
        """The same, of another client."""
        return self.wijs_toe(self.dossier(), **velden)

    def gestart(self, aantal: int) -> None:
        """So many clients of whom the delivery started in February: enough for a figure that may be shown."""
        for _ in range(aantal):
            wie = self.dossier()
            self.paar.gemeente.goedgekeurd(wie.toewijzing())
            self.paar.aanbieder.goedgekeurd(wie.start())

    def doorgegeven(self, wie: Dossier | None = None, **velden: str) -> tuple[int, str]:
        """The same, passed on to the partner from 1 February on: its number, and the id of the inzet."""
        nummer, id_ = self.wijs_toe(wie or self.dossier(), **velden)
        vraag = {"toewijzing": id_, "partner": PARTNER, "klasse": "licht", "van": "2026-02-01"}
        antwoord = self.paar.aanbieder.post(f"{H}/inzetten", json=vraag)
        assert antwoord.status_code == 201, antwoord.text
        return nummer, antwoord.json()["id"]

    def bijna_om(self) -> None:
        """Toewijzingen that end about now: one with nothing done, one too late, one that the hoofdaannemer is to go on with."""
        self.doorgegeven(Einddatum="2026-03-31")
        self.doorgegeven(Einddatum="2026-03-10")
        wie = self.dossier()
        _, inzet = self.doorgegeven(wie, Einddatum="2026-03-25")
        self.paar.aanbieder.goedgekeurd(wie.start())
        self.paar.aanbieder.goedgekeurd(wie.stop(Einddatum="2026-03-01", RedenBeeindiging="37"))
        melding = {"soort": "evaluatie", "datum": "2026-03-01"}
        assert self.partner.post(f"/v1/inzetten/{inzet}/meldingen", json=melding).status_code == 200
        self.wijs_toe(replace(wie, nummer=next(self.nummers)), Ingangsdatum="2026-03-26")

    def zet_om(self, oud: str) -> None:
        """The gemeente converts the product with this code, of which there is one toewijzing, from today on."""
        klok = {"Bv-Klok": "2026-03-02T13:00:00"}
        tabel = [{"oude_code": oud, "categorie": "02", "code": "02Z01"}]
        vraag = {"domein": "iwmo", "per": "2026-03-02", "tabel": tabel, "vanaf_nummer": next(self.nummers)}
        gemaakt = self.paar.gemeente.post("/v1/voorstellen/productconversie?uit=xml", json=vraag, headers=klok).json()
        for client in gemaakt["clienten"]:
            self.paar.gemeente.goedgekeurd(client["xml"].encode(), **klok)

    def omgezet(self, oud: str) -> int:
        """A toewijzing with this product code that was passed on, begun, and then converted: its number."""
        wie = self.dossier()
        nummer, _ = self.doorgegeven(wie, Product__Code=oud)
        self.paar.aanbieder.goedgekeurd(wie.start())
        self.zet_om(oud)
        return nummer

    def laad(self, soort: str, inhoud: str, mediatype: str = "text/csv") -> None:
        """Load a file."""
        kop = {"Content-Type": mediatype}
        antwoord = self.paar.aanbieder.post(f"{H}/laden/{soort}", content=inhoud.encode(), headers=kop)
        assert antwoord.status_code == 200, antwoord.text

    def factuur(self, factuurnummer: str, toewijzing: int, euro: str, partner: str = PARTNER) -> str:
        """An invoice over February, as a file."""
        g = self.paar.gemeentecode
        return f"{FACTUURKOP}{factuurnummer};{partner};2026-02;{g};{toewijzing};iwmo;licht;{euro}\n"


FACTUURKOP = "factuurnummer;partner;maand;gemeente;toewijzingnummer;domein;klasse;euro\n"


def maak_bureau(knoop: Knoop) -> Bureau:
    """With partners, segmenten, tariffs, and one toewijzing that was passed on."""
    with schrijvend(knoop.engine) as verbinding:
        for code, naam in ((PARTNER, "Dekker"), (ANDER_PARTNER, "Visser & Zn")):
            partijen.voeg_toe(verbinding, code, "onderaannemer", naam, NU)
            knoop.tokens[code] = f"token-van-{code}"
            partijen.geef_token(verbinding, code, knoop.tokens[code], NU)
        versies.verhoog(verbinding, versies.TOEGANG)
    knoop.binnen.register.kijk()
    bureau = Bureau(knoop, knoop.paar(HOOFDAANNEMER), knoop.klant(PARTNER))
    g = bureau.paar.gemeentecode
    plekken = f"gemeente;segment;partner;aantal;van;tot\n{g};begeleiding;;2;2026-01-01;\n"
    lumpsum = f"gemeente;segment;jaar;euro\n{g};begeleiding;2026;100000,00\n{g};vervoer;2026;5000,00\n"
    betalingen = f"gemeente;segment;maand;euro\n{g};begeleiding;2026-01;8333,33\n"
    for soort, inhoud in (
        ("segmenten", SEGMENTEN), ("partners", PARTNERS), ("tarieven", TARIEVEN), ("bijdragen", BIJDRAGEN), ("plekken", plekken),
        ("lumpsum", lumpsum), ("betalingen", betalingen),
    ):  # fmt: skip
        bureau.laad(soort, inhoud)
    bureau.laad("vragenlijst", VRAGENLIJST, "application/yaml")
    nummer, _ = bureau.doorgegeven()
    bureau.laad("facturen", bureau.factuur("F-0", nummer, "363,00"))
    bureau.omgezet("02T09")
    bureau.bijna_om()
    bureau.gestart(11)
    return bureau
