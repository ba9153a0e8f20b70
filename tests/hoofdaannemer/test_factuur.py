"""The invoice check."""

from berichtenverkeer.hoofdaannemer.factuur import Controle, Factuurregel, Post, Uitkomst, controleer, verwacht
from berichtenverkeer.hoofdaannemer.keuzes import Deelmaand
from berichtenverkeer.hoofdaannemer.looptijd import Maand
from berichtenverkeer.hoofdaannemer.maandstaat import Maandstaat, stel_vast
from berichtenverkeer.hoofdaannemer.toegewezen import Kenmerk
from berichtenverkeer.standaard.domein import Domein

from .wereld import GEMEENTE, P, Q, Wereld, dag, toewijzing, wereld

JULI, AUGUSTUS = Maand(2023, 7), Maand(2023, 8)
RATO = Deelmaand.NAAR_RATO
GOED, VERSCHILT, DUBBEL, ONBEKEND = Uitkomst.GOED, Uitkomst.BEDRAG_VERSCHILT, Uitkomst.DUBBEL, Uitkomst.ONBEKEND


def regel(
    bedrag: int, nummer: int = 1, klasse: str = "licht", *, op: str = "F1", maand: Maand = JULI, partner: str = P
) -> Factuurregel:
    return Factuurregel(op, Post(partner, maand, Kenmerk(GEMEENTE, Domein.IWMO, nummer), klasse), bedrag)


def controle(
    w: Wereld, *regels: Factuurregel, eerder: tuple[Factuurregel, ...] = (), vast: tuple[Maandstaat, ...] = ()
) -> Controle:
    feiten = w.feiten()
    return controleer(
        regels,
        eerder,
        lambda partner, maand: verwacht(feiten, partner, maand, [s for s in vast if s.partner == partner], RATO),
    )


def twee() -> Wereld:
    w = wereld(toewijzing(), toewijzing(nummer=2))
    w.zet_in(op="t1")
    w.zet_in(op="t2", klasse="zwaar")
    return w


def uitkomsten(uit: Controle) -> list[tuple[Uitkomst, int | None]]:
    return [(een.uitkomst, een.verwacht) for een in uit.regels]


def test_what_is_expected_is_good() -> None:
    uit = controle(twee(), regel(20000), regel(62500, 2, "zwaar"))
    assert uitkomsten(uit) == [(GOED, 20000), (GOED, 62500)]
    assert uit.niet_gefactureerd == ()
    assert (uit.verwacht, uit.gefactureerd, uit.verschil) == (82500, 82500, 0)


def test_another_amount_and_what_is_missing() -> None:
    uit = controle(twee(), regel(36300))
    assert uitkomsten(uit) == [(VERSCHILT, 20000)]
    assert uit.regels[0].uitleg == "Verwacht is 200,00 euro, gefactureerd 363,00 euro: 163,00 euro meer."
    assert [(een.post.toewijzing.toewijzingnummer, een.post.klasse, een.verwacht) for een in uit.niet_gefactureerd] == [
        (2, "zwaar", 62500)
    ]
    assert (uit.verwacht, uit.gefactureerd, uit.verschil) == (82500, 36300, -46200)


def test_no_such_inzet_in_that_month() -> None:
    w = twee()
    w.trek_in("i1")
    anders = (
        regel(20000),
        regel(20000, 9),
        regel(20000, 2),
        regel(20000, 2, "zwaar", maand=Maand(2024, 1)),
        regel(1, partner=Q),
    )
    uit = controle(w, *anders)
    assert uitkomsten(uit) == [(ONBEKEND, None)] * 5
    assert uit.verwacht == 62500  # what is missing of July


def test_the_same_line_again_is_double() -> None:
    w = twee()
    uit = controle(w, regel(20000), regel(20000))
    assert uitkomsten(uit) == [(GOED, 20000), (DUBBEL, 0)]
    assert uit.regels[1].eerder == ("F1",)
    eerder = (regel(15000, op="F7"), regel(5000, op="F9"), regel(1, op="F7", maand=AUGUSTUS))
    uit = controle(w, regel(20000, op="F10"), eerder=eerder)
    assert (uit.regels[0].uitkomst, uit.regels[0].eerder) == (DUBBEL, ("F7", "F9"))
    assert uit.regels[0].uitleg == "Er is niets meer te factureren: dit stond al op F7, F9."


def test_the_rest_may_come_later() -> None:
    uit = controle(twee(), regel(5000, op="F2"), eerder=(regel(15000),))
    assert uitkomsten(uit) == [(GOED, 5000)]
    assert uit.regels[0].eerder == ("F1",)
    uit = controle(twee(), regel(12000), regel(8000))
    assert uitkomsten(uit) == [(VERSCHILT, 20000), (GOED, 8000)]
    assert (uit.verwacht - 62500, uit.gefactureerd) == (20000, 20000)


def test_a_number_takes_the_place_of_the_whole_invoice() -> None:
    uit = controle(twee(), regel(20000), eerder=(regel(20000), regel(1, 2, "zwaar")))
    assert uitkomsten(uit) == [(GOED, 20000)]
    assert uit.niet_gefactureerd[0].verwacht == 62500


def test_a_correction_is_invoiced_on_its_month() -> None:
    """July was fixed and invoiced at 200,00; then the client left on the 15th."""
    w = twee()
    juli = stel_vast(w.feiten(), P, JULI, [], RATO, dag("2023-09-01"))
    w.beeindig("i1", "2023-07-15")
    eerder = (regel(20000), regel(62500, 2, "zwaar"))
    over = -20000 + 9677  # 20000 × 15 / 31 = 9677,42
    uit = controle(w, regel(over, op="F2"), eerder=eerder, vast=(juli,))
    assert uitkomsten(uit) == [(GOED, over)]
    assert uit.niet_gefactureerd == ()


def test_what_was_fixed_and_is_no_more_can_be_credited() -> None:
    w = twee()
    juli = stel_vast(w.feiten(), P, JULI, [], RATO, dag("2023-09-01"))
    w.trek_in("i1")
    eerder = (regel(20000),)
    uit = controle(w, regel(-20000, op="F2"), eerder=eerder, vast=(juli,))
    assert uitkomsten(uit) == [(GOED, -20000)]
    assert uitkomsten(controle(w, regel(20000, op="F2"), eerder=eerder, vast=(juli,))) == [(DUBBEL, -20000)]


def test_two_inzetten_in_one_klasse_are_one_post() -> None:
    w = wereld()
    w.zet_in(tot="2023-07-10")
    w.zet_in(van="2023-07-22")
    assert uitkomsten(controle(w, regel(6452 + 6452))) == [(GOED, 12904)]
