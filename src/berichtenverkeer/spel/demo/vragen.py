"""Requests in the stories: what an aanbieder asks (315, 317), and what a gemeente answers (319)."""

from typing import Any

from .bouw import Inhoud, Ontwerp, Toewijzing, Zaak

HUISARTS = {"Type": "02", "Naam": "Testhuisarts"}


def product(z: Zaak, van: str, tot: str, **anders: Any) -> Inhoud:
    """What the aanbieder delivers, as an AangevraagdProduct with a reference of its own."""
    inhoud: Inhoud = {
        "ReferentieAanbieder": z.regio.referentie(z.aanbieder.deelnemer.code),
        "Product": z.aanbieder.product,
        "ToewijzingIngangsdatum": z.dag(van),
        "ToewijzingEinddatum": z.dag(tot),
        "Omvang": z.aanbieder.omvang,
        "Verwijzer": HUISARTS,
    }
    return inhoud | anders


def vot(z: Zaak, op: str, *producten: Inhoud, fout: str = "") -> Ontwerp:
    """Ask for a toewijzing of each of these products."""
    moment = z.regio.moment(z.dag(op))
    client = {**z.persoon(), "AangevraagdeProducten": list(producten)}
    return z.stuur("315", moment, moment, {"Client": client}, fout)


def gevraagd(z: Zaak, vanaf: str, tot: str, **anders: Any) -> Inhoud:
    """What is asked from that day: of a NieuwProduct, or of a TeWijzigenProduct with its ToewijzingNummer."""
    inhoud = {"GewensteIngangsdatum": z.dag(vanaf), "Einddatum": z.dag(tot), "Omvang": z.aanbieder.omvang}
    return inhoud | anders


def vow(
    z: Zaak,
    op: str,
    *,
    blijft: tuple[Toewijzing, ...] = (),
    wijzigt: tuple[tuple[Toewijzing, Inhoud], ...] = (),
    nieuw: tuple[Inhoud, ...] = (),
    referentie: str | None = None,
    fout: str = "",
) -> tuple[str, Ontwerp]:
    """Ask to change toewijzingen; the reference, and the message."""
    referentie = referentie or z.regio.referentie(z.aanbieder.deelnemer.code)
    verzoek = {
        "ReferentieAanbieder": referentie,
        "RedenVerzoek": "1",
        "OngewijzigdeProducten": [{"ToewijzingNummer": t.nummer} for t in blijft],
        "TeWijzigenProducten": [{"ToewijzingNummer": t.nummer} | inhoud for t, inhoud in wijzigt],
        "NieuweProducten": list(nieuw),
    }
    moment = z.regio.moment(z.dag(op))
    client = {"Bsn": z.client.bsn, "Verzoek": verzoek}
    return referentie, z.stuur("317", moment, moment, {"Client": client}, fout)


def onderzoek(z: Zaak, op: str, referentie: str, *, fout: str = "") -> Ontwerp:
    """Answer that the request needs research."""
    return _antwoord(z, op, fout, ReferentieAanbieder=referentie, VerzoekAntwoord="2")


def wijs_af(
    z: Zaak, op: str, referentie: str, reden: str | None, *, woonplaats: str | None = None, fout: str = ""
) -> Ontwerp:
    """Refuse a request; ``woonplaats`` is the gemeente that is responsible instead (iJw)."""
    gemeente = {"Woonplaatsbeginsel": {"Gemeente": woonplaats}} if woonplaats else {}
    return _antwoord(
        z, op, fout, ReferentieAanbieder=referentie, VerzoekAntwoord="1", RedenAfwijzingVerzoek=reden, **gemeente
    )


def _antwoord(z: Zaak, op: str, fout: str, **antwoord: Any) -> Ontwerp:
    moment = z.regio.moment(z.dag(op))
    return z.stuur("319", moment, moment, {"Antwoord": antwoord}, fout)
