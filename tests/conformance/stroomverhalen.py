"""What happens in each message stream (levenscyclus B and C): the seventeen that the standard knows, and what is refused.

All clocks are in March 2026. A docstring, in Dutch, goes into the manifest.
"""

from berichtenverkeer.spel.demo import vragen
from berichtenverkeer.spel.demo.bouw import Inhoud, Ontwerp, Toewijzing
from berichtenverkeer.standaard.domein import Domein

from .stromen import ANDERE_GEMEENTE, UREN, Standen, Stroom, Verhaal

_EIND = "2026-12-31"


# VOT


def _vot(s: Stroom) -> str:
    """A product is asked for; its reference."""
    product = vragen.product(s.zaak, "2026-04-01", _EIND)
    referentie = str(product["ReferentieAanbieder"])
    s.dan(vragen.vot(s.zaak, "2026-03-02", product), {referentie: "ingediend"})
    return referentie


def _honoreer_vot(s: Stroom, referentie: str, op: str) -> Toewijzing:
    t = s.zaak.toewijzing("2026-04-01", _EIND, ReferentieAanbieder=referentie)
    s.dan(s.zaak.stuur_301(op), {t.nummer: "toekomstig niet_gestart gehonoreerd", referentie: "gehonoreerd"})
    return t


def vot_direct(s: Stroom) -> None:
    """Verzoek om toewijzing, meteen gehonoreerd."""
    _honoreer_vot(s, _vot(s), "2026-03-05")


def vot_na_onderzoek(s: Stroom) -> None:
    """Verzoek om toewijzing, na onderzoek gehonoreerd."""
    referentie = _vot(s)
    s.dan(vragen.onderzoek(s.zaak, "2026-03-06", referentie), {referentie: "in_onderzoek"})
    _honoreer_vot(s, referentie, "2026-03-20")


def vot_afgewezen(s: Stroom) -> None:
    """Verzoek om toewijzing, meteen afgewezen."""
    referentie = _vot(s)
    s.dan(vragen.wijs_af(s.zaak, "2026-03-05", referentie, "3"), {referentie: "afgewezen"})


def vot_afgewezen_na_onderzoek(s: Stroom) -> None:
    """Verzoek om toewijzing, na onderzoek afgewezen."""
    referentie = _vot(s)
    s.dan(vragen.onderzoek(s.zaak, "2026-03-06", referentie), {referentie: "in_onderzoek"})
    s.dan(vragen.wijs_af(s.zaak, "2026-03-20", referentie, "7"), {referentie: "afgewezen"})


def vot_woonplaatsbeginsel(s: Stroom) -> None:
    """Verzoek om toewijzing, afgewezen op het woonplaatsbeginsel en daarna bij de genoemde gemeente gehonoreerd."""
    referentie, elders = _vot(s), ANDERE_GEMEENTE.code
    afwijzing = vragen.wijs_af(s.zaak, "2026-03-10", referentie, "8", woonplaats=elders)
    s.dan(afwijzing, {referentie: "afgewezen"})
    daar = s.zaak.bij(gemeente=elders)
    product = vragen.product(daar, "2026-04-01", _EIND)
    opnieuw = str(product["ReferentieAanbieder"])
    s.dan(vragen.vot(daar, "2026-03-12", product), {opnieuw: "ingediend"})
    t = daar.toewijzing("2026-04-01", _EIND, ReferentieAanbieder=opnieuw)
    s.dan(daar.stuur_301("2026-03-16"), {t.nummer: "toekomstig niet_gestart gehonoreerd", opnieuw: "gehonoreerd"})


# VOW


def _loopt(s: Stroom) -> tuple[Toewijzing, Toewijzing]:
    """Two toewijzingen that run, of two products."""
    een, twee = s.zaak.toewijzing("2026-03-01", _EIND), s.zaak.toewijzing("2026-03-01", _EIND, Product=s.ander_product)
    s.dan(s.zaak.stuur_301("2026-03-02"), dict.fromkeys((een.nummer, twee.nummer), "lopend niet_gestart"))
    s.dan(s.zaak.meld("2026-03-04", s.zaak.start(een, "2026-03-03")), {een.nummer: "lopend gestart"})
    return een, twee


def _meer(s: Stroom) -> Inhoud:
    """What the VOW of these streams asks: more hours a week from April."""
    return vragen.gevraagd(s.zaak, "2026-04-01", _EIND, Omvang=UREN | {"Volume": 6})


def _toestand(een: Toewijzing, twee: Toewijzing, referentie: str, toestand: str) -> Standen:
    """A VOW in this state shows on every toewijzing it names, changed or not."""
    return {
        een.nummer: f"lopend gestart {toestand}", twee.nummer: f"lopend niet_gestart {toestand}", referentie: toestand,
    }  # fmt: skip


def _vow(s: Stroom) -> tuple[Toewijzing, Toewijzing, str]:
    een, twee = _loopt(s)
    referentie, ontwerp = vragen.vow(s.zaak, "2026-03-09", blijft=(twee,), wijzigt=((een, _meer(s)),))
    s.dan(ontwerp, _toestand(een, twee, referentie, "ingediend"))
    return een, twee, referentie


def _onderzoek_vow(s: Stroom) -> tuple[Toewijzing, Toewijzing, str]:
    een, twee, referentie = _vow(s)
    s.dan(vragen.onderzoek(s.zaak, "2026-03-13", referentie), _toestand(een, twee, referentie, "in_onderzoek"))
    return een, twee, referentie


def _honoreer_vow(s: Stroom, een: Toewijzing, twee: Toewijzing, referentie: str, op: str) -> None:
    """Another number of hours a week: the old toewijzing ends, a new one begins, and all carry the reference (IV093)."""
    s.zaak.verander(een, tot="2026-03-31", RedenWijziging="12")
    drie = s.zaak.toewijzing("2026-04-01", _EIND, Omvang=UREN | {"Volume": 6})
    standen = _toestand(een, twee, referentie, "gehonoreerd")
    s.dan(
        s.zaak.stuur_301(op, honoreert=referentie), standen | {drie.nummer: "toekomstig niet_gestart gehonoreerd"}
    )  # fmt: skip


def vow_direct(s: Stroom) -> None:
    """Verzoek om wijziging, meteen gehonoreerd."""
    _honoreer_vow(s, *_vow(s), "2026-03-12")


def vow_na_onderzoek(s: Stroom) -> None:
    """Verzoek om wijziging, na onderzoek gehonoreerd."""
    _honoreer_vow(s, *_onderzoek_vow(s), "2026-03-26")


def vow_afgewezen(s: Stroom) -> None:
    """Verzoek om wijziging, meteen afgewezen; de toewijzingen blijven gelden."""
    een, twee, referentie = _vow(s)
    s.dan(vragen.wijs_af(s.zaak, "2026-03-12", referentie, "4"), _toestand(een, twee, referentie, "afgewezen"))


def vow_afgewezen_na_onderzoek(s: Stroom) -> None:
    """Verzoek om wijziging, na onderzoek afgewezen."""
    een, twee, referentie = _onderzoek_vow(s)
    s.dan(vragen.wijs_af(s.zaak, "2026-03-26", referentie, "2"), _toestand(een, twee, referentie, "afgewezen"))


# start and stop


def _toegewezen(s: Stroom) -> Toewijzing:
    t = s.zaak.toewijzing("2026-03-01", _EIND)
    s.dan(s.zaak.stuur_301("2026-03-02"), {t.nummer: "lopend niet_gestart"})
    return t


def _levert(s: Stroom, ontwerp: Ontwerp, t: Toewijzing, levering: str) -> None:
    s.dan(ontwerp, {t.nummer: f"lopend {levering}"})


def _gestart(s: Stroom) -> Toewijzing:
    t = _toegewezen(s)
    _levert(s, s.zaak.meld("2026-03-04", s.zaak.start(t, "2026-03-03")), t, "gestart")
    return t


def _stopt(s: Stroom, t: Toewijzing, op: str, reden: str, begin: str = "2026-03-03") -> None:
    naar = "tijdelijk_gestopt" if reden == "tijdelijk" else "definitief_gestopt"
    _levert(s, s.zaak.meld(op, s.zaak.stop(t, begin, op, reden)), t, naar)


def start_stop(s: Stroom) -> None:
    """Start en definitieve stop."""
    _stopt(s, _gestart(s), "2026-03-16", "volgens plan")


def start_tijdelijke_stop(s: Stroom) -> None:
    """Start en tijdelijke stop."""
    _stopt(s, _gestart(s), "2026-03-16", "tijdelijk")


def tijdelijk_naar_definitief(s: Stroom) -> None:
    """Een tijdelijke stop die definitief wordt; de definitieve stop verwijst naar dezelfde start."""
    t = _gestart(s)
    _stopt(s, t, "2026-03-16", "tijdelijk")
    _stopt(s, t, "2026-03-23", "door cliënt")


def herstart(s: Stroom) -> None:
    """Herstart na een tijdelijke stop, en daarna na een definitieve, op dezelfde toewijzing."""
    t = _gestart(s)
    _stopt(s, t, "2026-03-10", "tijdelijk")
    _levert(s, s.zaak.meld("2026-03-12", s.zaak.start(t, "2026-03-12")), t, "gestart")
    _stopt(s, t, "2026-03-18", "door cliënt", begin="2026-03-12")
    _levert(s, s.zaak.meld("2026-03-24", s.zaak.start(t, "2026-03-23")), t, "gestart")


def start_verwijderen(s: Stroom) -> None:
    """Een start wordt verwijderd; daarna kan dezelfde start opnieuw worden gemeld."""
    t = _gestart(s)
    _levert(s, s.zaak.meld("2026-03-06", s.zaak.start(t, "2026-03-03", "3")), t, "niet_gestart")
    _levert(s, s.zaak.meld("2026-03-09", s.zaak.start(t, "2026-03-03")), t, "gestart")


def start_corrigeren(s: Stroom) -> None:
    """Een foute begindatum verbeterd in één bericht; een foute ToewijzingIngangsdatum in twee, want de sleutel blijft."""
    z, t = s.zaak, _gestart(s)
    _levert(s, z.meld("2026-03-06", z.start(t, "2026-03-03", "3"), z.start(t, "2026-03-05")), t, "gestart")
    _levert(s, z.meld("2026-03-10", z.start(t, "2026-03-05", "3")), t, "niet_gestart")
    _levert(
        s,
        z.meld("2026-03-11", z.start(t, "2026-03-05") | {"ToewijzingIngangsdatum": z.dag("2026-03-02")}),
        t,
        "gestart",
    )


def stop_verwijderen(s: Stroom) -> None:
    """Een definitieve stop wordt verwijderd; wat ervoor gold, geldt weer: gestart, of tijdelijk gestopt."""
    z, t = s.zaak, _gestart(s)
    _stopt(s, t, "2026-03-10", "door cliënt")
    _levert(s, z.meld("2026-03-11", z.stop(t, "2026-03-03", "2026-03-10", "door cliënt", "3")), t, "gestart")
    _stopt(s, t, "2026-03-12", "tijdelijk")
    _stopt(s, t, "2026-03-18", "door cliënt")
    _levert(s, z.meld("2026-03-19", z.stop(t, "2026-03-03", "2026-03-18", "door cliënt", "3")), t, "tijdelijk_gestopt")


def stop_corrigeren(s: Stroom) -> None:
    """Een foute reden en een foute einddatum, ieder in één bericht verbeterd."""
    z, t = s.zaak, _gestart(s)
    _stopt(s, t, "2026-03-16", "tijdelijk")
    fout, beter = (
        z.stop(t, "2026-03-03", "2026-03-16", "tijdelijk", "3"),
        z.stop(t, "2026-03-03", "2026-03-16", "door cliënt"),
    )
    _levert(s, z.meld("2026-03-18", fout, beter), t, "definitief_gestopt")
    fout, beter = beter | {"StatusAanlevering": "3"}, z.stop(t, "2026-03-03", "2026-03-17", "door cliënt")
    _levert(s, z.meld("2026-03-19", fout, beter), t, "definitief_gestopt")


# what is refused


def geweigerd_antwoord(s: Stroom) -> None:
    """Antwoorden die op een verzoek niet meer kunnen volgen, of waar geen verzoek bij is."""
    z, referentie = s.zaak, _vot(s)
    s.maar(vragen.wijs_af(z, "2026-03-03", "ONBEKEND", "3", fout="TR355"), Antwoord="9355")
    s.maar(vragen.wijs_af(z, "2026-03-03", referentie, None, fout="CD085"), Header="0001")
    s.dan(vragen.onderzoek(z, "2026-03-04", referentie), {referentie: "in_onderzoek"})
    s.maar(vragen.onderzoek(z, "2026-03-05", referentie, fout="TR360"), Antwoord="9360")
    s.dan(vragen.wijs_af(z, "2026-03-09", referentie, "3"), {referentie: "afgewezen"})
    s.maar(vragen.wijs_af(z, "2026-03-10", referentie, "3", fout="TR365"), Antwoord="9365")
    s.maar(vragen.onderzoek(z, "2026-03-10", referentie, fout="TR360 TR365"), Antwoord="9360 9365")


def geweigerd_antwoord_na_toewijzing(s: Stroom) -> None:
    """Een antwoord op een verzoek dat al is gehonoreerd, en een toewijzing die zijn referentie nog eens noemt."""
    z, referentie = s.zaak, _vot(s)
    t = _honoreer_vot(s, referentie, "2026-03-05")
    s.maar(vragen.onderzoek(z, "2026-03-06", referentie, fout="TR359"), Antwoord="9359")
    s.maar(vragen.wijs_af(z, "2026-03-06", referentie, "3", fout="TR359"), Antwoord="9359")
    s.maar(
        z.stuur_301("2026-03-09", honoreert=referentie, fout="TR379"),
        Client__ToegewezenProducten__ToegewezenProduct_1="9379",
    )
    s.dan(z.stuur_301("2026-03-10"), {t.nummer: "toekomstig niet_gestart gehonoreerd"})


def geweigerd_tweede_verzoek(s: Stroom) -> None:
    """Een verzoek terwijl een ander nog onderhanden is, en een referentie die al is gebruikt."""
    z = s.zaak
    een, twee, referentie = _vow(s)
    product = vragen.product(
        z, "2026-05-01", _EIND, Product=s.ander_product | {"Code": None}, Omvang=None, Budget=100_000
    )
    s.maar(
        vragen.vot(z, "2026-03-10", product, fout="TR374"), Client__AangevraagdeProducten__AangevraagdProduct_1="9374"
    )
    _, ontwerp = vragen.vow(z, "2026-03-10", blijft=(twee,), wijzigt=((een, _meer(s)),), fout="TR374")
    s.maar(ontwerp, Client__Verzoek="9374")
    s.dan(vragen.wijs_af(z, "2026-03-12", referentie, "4"), _toestand(een, twee, referentie, "afgewezen"))
    _, ontwerp = vragen.vow(
        z, "2026-03-13", blijft=(twee,), wijzigt=((een, _meer(s)),), referentie=referentie, fout="TR347"
    )
    s.maar(ontwerp, Client__Verzoek="9347")
    opnieuw, ontwerp = vragen.vow(z, "2026-03-16", blijft=(twee,), wijzigt=((een, _meer(s)),))
    s.dan(ontwerp, _toestand(een, twee, opnieuw, "ingediend"))


def geweigerd_verzoek_om_wijziging(s: Stroom) -> None:
    """Verzoeken om wijziging die een toewijzing vergeten, een verkeerde noemen of op een verkeerde dag ingaan."""
    z = s.zaak
    een, twee = _loopt(s)
    verkeerd = z.toewijzing("2026-03-01", _EIND)
    z.toewijzingen.remove(verkeerd)
    eerder = vragen.gevraagd(z, "2026-03-06", _EIND, Omvang=UREN | {"Volume": 6})
    _, ontwerp = vragen.vow(z, "2026-03-09", wijzigt=((een, _meer(s)),), fout="TR349")
    s.maar(ontwerp, Client__Verzoek="9349")
    _, ontwerp = vragen.vow(z, "2026-03-09", blijft=(twee, verkeerd), wijzigt=((een, _meer(s)),), fout="TR350")
    s.maar(ontwerp, Client__Verzoek__OngewijzigdeProducten__OngewijzigdProduct_2="9350")
    _, ontwerp = vragen.vow(
        z, "2026-03-09", blijft=(een, twee), wijzigt=((verkeerd, _meer(s)),), fout="TR351"
    )  # fmt: skip
    s.maar(ontwerp, Client__Verzoek__TeWijzigenProducten__TeWijzigenProduct_1="9351")
    _, ontwerp = vragen.vow(z, "2026-03-10", blijft=(twee,), wijzigt=((een, eerder),), fout="TR357")
    s.maar(ontwerp, Client__Verzoek__TeWijzigenProducten__TeWijzigenProduct_1="9357")
    _, ontwerp = vragen.vow(z, "2026-03-10", blijft=(een, twee), fout="TR353")
    s.maar(ontwerp, Header="0001")


def geweigerd_budget(s: Stroom) -> None:
    """Een ander budget vanaf een latere dag wordt geweigerd; over de hele looptijd wordt het gevraagd en gehonoreerd."""
    z = s.zaak
    soort = {"Categorie": s.zaak.aanbieder.product["Categorie"]}
    t = z.toewijzing("2026-03-01", _EIND, Product=soort, Omvang=None, Budget=400_000)
    s.dan(z.stuur_301("2026-03-02"), {t.nummer: "lopend niet_gestart"})
    meer = {"Omvang": None, "Budget": 500_000}
    later = vragen.gevraagd(z, "2026-04-01", _EIND, **meer)
    _, ontwerp = vragen.vow(z, "2026-03-09", wijzigt=((t, later),), fout="TR373")
    s.maar(ontwerp, Client__Verzoek__TeWijzigenProducten__TeWijzigenProduct_1="9373")
    heel = vragen.gevraagd(z, "2026-03-01", _EIND, **meer)
    referentie, ontwerp = vragen.vow(z, "2026-03-10", wijzigt=((t, heel),))
    s.dan(ontwerp, {t.nummer: "lopend niet_gestart ingediend", referentie: "ingediend"})
    z.verander(t, Budget=500_000, RedenWijziging="12")
    honorering = z.stuur_301("2026-03-13", honoreert=referentie)
    s.dan(honorering, {t.nummer: "lopend niet_gestart gehonoreerd", referentie: "gehonoreerd"})


def geweigerd_honorering(s: Stroom) -> None:
    """Toewijzingen met de referentie van een verzoek dat er niet is, en een VOW dat maar half wordt gehonoreerd."""
    z = s.zaak
    een, twee, referentie = _vow(s)
    z.verander(een, tot="2027-03-31", RedenWijziging="12", ReferentieAanbieder="ONBEKEND")
    s.maar(z.stuur_301("2026-03-11", fout="TR379"), Client__ToegewezenProducten__ToegewezenProduct_1="9379")
    z.verander(een, ReferentieAanbieder=referentie)
    s.maar(z.stuur_301("2026-03-12", fout="TR379"), Client__ToegewezenProducten__ToegewezenProduct_2="9379")
    z.verander(een)
    s.dan(z.stuur_301("2026-03-13", honoreert=referentie), _toestand(een, twee, referentie, "gehonoreerd"))


def geweigerd_woonplaatsbeginsel(s: Stroom) -> None:
    """Woonplaatsbeginsel als reden zonder de gemeente te noemen, en een gemeente bij een andere reden."""
    z, referentie = s.zaak, _vot(s)
    s.maar(vragen.wijs_af(z, "2026-03-05", referentie, "8", fout="TR377"), Header="0001")
    s.maar(
        vragen.wijs_af(z, "2026-03-05", referentie, "5", woonplaats=ANDERE_GEMEENTE.code, fout="TR409"), Header="0001"
    )


def geweigerd_start(s: Stroom) -> None:
    """Starts zonder toewijzing, tijdens een levering, nogmaals, en een die niet te verwijderen is."""
    z = s.zaak
    los = z.toewijzing("2026-03-01", _EIND)
    z.toewijzingen.remove(los)
    start = "Client__StartProducten__StartProduct_1"
    s.maar(z.meld("2026-03-02", z.start(los, "2026-03-02"), fout="TR019"), **{start: "9019"})
    t = _gestart(s)
    s.maar(z.meld("2026-03-06", z.start(t, "2026-03-05"), fout="TR326"), **{start: "9326"})
    s.maar(z.meld("2026-03-06", z.start(t, "2026-03-03"), fout="TR074 TR326"), **{start: "9074 9326"})
    s.maar(z.meld("2026-03-06", z.start(t, "2026-03-04", "3"), fout="TR063"), **{start: "9063"})
    s.maar(z.meld("2026-03-09", z.start(t, "2026-03-03", "3"), z.start(t, "2026-03-03"), fout="TR101"), Header="0001")
    _stopt(s, t, "2026-03-10", "tijdelijk")
    s.maar(z.meld("2026-03-11", z.start(t, "2026-03-03", "3"), fout="TR071"), **{start: "9071"})
    s.maar(z.meld("2026-03-12", z.start(t, "2026-03-03"), fout="TR074"), **{start: "9074"})


def geweigerd_stop(s: Stroom) -> None:
    """Stops zonder start, op een eerdere stop, en een die niet te verwijderen is."""
    z, t = s.zaak, _toegewezen(s)
    stop, begin = "Client__StopProducten__StopProduct_1", "2026-03-03"
    s.maar(z.meld("2026-03-04", z.stop(t, begin, "2026-03-04", "tijdelijk"), fout="TR382"), **{stop: "9069"})
    _levert(s, z.meld("2026-03-04", z.start(t, begin)), t, "gestart")
    s.maar(z.meld("2026-03-05", z.stop(t, "2026-03-04", "2026-03-05", "tijdelijk"), fout="TR382"), **{stop: "9069"})
    s.maar(z.meld("2026-03-05", z.stop(t, begin, "2026-03-02", "tijdelijk"), fout="TR018"), Header="0001")
    s.maar(z.meld("2026-03-05", z.stop(t, begin, "2026-03-05", "tijdelijk", "3"), fout="TR063"), **{stop: "9063"})
    _stopt(s, t, "2026-03-10", "tijdelijk")
    s.maar(z.meld("2026-03-11", z.stop(t, begin, "2026-03-11", "tijdelijk"), fout="TR413"), **{stop: "9413"})
    s.maar(z.meld("2026-03-11", z.stop(t, begin, "2026-03-09", "door cliënt"), fout="TR414"), **{stop: "9414"})
    _stopt(s, t, "2026-03-16", "door cliënt")
    s.maar(z.meld("2026-03-17", z.stop(t, begin, "2026-03-17", "overleden"), fout="TR415"), **{stop: "9415"})


BEIDE, IJW = tuple(Domein), (Domein.IJW,)

STROMEN: tuple[tuple[str, Verhaal, tuple[Domein, ...]], ...] = (
    ("vot-direct", vot_direct, BEIDE),
    ("vot-na-onderzoek", vot_na_onderzoek, BEIDE),
    ("vot-afgewezen", vot_afgewezen, BEIDE),
    ("vot-afgewezen-na-onderzoek", vot_afgewezen_na_onderzoek, BEIDE),
    ("vot-woonplaatsbeginsel", vot_woonplaatsbeginsel, IJW),
    ("vow-direct", vow_direct, BEIDE),
    ("vow-na-onderzoek", vow_na_onderzoek, BEIDE),
    ("vow-afgewezen", vow_afgewezen, BEIDE),
    ("vow-afgewezen-na-onderzoek", vow_afgewezen_na_onderzoek, BEIDE),
    ("start-stop", start_stop, BEIDE),
    ("start-tijdelijke-stop", start_tijdelijke_stop, BEIDE),
    ("tijdelijke-naar-definitieve-stop", tijdelijk_naar_definitief, BEIDE),
    ("herstart", herstart, BEIDE),
    ("start-verwijderen", start_verwijderen, BEIDE),
    ("start-corrigeren", start_corrigeren, BEIDE),
    ("stop-verwijderen", stop_verwijderen, BEIDE),
    ("stop-corrigeren", stop_corrigeren, BEIDE),
    ("geweigerd-antwoord", geweigerd_antwoord, BEIDE),
    ("geweigerd-antwoord-na-toewijzing", geweigerd_antwoord_na_toewijzing, BEIDE),
    ("geweigerd-tweede-verzoek", geweigerd_tweede_verzoek, BEIDE),
    ("geweigerd-verzoek-om-wijziging", geweigerd_verzoek_om_wijziging, BEIDE),
    ("geweigerd-budget", geweigerd_budget, BEIDE),
    ("geweigerd-honorering", geweigerd_honorering, BEIDE),
    ("geweigerd-woonplaatsbeginsel", geweigerd_woonplaatsbeginsel, IJW),
    ("geweigerd-start", geweigerd_start, BEIDE),
    ("geweigerd-stop", geweigerd_stop, BEIDE),
)
"""Every stream by its name, and the laws for which it is told. The first seventeen are those of the standard."""
