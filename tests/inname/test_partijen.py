"""Parties, their tokens, and the register that keeps them in memory."""

import pytest
from sqlalchemy import select
from tests.knoop import NU

from berichtenverkeer.opslag.tabellen.partijen import token as tokentabel
from berichtenverkeer.partijen import partij as partijen
from berichtenverkeer.partijen.afspraken import Aanmelding
from berichtenverkeer.partijen.bewijzen import maak_token
from berichtenverkeer.partijen.partij import Partij, PartijFout, Partijrol, registreer
from berichtenverkeer.partijen.register import Register

from .conftest import Balie

AGB = Partijrol.AANBIEDER


@pytest.mark.parametrize(
    ("code", "rol"),
    [
        ("344", Partijrol.GEMEENTE),
        ("03440", Partijrol.GEMEENTE),
        ("12345678", Partijrol.GEMEENTE),
        ("0344", Partijrol.AANBIEDER),
        ("1234567", Partijrol.HOOFDAANNEMER),
        ("1234567a", Partijrol.AANBIEDER),
        ("١٢٣٤٥٦٧٨", Partijrol.AANBIEDER),
        ("12345678\n", Partijrol.AANBIEDER),
    ],
)
def test_a_code_must_fit_the_role(balie: Balie, code: str, rol: Partijrol) -> None:
    with pytest.raises(PartijFout, match=f"rol {rol}.*voorloopnullen"):
        registreer(balie.engine, code, rol, "Naam", NU)


@pytest.mark.parametrize("code", ["dekker", "Z1", "51519999"])
def test_an_onderaannemer_may_have_a_code_of_its_own(balie: Balie, code: str) -> None:
    nieuw = registreer(balie.engine, code, Partijrol.ONDERAANNEMER, "Dekker", NU)
    assert nieuw in partijen.alle(balie.engine)
    for fout in ("d", "1dekker", "dekkerzorg", "0344"):
        with pytest.raises(PartijFout, match="met een letter begint"):
            registreer(balie.engine, fout, Partijrol.ONDERAANNEMER, "Dekker", NU)


def test_a_party_has_a_name_and_is_registered_once(balie: Balie) -> None:
    with pytest.raises(PartijFout, match="naam"):
        registreer(balie.engine, "00000001", AGB, " ", NU)
    nieuw = registreer(balie.engine, "00000001", Partijrol.HOOFDAANNEMER, "Zorg & Co", NU)
    with pytest.raises(PartijFout, match="bestaat al"):
        registreer(balie.engine, "00000001", AGB, "Ander", NU)
    assert nieuw in partijen.alle(balie.engine)


def test_of_a_token_only_its_hash_is_kept(balie: Balie) -> None:
    registreer(balie.engine, "00000002", AGB, "Naam", NU)
    een, twee = (maak_token(balie.engine, "00000002", NU) for _ in range(2))
    assert een != twee
    assert len(een) >= 40
    with balie.engine.connect() as verbinding:
        rijen = verbinding.execute(select(tokentabel).where(tokentabel.c.partij == "00000002")).all()
    assert len(rijen) == 2
    assert een not in str(rijen)
    assert twee not in str(rijen)
    register = Register(balie.engine)
    assert register.van_token(een) == register.van_token(twee) == Aanmelding((Partij("00000002", AGB, "Naam"),))
    assert register.van_token(rijen[0].hash) is None


def test_no_token_for_an_unknown_party(balie: Balie) -> None:
    with pytest.raises(PartijFout, match="partij add"):
        maak_token(balie.engine, "87654321", NU)
