"""What a party hears of what was found in its message, in the words of its door.

A gemeente gets the codes of Fo01 (IB…), an aanbieder those of VECOZO (BRS…), as far as there is one. What was found stands
behind the code piece by piece: rule, place, what is wrong, what to do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, islice
from typing import Any

from ...oordeel.weigering import Reden, Weigering
from ...regels.bevinding import MEER, UIT_RETOUR, Bevinding, Ernst, fouten_van, van_ongeldig
from ...standaard.berichtsoort import Ketenrol
from ..envelop.codes import Foutcode, OudeCode, herken
from ..envelop.fouten import Afgekeurd, code_voor
from ..envelop.vsp import MEESTE_MELDINGEN, Statusmelding
from .deur import Deur

_BIJ_REDEN = {
    Reden.ONLEESBAAR: ("IB014", "BRS14"),
    Reden.TE_GROOT: ("IB012", "BRS06"),
    Reden.ONBEKEND_BERICHT: ("IB014", "BRS13"),
    Reden.XSD_ONGELDIG: ("IB014", "BRS13"),
    Reden.VREEMDE_AFZENDER: ("CC09", "CC09"),
    Reden.ONBEKENDE_ONTVANGER: ("IB005", "IB005"),
    Reden.RETOUR_ZONDER_HEENBERICHT: ("IB021", "IB021"),
    Reden.RETOUR_BESTAAT_AL: ("IB019", "BRS22"),
    Reden.GOEDKEURING_BOTST: ("IB014", "BRS22"),
    Reden.AL_AANGEBODEN: ("IB016", "BRS20"),
    Reden.IDENTIFICATIE_GEBRUIKT: ("IB016", "BRS20"),
    Reden.FUNCTIE_NIET_ACTIEF: ("IB023", "IB023"),
    Reden.ANDER_KENMERK: ("IB021", "IB021"),
    Reden.CONTROLES: ("IB014", "BRS28"),
    Reden.REGELS: ("IB014", "BRS22"),
    Reden.BSN_NIET_FICTIEF: ("IB015", "BRS18"),
}
"""The code of the chain for a refusal, to a gemeente and to an aanbieder. No code says that no other retourbericht may follow,
or that an approval clashes: a gemeente gets the code for a second declaratie-antwoord or for a wrong payload, an aanbieder
that for business rules. None says that an answer is on another message than its Header names: both get the code that took the
place of CC07 (cannot be related to an earlier message). To a gemeente none speaks of XSLT or of rules: it gets that for a wrong
payload (all afgeleid)."""

_GELEEND = {
    (Reden.GOEDKEURING_BOTST, Deur.GGK),
    (Reden.RETOUR_BESTAAT_AL, Deur.GGK),
    (Reden.ANDER_KENMERK, Deur.GGK),
    (Reden.ANDER_KENMERK, Deur.VSP),
    (Reden.CONTROLES, Deur.GGK),
    (Reden.REGELS, Deur.GGK),
}
"""Where the meaning of the code would say another thing than is the matter: then the refusal says it itself."""

_ELDERS = "GET /v1/berichten/{traceerId} van dit knooppunt geeft ze alle."


@dataclass(frozen=True, slots=True)
class Afkeuring:
    """Why a zending is refused: in general, and piece by piece (findings as they are stored)."""

    melding: Statusmelding
    bevindingen: tuple[dict[str, Any], ...] = ()

    @property
    def code(self) -> str:
        """The code of the chain."""
        return self.melding.code

    def op_een_regel(self, hoogstens: int) -> str:
        """It in a text of at most so many characters: the first that was found, and how many more there are."""
        fouten = fouten_van(self.bevindingen)
        eerste = next((_tekst(een) for een in fouten), self.melding.toelichting or "")
        rest = [een["regel"] for een in fouten[1:]]
        aantal = f"{len(rest) - 1} en meer" if MEER in rest else str(len(rest))
        slot = f" (+{aantal}, zie de status)" if rest else ""
        tekst = f"{self.melding.omschrijving}: {eerste}"
        ruimte = hoogstens - len(slot)
        return (tekst if len(tekst) <= ruimte else f"{tekst[: ruimte - 1]}…") + slot


def afkeuring(fout: Afgekeurd | Weigering, deur: str) -> Afkeuring:
    """What the sender hears of a refusal, with the code that its door has for it."""
    bekend: Foutcode | OudeCode | None
    gevonden: Sequence[Bevinding]
    if isinstance(fout, Weigering):
        code = _BIJ_REDEN[fout.reden][deur == Deur.VSP]
        gevonden = fout.bevindingen
        bekend = None if (fout.reden, deur) in _GELEEND else herken(code)
    else:
        code = code_voor(fout, Ketenrol.AANBIEDER if deur == Deur.VSP else Ketenrol.GEMEENTE)
        gevonden = van_ongeldig(fout.ongeldig) if fout.ongeldig is not None else ()
        bekend = herken(code)
    plek = f"Zie regel {fout.regelnummer}, {fout.pad}." if fout.regelnummer and fout.pad and not gevonden else ""
    toelichting = (fout.melding if bekend else "", plek, fout.advies)
    melding = Statusmelding(
        code=code,
        omschrijving=bekend.betekenis if bekend else fout.melding,
        toelichting=" ".join(filter(None, toelichting)) or None,
    )
    return Afkeuring(melding, tuple(asdict(een) for een in gevonden))


def uitgevouwen(
    algemeen: Iterable[Mapping[str, str]],
    bevindingen: Sequence[Mapping[str, Any]],
    later: Iterable[Mapping[str, str]] = (),
    *,
    zelf: bool = False,
    hoogstens: int | None = MEESTE_MELDINGEN,
) -> list[Statusmelding]:
    """All that is to be told of a message, at most so many: why it is refused in general, if it is, with the faults in it piece by
    piece; then its signalen, each under its own rule; then what came ``later``, of pushing it or in a foutbericht. ``zelf``: its
    receiver judges for itself."""
    eerst, achteraf = ([Statusmelding(**een) for een in deel] for deel in (algemeen, later))
    fouten = fouten_van(bevindingen)
    signalen = (_los(een, zelf) for een in bevindingen if een.get("ernst") == Ernst.SIGNAAL)
    if fouten and eerst:
        vooraf: Iterable[Statusmelding] = _bij(eerst.pop(0), fouten)
    else:
        vooraf = (_los(een, zelf) for een in fouten)
    aantal = len(bevindingen) + len(eerst)
    ruimte = aantal if hoogstens is None else hoogstens - len(achteraf)
    getoond = list(islice(chain(vooraf, eerst, signalen), ruimte))
    if len(getoond) < aantal:
        rest = aantal - len(getoond) + 1
        getoond[-1] = getoond[-1].model_copy(
            update={"omschrijving": f"En nog {rest} bevindingen.", "toelichting": _ELDERS}
        )
    return [*getoond, *achteraf]


def _bij(algemeen: Statusmelding, bevindingen: Iterable[Mapping[str, Any]]) -> Iterator[Statusmelding]:
    """Each finding under the code of the refusal; the first also says what the refusal itself says."""
    for nummer, bevinding in enumerate(bevindingen):
        vooraf = f"{algemeen.toelichting} " if not nummer and algemeen.toelichting else ""
        yield algemeen.model_copy(update={"toelichting": f"{vooraf}{_tekst(bevinding)}"})


def _los(bevinding: Mapping[str, Any], zelf: bool) -> Statusmelding:
    """A finding that refuses nothing at a door: under its own rule, or under the code that the receiver gave."""
    van_ontvanger, signaal = bevinding["regel"] == UIT_RETOUR, bevinding.get("ernst") == Ernst.SIGNAAL
    code, retourcode = bevinding["regel"], bevinding["retourcode"]
    toelichting = (
        "Een signaal: dit keurt het bericht niet af." if signaal else _EIGEN if zelf and not van_ontvanger else "",
        f"Retourcode {retourcode}." if retourcode and not van_ontvanger else "",
        f"Zie {_plek(bevinding)}.",
        *bevinding.get("berekening", ()),
        bevinding["advies"],
    )
    return Statusmelding(
        code=retourcode if van_ontvanger else code,
        omschrijving=bevinding["melding"],
        toelichting=" ".join(filter(None, toelichting)),
    )


_EIGEN = "Dit vindt het knooppunt; de ontvanger oordeelt zelf."


def _tekst(bevinding: Mapping[str, Any]) -> str:
    stappen = " ".join((bevinding["melding"], *bevinding.get("berekening", ()), bevinding["advies"]))
    return f"{bevinding['regel']}, {_plek(bevinding)}: {stappen}"


def _plek(bevinding: Mapping[str, Any]) -> str:
    regel = f"regel {bevinding['regelnummer']}, " if bevinding["regelnummer"] else ""
    return f"{regel}{bevinding['pad']}"
