"""The codes of an answer that a party gave itself, by the classes of the message it answers. Pure."""

from collections.abc import Iterator

from ...oordeel.declaratie import ALLES_TOEGEKEND, NIET_BEOORDEELD
from ...oordeel.retour import GEEN_OPMERKING
from ...standaard.berichten.declaratie import Bericht323, Bericht325
from ...standaard.vorm import WORTEL, plaatsen
from .bron import Opgenomen

_GEEN_FOUT = {GEEN_OPMERKING, ALLES_TOEGEKEND, NIET_BEOORDEELD}
_WORTEL = f"/{WORTEL}/"


def codes(antwoord: Opgenomen) -> dict[str, str]:
    """The codes that say something on each class of a retourbericht or 325."""
    return {
        pad.removeprefix(_WORTEL): fout
        for pad, deel in plaatsen(antwoord.bericht, antwoord.gelezen.soort)
        if (fout := _fouten(getattr(deel, "RetourCodes", ())))
    }


def codes_op(antwoord: Opgenomen, heen: Opgenomen) -> dict[str, str]:
    """The same, but of a 325 on the classes of the 323: what it grants does not stand in it."""
    if not isinstance(antwoord.bericht, Bericht325) or not isinstance(heen.bericht, Bericht323):
        return codes(antwoord)
    return dict(_codes_325(antwoord.bericht, heen.bericht))


def _codes_325(antwoord: Bericht325, heen: Bericht323) -> Iterator[tuple[str, str]]:
    if fout := _fouten(antwoord.Header.RetourCodes):
        yield "Header", fout
    if antwoord.DeclaratieAntwoord is None:
        return
    if fout := _fouten(antwoord.DeclaratieAntwoord.RetourCodes):
        yield "Declaratie", fout
    for plek, client in enumerate(heen.Declaratie.Clienten, 1):
        pad = f"Declaratie/Clienten/Client[{plek}]"
        beantwoord = [c for c in antwoord.DeclaratieAntwoord.Clienten if c.Bsn == client.Bsn]
        if fout := _fouten(code for c in beantwoord for code in c.RetourCodes):
            yield pad, fout
        bij = {p.ProductReferentie.ReferentieNummer: p.RetourCodes for c in beantwoord for p in c.Prestaties}
        for nummer, prestatie in enumerate(client.Prestaties, 1):
            if fout := _fouten(bij.get(prestatie.ProductReferentie.ReferentieNummer, ())):
                yield f"{pad}/Prestaties/Prestatie[{nummer}]", fout


def _fouten(gegeven: "Iterator[str] | tuple[str, ...]") -> str:
    return " ".join(code for code in gegeven if code not in _GEEN_FOUT)
