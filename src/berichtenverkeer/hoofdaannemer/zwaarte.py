"""The weight of a case: a questionnaire with a version, and what its answers come to (contract, Weight of a case).

How the field's own form adds up is not published, so the questionnaire is loaded; this room takes it as parsed YAML.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from .fouten import Bezwaar, Geweigerd


@dataclass(frozen=True, slots=True)
class Keuzevraag:
    """A question with named answers and their points."""

    code: str
    vraag: str
    antwoorden: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Getalvraag:
    """A question after a number from ``van`` to ``tot``, both included, with so many points each."""

    code: str
    vraag: str
    van: int
    tot: int
    punten: int


Vraag = Keuzevraag | Getalvraag


@dataclass(frozen=True, slots=True)
class Klasse:
    """A klasse up to and including so many points; the last without ``tot``."""

    klasse: str
    tot: int | None


@dataclass(frozen=True, slots=True)
class Vragenlijst:
    """A questionnaire. A filled one is kept with its ``versie``."""

    versie: str | int
    vragen: tuple[Vraag, ...]
    klassen: tuple[Klasse, ...]


@dataclass(frozen=True, slots=True)
class Beoordeling:
    """A filled questionnaire: its answers by the code of the question, the points and the klasse."""

    versie: str | int
    antwoorden: Mapping[str, str | int]
    punten: int
    klasse: str


def lees_vragenlijst(waarde: object) -> Vragenlijst:
    """The questionnaire that a YAML file says. Raises ``Geweigerd`` with every fault at its place, such as ``vragen[2].code``."""
    lezer = _Lezer()
    bron = lezer.afbeelding(waarde, "", {"versie", "vragen", "klassen"})
    versie = lezer.versie(bron.get("versie"))
    vragen = tuple(
        lezer.vraag(een, f"vragen[{nr}]") for nr, een in enumerate(lezer.lijst(bron.get("vragen"), "vragen"), 1)
    )
    klassen = tuple(
        lezer.klasse(een, f"klassen[{nr}]") for nr, een in enumerate(lezer.lijst(bron.get("klassen"), "klassen"), 1)
    )
    lezer.eenmalig([vraag.code for vraag in vragen if vraag], "vragen", "code")
    lezer.eenmalig([klasse.klasse for klasse in klassen if klasse], "klassen", "klasse")
    lezer.oplopend(klassen)
    if lezer.fouten:
        raise Geweigerd(lezer.fouten)
    return Vragenlijst(versie, tuple(v for v in vragen if v), tuple(k for k in klassen if k))


def beoordeel(lijst: Vragenlijst, antwoorden: Mapping[str, object]) -> Beoordeling:
    """What answers come to. Raises ``Geweigerd`` with every question that lacks an answer or has one it does not know."""
    fouten: list[Bezwaar] = []
    goed: dict[str, str | int] = {}
    punten = 0
    for vraag in lijst.vragen:
        if vraag.code not in antwoorden or antwoorden[vraag.code] is None:
            fouten.append(
                Bezwaar(f"antwoorden.{vraag.code}", f"Deze vraag is niet beantwoord: {vraag.vraag}", _keus(vraag))
            )
            continue
        antwoord = antwoorden[vraag.code]
        gevonden = _punten(vraag, antwoord)
        if gevonden is None:
            fouten.append(Bezwaar(f"antwoorden.{vraag.code}", "Dit antwoord kan niet bij deze vraag.", _keus(vraag)))
        else:
            assert isinstance(antwoord, str | int)
            goed[vraag.code] = antwoord
            punten += gevonden
    bekend = {vraag.code for vraag in lijst.vragen}
    fouten += [
        Bezwaar(f"antwoorden.{code}", "Deze vraag staat niet op de vragenlijst.", "Laat haar weg.")
        for code in antwoorden
        if code not in bekend
    ]
    if fouten:
        raise Geweigerd(fouten)
    return Beoordeling(lijst.versie, goed, punten, klasse_van(lijst, punten))


def klasse_van(lijst: Vragenlijst, punten: int) -> str:
    """The klasse of so many points."""
    return next(klasse.klasse for klasse in lijst.klassen if klasse.tot is None or punten <= klasse.tot)


def zonder_reden(laatste: Beoordeling | None, klasse: str, reden: str) -> Iterator[Bezwaar]:
    """A klasse that departs from the last filled questionnaire needs a reason; what is wrong when it has none."""
    if laatste is not None and laatste.klasse != klasse and not reden.strip():
        melding = f"De vragenlijst kwam op {laatste.klasse}, niet op {klasse}."
        yield Bezwaar("reden", melding, "Geef de reden daarvoor.")


def _punten(vraag: Vraag, antwoord: object) -> int | None:
    """The points of an answer; None for one that the question does not know."""
    if isinstance(vraag, Keuzevraag):
        return vraag.antwoorden.get(antwoord) if isinstance(antwoord, str) else None
    if isinstance(antwoord, bool) or not isinstance(antwoord, int) or not vraag.van <= antwoord <= vraag.tot:
        return None
    return antwoord * vraag.punten


def _keus(vraag: Vraag) -> str:
    if isinstance(vraag, Keuzevraag):
        return f"Kies uit: {', '.join(vraag.antwoorden)}."
    return f"Vul een heel getal van {vraag.van} tot en met {vraag.tot}."


class _Lezer:
    """Reads what YAML gave, and gathers what is wrong with it."""

    def __init__(self) -> None:
        self.fouten: list[Bezwaar] = []

    def fout(self, plaats: str, melding: str, advies: str = "") -> None:
        self.fouten.append(Bezwaar(plaats, melding, advies))

    def afbeelding(self, waarde: object, plaats: str, bekend: set[str]) -> Mapping[str, object]:
        if not isinstance(waarde, dict):
            self.fout(
                plaats or "vragenlijst", "Hier horen namen met waarden te staan.", f"Vul {', '.join(sorted(bekend))}."
            )
            return {}
        for naam in waarde:
            if naam not in bekend:
                self.fout(
                    _onder(plaats, naam), "Deze naam is hier niet bekend.", f"Bekend zijn {', '.join(sorted(bekend))}."
                )
        return {naam: waarde[naam] for naam in waarde if isinstance(naam, str)}

    def lijst(self, waarde: object, plaats: str) -> list[object]:
        if isinstance(waarde, list) and waarde:
            return waarde
        self.fout(plaats, "Hier hoort een lijst te staan met minstens één regel.")
        return []

    def versie(self, waarde: object) -> str | int:
        if isinstance(waarde, date):
            return waarde.isoformat()
        if isinstance(waarde, str) and waarde.strip():
            return waarde.strip()
        if isinstance(waarde, int) and not isinstance(waarde, bool):
            return waarde
        self.fout("versie", "De versie ontbreekt of is geen tekst of heel getal.", "Vul bijvoorbeeld 2026-1.")
        return ""

    def tekst(self, waarde: object, plaats: str) -> str:
        if isinstance(waarde, str) and waarde.strip():
            return waarde.strip()
        if isinstance(waarde, int) and not isinstance(waarde, bool):
            return str(waarde)
        self.fout(plaats, "Hier hoort tekst te staan.")
        return ""

    def getal(self, waarde: object, plaats: str) -> int:
        if isinstance(waarde, int) and not isinstance(waarde, bool):
            return waarde
        self.fout(plaats, "Hier hoort een heel getal te staan.")
        return 0

    def vraag(self, waarde: object, plaats: str) -> Vraag | None:
        bron = self.afbeelding(waarde, plaats, {"code", "vraag", "antwoorden", "getal"})
        if not bron:
            return None
        code, tekst = self.tekst(bron.get("code"), f"{plaats}.code"), self.tekst(bron.get("vraag"), f"{plaats}.vraag")
        if ("antwoorden" in bron) == ("getal" in bron):
            self.fout(plaats, "Een vraag heeft antwoorden of een getal.", "Vul een van beide.")
            return None
        if "getal" in bron:
            return self._getalvraag(code, tekst, bron["getal"], f"{plaats}.getal")
        return self._keuzevraag(code, tekst, bron["antwoorden"], f"{plaats}.antwoorden")

    def _getalvraag(self, code: str, tekst: str, waarde: object, plaats: str) -> Vraag:
        bron = self.afbeelding(waarde, plaats, {"van", "tot", "punten"})
        van, tot, punten = (self.getal(bron.get(naam), f"{plaats}.{naam}") for naam in ("van", "tot", "punten"))
        if tot < van:
            self.fout(f"{plaats}.tot", f"Het hoogste ({tot}) ligt onder het laagste ({van}).")
        return Getalvraag(code, tekst, van, tot, punten)

    def _keuzevraag(self, code: str, tekst: str, waarde: object, plaats: str) -> Vraag | None:
        if not isinstance(waarde, dict) or not waarde:
            self.fout(
                plaats, "Hier horen antwoorden met hun punten te staan.", "Vul bijvoorbeeld {Ja: 0, Deels: 1, Nee: 2}."
            )
            return None
        antwoorden: dict[str, int] = {}
        for naam, punten in waarde.items():
            if isinstance(naam, str):
                antwoorden[naam] = self.getal(punten, f"{plaats}.{naam}")
            else:
                self.fout(plaats, f"Het antwoord {naam} is geen tekst.", "Zet het tussen aanhalingstekens.")
        return Keuzevraag(code, tekst, antwoorden)

    def klasse(self, waarde: object, plaats: str) -> Klasse | None:
        bron = self.afbeelding(waarde, plaats, {"klasse", "tot"})
        if not bron:
            return None
        tot = self.getal(bron["tot"], f"{plaats}.tot") if bron.get("tot") is not None else None
        return Klasse(self.tekst(bron.get("klasse"), f"{plaats}.klasse"), tot)

    def eenmalig(self, namen: list[str], plaats: str, veld: str) -> None:
        for naam in dict.fromkeys(naam for naam in namen if naam and namen.count(naam) > 1):
            self.fout(plaats, f"De {veld} {naam} komt meer dan eens voor.", "Geef ieder een eigen.")

    def oplopend(self, klassen: tuple[Klasse | None, ...]) -> None:
        """Each next one reaches further, and only the last has no tot."""
        vorige: int | None = None
        for nummer, klasse in enumerate(klassen, start=1):
            if klasse is None:
                continue
            plaats, laatste = f"klassen[{nummer}].tot", nummer == len(klassen)
            if klasse.tot is None and not laatste:
                self.fout(plaats, "Alleen de laatste klasse heeft geen tot.", "Vul tot en met hoeveel punten.")
            elif klasse.tot is not None and laatste:
                self.fout(
                    plaats, "De laatste klasse heeft geen tot.", "Laat tot weg: anders hebben meer punten geen klasse."
                )
            elif klasse.tot is not None and vorige is not None and klasse.tot <= vorige:
                self.fout(
                    plaats, f"Deze klasse reikt niet verder dan de vorige ({vorige}).", "Zet de klassen op volgorde."
                )
            vorige = klasse.tot if klasse.tot is not None else vorige


def _onder(plaats: str, naam: object) -> str:
    return f"{plaats}.{naam}" if plaats else str(naam)
