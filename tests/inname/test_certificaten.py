"""Client certificates: what is read and kept of one, and how long it is known."""

import base64
import contextlib
import hashlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from tests.certificaten import JAAR, geef_uit, uitgever
from tests.knoop import NU

from berichtenverkeer.opslag.tabellen.partijen import certificaat as tabel
from berichtenverkeer.partijen.certificaten import alle, lees_pem, registreer, trek_in
from berichtenverkeer.partijen.partij import PartijFout, Partijrol
from berichtenverkeer.partijen.partij import registreer as voeg_partij_toe
from berichtenverkeer.partijen.register import Register

from .conftest import Balie

CA = uitgever(NU)
OIN = "00000001003214345000"
BEWIJS = geef_uit(CA, NU - JAAR, NU + JAAR, "J. de Voorbeeld", OIN)


def nieuw(balie: Balie, *codes: str) -> None:
    for code in codes:
        voeg_partij_toe(balie.engine, code, Partijrol.AANBIEDER, "Naam", NU)


def test_what_is_kept_names_the_organisation_and_no_person(balie: Balie) -> None:
    nieuw(balie, "00000021")
    kort = lees_pem(b"Bag Attributes\r\n" + BEWIJS.pem.replace(b"\n", b"\r\n"))
    assert kort.vingerafdruk == hashlib.sha256(BEWIJS.der).hexdigest()
    assert kort.naam == f"OIN {OIN}"
    assert (kort.geldig_van, kort.geldig_tot) == (NU - JAAR, NU + JAAR)
    registreer(balie.engine, "00000021", kort, NU)
    with balie.engine.connect() as verbinding:
        [rij] = verbinding.execute(select(tabel).where(tabel.c.partij == "00000021")).all()
    assert "Voorbeeld" not in str(rij)
    for ander in (geef_uit(CA, NU, NU + JAAR, "x"), geef_uit(CA, NU, NU + JAAR, "x", "999900006")):
        assert lees_pem(ander.pem).naam == f"serienummer {ander.certificaat.serial_number:x}"


@pytest.mark.parametrize(
    ("data", "melding"),
    [
        (b"", "0 certificaten"),
        (BEWIJS.der, "0 certificaten"),
        (BEWIJS.pem + CA.pem, "2 certificaten"),
        (CA.pem, "van een uitgever"),
        (BEWIJS.pem.replace(b"MII", b"M!I", 1), "niet te lezen"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "niet te lezen"),
    ],
)
def test_what_is_not_the_certificate_of_a_party_is_said(data: bytes, melding: str) -> None:
    with pytest.raises(PartijFout, match=melding):
        lees_pem(data)


@given(st.integers(0, len(BEWIJS.der) - 1), st.integers(1, 255))
def test_whatever_the_bytes_they_are_read_or_refused(plek: int, verschil: int) -> None:
    data = bytearray(BEWIJS.der)
    data[plek] ^= verschil
    pem = b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(data) + b"-----END CERTIFICATE-----\n"
    with contextlib.suppress(PartijFout):
        assert lees_pem(pem).vingerafdruk == hashlib.sha256(data).hexdigest()


def test_a_certificate_is_registered_once_until_it_is_withdrawn(balie: Balie) -> None:
    nieuw(balie, "00000022", "00000023")
    kort = lees_pem(geef_uit(CA, NU, NU + JAAR).pem)
    registreer(balie.engine, "00000022", kort, NU, ["00000023", "00000022"])
    with pytest.raises(PartijFout, match="handelt al voor 00000022"):
        registreer(balie.engine, "00000023", kort, NU)
    trek_in(balie.engine, kort.vingerafdruk.upper().replace("A", "A:"), NU)
    with pytest.raises(PartijFout, match="al ingetrokken"):
        trek_in(balie.engine, kort.vingerafdruk, NU)
    [deze] = [een for een in alle(balie.engine) if een.certificaat == kort]
    assert (deze.codes, deze.stand(NU)) == (("00000022", "00000023"), f"ingetrokken {NU:%Y-%m-%d}")
    registreer(balie.engine, "00000023", kort, NU)
    [deze] = [een for een in alle(balie.engine) if een.certificaat == kort]
    assert (deze.codes, deze.ingetrokken_op) == (("00000023",), None)


def test_no_certificate_for_nobody_or_after_its_end(balie: Balie) -> None:
    nieuw(balie, "00000024")
    kort = lees_pem(geef_uit(CA, NU - JAAR, NU).pem)
    for wie in (("87654321",), ("00000024", "87654321")):
        with pytest.raises(PartijFout, match=r"87654321 bestaat niet.*partij add"):
            registreer(balie.engine, wie[0], kort, NU, wie[1:])
    with pytest.raises(PartijFout, match="verlopen op"):
        registreer(balie.engine, "00000024", kort, NU + timedelta(seconds=1))
    assert not [een for een in alle(balie.engine) if een.certificaat == kort]
    registreer(balie.engine, "00000024", kort, NU)
    [deze] = [een for een in alle(balie.engine) if een.certificaat == kort]
    assert [deze.stand(NU + JAAR * keer)[:10].strip() for keer in (-2, 0, 1)] == [
        "geldig van",
        "geldig tot",
        "verlopen 2",
    ]


def test_a_certificate_is_known_and_forgotten_as_soon_as_a_token(balie: Balie) -> None:
    register = Register(balie.engine)
    nieuw(balie, "00000025", "00000026")
    bewijs = geef_uit(CA, NU, NU + JAAR)
    kort = lees_pem(bewijs.pem)

    def codes() -> tuple[str, ...] | None:
        aanmelding = register.van_certificaat(bewijs.der)
        return aanmelding.codes if aanmelding else None

    assert codes() is None
    registreer(balie.engine, "00000026", kort, NU, ["00000025"])
    assert codes() is None
    register.kijk()
    assert codes() == ("00000026", "00000025")
    assert register.van_token(kort.vingerafdruk) is None
    assert register.van_certificaat(kort.vingerafdruk.encode()) is None
    trek_in(balie.engine, kort.vingerafdruk, NU)
    register.kijk()
    assert codes() is None
