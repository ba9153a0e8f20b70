"""Work lists of Prestaties: what was refused and is to be submitted again, and what was granted and no longer fits.

Each function looks at one row of a Prestatie, beside its toewijzing as it is now, and gives the ``Taak`` in it, or None.
"""

from collections.abc import Iterator
from datetime import date

from ..levensloop.rekenen.eenheid import factor
from ..levensloop.rekenen.kader import Kader
from ..levensloop.rekenen.maximum import maximum_periode, omgerekend
from ..levensloop.rekenen.periode import Periode, maand
from ..levensloop.rekenen.tekst import hoeveelheid
from ..levensloop.variant import Variant
from ..standaard.berichten.basis import Omvang
from ..standaard.berichtsoort import Rol
from ..standaard.domein import Domein
from .werklijst import Peil, Rij, Taak, Voorstelvraag

JAREN_TE_DECLAREREN = 5
"""How old the Einddatum of a Prestatie may be (TR335)."""


def afgewezen(rij: Rij, peil: Peil) -> Taak | None:
    """A debetregel that was refused; None when it is too old to be declared."""
    uiterlijk = _laatste_dag(rij["eind"])
    if uiterlijk < peil.vandaag:
        return None
    codes = ", ".join(rij["retourcodes"]) or "zonder code"
    waarom = (
        f"Prestatie {rij['referentienummer']} over {rij['begin']} tot en met {rij['eind']} is afgewezen ({codes}) en er is niets "
        "voor in de plaats gekomen; dien haar verbeterd in, met een nieuw ReferentieNummer (IV085)."
    )
    return Taak(Rol.AANBIEDER, uiterlijk, "IV085", waarom, _voorstel(rij, "opnieuw"))


def te_crediteren(rij: Rij, _: Peil) -> Taak | None:
    """A granted debetregel that its toewijzing, as it is now, would not allow; None when it still fits."""
    anders = list(_past_niet(rij))
    if not anders:
        return None
    regels = ", ".join(regel for regel, _ in anders)
    waarom = (
        f"Prestatie {rij['referentienummer']} over {rij['begin']} tot en met {rij['eind']} past niet meer bij de toewijzing: "
        f"{'; '.join(wat for _, wat in anders)} ({regels}). Crediteer haar, en declareer opnieuw wat wel past (IV086)."
    )
    weg = any(regel in ("TR384", _BUITEN) for regel, _ in anders)
    wat = "credit" if weg else "credit_en_debet"
    return Taak(Rol.AANBIEDER, _laatste_dag(rij["eind"]), anders[0][0], waarom, _voorstel(rij, wat))


_BUITEN = "IV084"


def _past_niet(rij: Rij) -> Iterator[tuple[str, str]]:
    """The rules that a debetregel would break now, each with what is wrong."""
    if rij["verwijderd"]:
        yield "TR384", "die is verwijderd"
        return
    kader = _kader(rij, Variant.INSPANNING)
    periode = kader.productperiode(maand(rij["begin"]))
    if periode is None:
        yield _BUITEN, "die loopt in deze maand niet meer"
        return
    if periode.begin != rij["begin"]:
        yield "TR307" if rij["begin"] < periode.begin else "TR387", f"de ProductPeriode begint nu op {periode.begin}"
    if periode.eind != rij["eind"]:
        yield "TR308" if rij["eind"] > periode.eind else "TR388", f"de ProductPeriode eindigt nu op {periode.eind}"
    for regel, kolom, naam in (("TR339", "categorie", "categorie"), ("TR340", "code", "productcode")):
        if rij[f"t_{kolom}"] is not None and rij[f"t_{kolom}"] != rij[kolom]:
            yield regel, f"de {naam} is nu {rij[f't_{kolom}']}"
    if kader.omvang is None:
        return
    if factor(kader.omvang.Eenheid, rij["eenheid"]) is None:
        yield "TR341", f"de eenheid is nu {kader.omvang.Eenheid}"
        return
    meeste = max(_maximum(rij, variant, periode) for variant in Variant)
    if rij["volume"] > meeste:
        yield "TR321", f"in deze periode mag nu hoogstens {hoeveelheid(meeste, rij['eenheid'])}"


def _maximum(rij: Rij, variant: Variant, periode: Periode) -> int:
    """The most in this period; the list does not know the variant of the contract, so what fits one of them stays off."""
    kader = _kader(rij, variant)
    assert kader.omvang is not None
    return omgerekend(maximum_periode(kader, periode), kader.omvang.Eenheid, rij["eenheid"]).waarde or 0


def _kader(rij: Rij, variant: Variant) -> Kader:
    omvang = None
    if rij["t_volume"] is not None:
        omvang = Omvang(Volume=rij["t_volume"], Eenheid=rij["t_eenheid"], Frequentie=rij["t_frequentie"])
    domein = Domein(rij["domein"])
    return Kader(domein, rij["ingangsdatum"], rij["einddatum"], rij["t_categorie"], omvang, None, variant)


def _voorstel(rij: Rij, wat: str) -> Voorstelvraag:
    vraag = {"declaratie": rij["declaratie"], "referentienummer": rij["referentienummer"], "wat": wat}
    return Voorstelvraag("/voorstellen/prestatie", vraag)


def _laatste_dag(einde: date) -> date:
    """The last Dagtekening on which this period may be declared (TR335)."""
    if einde.year + JAREN_TE_DECLAREREN > date.max.year:
        return date.max
    try:
        return einde.replace(year=einde.year + JAREN_TE_DECLAREREN)
    except ValueError:  # 29 February
        return einde.replace(year=einde.year + JAREN_TE_DECLAREREN, day=28)
