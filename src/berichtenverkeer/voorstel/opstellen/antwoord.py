"""The 319 on a request: refused with a reason, or under investigation."""

from ...levensloop.overgangen import Verzoeksoort, Verzoektoestand
from ...levensloop.verzoek import AFGEWEZEN, IN_ONDERZOEK, WOONPLAATSBEGINSEL, Aanvraag
from ...standaard.berichten.antwoord import Antwoord319, Bericht319, Woonplaatsbeginsel
from ...standaard.domein import Domein
from .voorstel import Uitgangspunt, Voorstel, Vraag, weigering


def wijs_af(u: Uitgangspunt, aanvraag: Aanvraag, reden: str | None, gemeente: str | None = None) -> Voorstel:
    """The 319 that refuses a request. ``gemeente`` is the one that is responsible instead, with reason 8."""
    soort = u.soort("319")
    if bezwaar := _afgedaan(aanvraag):
        return weigering(soort, bezwaar)
    redenen = _redenen(u, aanvraag)
    if reden is None:
        vraag = "Waarom wijst u het verzoek af?"
        return Voorstel(soort, (), (Vraag("reden", vraag, u.keuzes("WJ759", "319", redenen)),))
    if reden not in redenen:
        waarom = f"Reden {reden} kan hier niet; kies {', '.join(redenen)}."
        if reden == WOONPLAATSBEGINSEL:
            waarom += " Woonplaatsbeginsel bestaat alleen in iJw en alleen bij een VOT; gebruik anders 5 (IV095)."
        return weigering(soort, waarom)
    if reden == WOONPLAATSBEGINSEL and gemeente is None:
        vraag = "Welke gemeente is volgens het woonplaatsbeginsel verantwoordelijk? Geef haar CBS-code (TR377)."
        return Voorstel(soort, (), (Vraag("gemeente", vraag),))
    if reden != WOONPLAATSBEGINSEL and gemeente is not None:
        return weigering(soort, "Een verantwoordelijke gemeente hoort alleen bij reden 8 (TR409).")
    uitleg = f"Verzoek {aanvraag.referentie} wordt afgewezen: {u.lijst('WJ759', '319').label(reden)} ({reden})."
    antwoord = Antwoord319(
        ReferentieAanbieder=aanvraag.referentie,
        VerzoekAntwoord=AFGEWEZEN,
        RedenAfwijzingVerzoek=reden,
        Woonplaatsbeginsel=Woonplaatsbeginsel(Gemeente=gemeente) if gemeente else None,
    )
    return _voorstel(u, antwoord, uitleg, "Bestaande toewijzingen blijven gelden.")


def meld_onderzoek(u: Uitgangspunt, aanvraag: Aanvraag) -> Voorstel:
    """The 319 that says a request takes longer to decide."""
    if bezwaar := _afgedaan(aanvraag):
        return weigering(u.soort("319"), bezwaar)
    if aanvraag.toestand is Verzoektoestand.IN_ONDERZOEK:
        return weigering(u.soort("319"), f"Dat verzoek {aanvraag.referentie} in onderzoek is, is al gemeld (TR360).")
    antwoord = Antwoord319(ReferentieAanbieder=aanvraag.referentie, VerzoekAntwoord=IN_ONDERZOEK)
    dagtekening = aanvraag.ingediend.herkomst.dagtekening
    return _voorstel(
        u,
        antwoord,
        f"Verzoek {aanvraag.referentie} komt in onderzoek.",
        f"Besluit binnen acht weken na de dagtekening {dagtekening} (OP274, OP346).",
    )


def _voorstel(u: Uitgangspunt, antwoord: Antwoord319, *uitleg: str) -> Voorstel:
    soort = u.soort("319")
    return Voorstel(soort, uitleg, (), Bericht319(Header=u.header(soort), Antwoord=antwoord))


def _afgedaan(aanvraag: Aanvraag) -> str | None:
    if aanvraag.onderhanden:
        return None
    regel = "TR359" if aanvraag.toestand is Verzoektoestand.GEHONOREERD else "TR365"
    return f"Verzoek {aanvraag.referentie} is al {aanvraag.toestand}; er volgt geen antwoord meer ({regel})."


def _redenen(u: Uitgangspunt, aanvraag: Aanvraag) -> tuple[str, ...]:
    woonplaats = u.sleutel.domein is Domein.IJW and aanvraag.soort is Verzoeksoort.VOT
    codes = u.lijst("WJ759", "319").codes
    return tuple(code for code in codes if woonplaats or code != WOONPLAATSBEGINSEL)
