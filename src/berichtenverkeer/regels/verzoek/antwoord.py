"""Rules on an answer to a request (319): inside it, and against the request it answers."""

from collections.abc import Iterator

from ...levensloop.overgangen import Verzoeksoort
from ...levensloop.verzoek import AFGEWEZEN, IN_ONDERZOEK, WOONPLAATSBEGINSEL, Aanvraag
from ...levensloop.verzoek import antwoord as gegeven
from ...standaard.berichten.antwoord import Antwoord319
from ...standaard.domein import Domein
from ..bevinding import Niveau, Overtreding
from ..kennis import Context, Kennis
from ..regel import regel, signaal


@regel(Niveau.BERICHT, "0001", "319", Antwoord319)
def CD085(antwoord: Antwoord319, context: Context) -> Iterator[Overtreding]:
    """RedenAfwijzingVerzoek is gevuld als VerzoekAntwoord 1 (afgewezen) is."""
    if antwoord.VerzoekAntwoord == AFGEWEZEN and antwoord.RedenAfwijzingVerzoek is None:
        yield Overtreding(
            antwoord,
            "RedenAfwijzingVerzoek",
            "RedenAfwijzingVerzoek ontbreekt bij VerzoekAntwoord 1 (afgewezen).",
            "Vul de reden van de afwijzing.",
        )


@regel(Niveau.BERICHT, "0001", "319", Antwoord319)
def CD086(antwoord: Antwoord319, context: Context) -> Iterator[Overtreding]:
    """RedenAfwijzingVerzoek is leeg als VerzoekAntwoord 2 (in onderzoek) is."""
    if antwoord.VerzoekAntwoord == IN_ONDERZOEK and antwoord.RedenAfwijzingVerzoek is not None:
        yield Overtreding(
            antwoord,
            "RedenAfwijzingVerzoek",
            f"RedenAfwijzingVerzoek {antwoord.RedenAfwijzingVerzoek} is gevuld bij VerzoekAntwoord 2 (in onderzoek).",
            "Laat de reden weg, of gebruik VerzoekAntwoord 1 om af te wijzen.",
        )


@regel(Niveau.BERICHT, "0001", "319", Antwoord319, domein=Domein.IJW)
def TR377(antwoord: Antwoord319, context: Context) -> Iterator[Overtreding]:
    """De klasse Woonplaatsbeginsel is gevuld als RedenAfwijzingVerzoek 8 (woonplaatsbeginsel) is (IV095)."""
    if antwoord.RedenAfwijzingVerzoek == WOONPLAATSBEGINSEL and antwoord.Woonplaatsbeginsel is None:
        yield Overtreding(
            antwoord,
            "Woonplaatsbeginsel",
            "Woonplaatsbeginsel ontbreekt bij RedenAfwijzingVerzoek 8 (woonplaatsbeginsel).",
            "Vul de CBS-code van de gemeente die verantwoordelijk is.",
        )


@regel(Niveau.BERICHT, "0001", "319", Antwoord319, domein=Domein.IJW)
def TR409(antwoord: Antwoord319, context: Context) -> Iterator[Overtreding]:
    """De klasse Woonplaatsbeginsel ontbreekt als RedenAfwijzingVerzoek een andere waarde dan 8 heeft, of leeg is (IV095)."""
    if antwoord.RedenAfwijzingVerzoek != WOONPLAATSBEGINSEL and antwoord.Woonplaatsbeginsel is not None:
        yield Overtreding(
            antwoord,
            "Woonplaatsbeginsel",
            f"Woonplaatsbeginsel is gevuld (gemeente {antwoord.Woonplaatsbeginsel.Gemeente}) terwijl RedenAfwijzingVerzoek "
            f"{antwoord.RedenAfwijzingVerzoek or 'leeg'} is, geen 8.",
            "Laat Woonplaatsbeginsel weg, of gebruik reden 8.",
        )


@signaal(Niveau.BERICHT, "319", Antwoord319)
def IV095(antwoord: Antwoord319, context: Context) -> Iterator[Overtreding]:
    """RedenAfwijzingVerzoek 8 (woonplaatsbeginsel) is er alleen in iJw, en wijst een andere gemeente aan.

    Het XSD van iWmo laat 8 toe, maar de Wmo kent het woonplaatsbeginsel niet (tegenstrijdigheid 29). Woonplaatsbeginsel/Gemeente is
    niet de gemeente die afwijst.
    """
    if antwoord.RedenAfwijzingVerzoek != WOONPLAATSBEGINSEL:
        return
    advies = "Is een andere gemeente verantwoordelijk, gebruik dan RedenAfwijzingVerzoek 5."
    if context.domein is Domein.IWMO:
        melding = "RedenAfwijzingVerzoek 8 (woonplaatsbeginsel) bestaat alleen in iJw."
        yield Overtreding(antwoord, "RedenAfwijzingVerzoek", melding, advies)
    elif (elders := antwoord.Woonplaatsbeginsel) is not None and elders.Gemeente == context.bericht.Header.Afzender:
        yield Overtreding(
            antwoord,
            "Woonplaatsbeginsel/Gemeente",
            f"Als verantwoordelijke gemeente staat hier {elders.Gemeente}: de gemeente die zelf afwijst.",
            "Vul de code van de gemeente die wel verantwoordelijk is, of kies een andere reden.",
        )


@signaal(Niveau.BERICHTOVERSTIJGEND, "319", Antwoord319, domein=Domein.IJW)
def OP359(antwoord: Antwoord319, kennis: Kennis) -> Iterator[Overtreding]:
    """RedenAfwijzingVerzoek 8 (woonplaatsbeginsel) is er alleen om een VOT (315) af te wijzen, geen VOW (317).

    De codelijst noemt beide (tegenstrijdigheden, open punten). In iWmo is de reden er nooit (IV095).
    """
    aanvraag = _verzoek(antwoord, kennis)
    if (
        antwoord.RedenAfwijzingVerzoek == WOONPLAATSBEGINSEL
        and aanvraag is not None
        and aanvraag.soort is Verzoeksoort.VOW
    ):
        yield Overtreding(
            antwoord,
            "RedenAfwijzingVerzoek",
            f"RedenAfwijzingVerzoek 8 (woonplaatsbeginsel) kan alleen een 315 afwijzen; verzoek {aanvraag.referentie} is een 317.",
            "Is een andere gemeente verantwoordelijk geworden, gebruik dan RedenAfwijzingVerzoek 5.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9355", "319", Antwoord319)
def TR355(antwoord: Antwoord319, kennis: Kennis) -> Iterator[Overtreding]:
    """ReferentieAanbieder is die van een eerder 315 of 317 van deze aanbieder aan deze gemeente.

    Een verzoek aan een andere gemeente telt niet (afgeleid): alleen wie gevraagd is kan antwoorden.
    """
    if _verzoek(antwoord, kennis) is None:
        yield Overtreding(
            antwoord,
            "ReferentieAanbieder",
            f"Er is geen verzoek {antwoord.ReferentieAanbieder} van deze aanbieder aan deze gemeente.",
            "Neem ReferentieAanbieder letterlijk over uit het verzoek en controleer de aanbieder; is er geen verzoek, stuur dan geen antwoord.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9359", "319", Antwoord319)
def TR359(antwoord: Antwoord319, kennis: Kennis) -> Iterator[Overtreding]:
    """Er is nog geen toewijzing met deze ReferentieAanbieder: een gehonoreerd verzoek is afgehandeld."""
    aanvraag = _verzoek(antwoord, kennis)
    if aanvraag is not None and aanvraag.honoreringen:
        yield Overtreding(
            antwoord,
            "ReferentieAanbieder",
            f"Verzoek {aanvraag.referentie} is al gehonoreerd met een toewijzingsbericht.",
            "Stuur geen antwoord meer; trek met een toewijzingsbericht in wat onterecht is toegewezen.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9360", "319", Antwoord319)
def TR360(antwoord: Antwoord319, kennis: Kennis) -> Iterator[Overtreding]:
    """VerzoekAntwoord 2 (in onderzoek) mag alleen als eerste antwoord op een verzoek."""
    aanvraag = _verzoek(antwoord, kennis)
    if aanvraag is not None and aanvraag.antwoorden and antwoord.VerzoekAntwoord == IN_ONDERZOEK:
        yield Overtreding(
            antwoord,
            "VerzoekAntwoord",
            f"VerzoekAntwoord 2 kan niet: op verzoek {aanvraag.referentie} is al een antwoord gestuurd, met VerzoekAntwoord "
            f"{gegeven(aanvraag.antwoorden[-1]).VerzoekAntwoord}.",
            "Meld het onderzoek niet opnieuw; besluit het verzoek met een toewijzing of met VerzoekAntwoord 1.",
        )


@regel(Niveau.BERICHTOVERSTIJGEND, "9365", "319", Antwoord319)
def TR365(antwoord: Antwoord319, kennis: Kennis) -> Iterator[Overtreding]:
    """Een eerder antwoord op hetzelfde verzoek heeft VerzoekAntwoord 2: na een afwijzing volgt geen antwoord meer."""
    aanvraag = _verzoek(antwoord, kennis)
    if aanvraag is None:
        return
    if any(gegeven(eerder).VerzoekAntwoord != IN_ONDERZOEK for eerder in aanvraag.antwoorden):
        yield Overtreding(
            antwoord,
            "ReferentieAanbieder",
            f"Verzoek {aanvraag.referentie} is al afgewezen.",
            "Stuur geen antwoord meer; wijs toe als de afwijzing onjuist was, of laat de aanbieder opnieuw vragen.",
        )


def _verzoek(antwoord: Antwoord319, kennis: Kennis) -> Aanvraag | None:
    return kennis.dossier.verzoeken.get(antwoord.ReferentieAanbieder)
