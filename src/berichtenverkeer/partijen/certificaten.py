"""Client certificates by which parties show who they are: registering one from its file, listing, and withdrawing.

Who issued a certificate is for TLS to verify, here or at a proxy; what it may do is registered for this one certificate.
"""

import base64
import hashlib
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.x509.oid import NameOID
from sqlalchemy import Engine

from ..klok import NEDERLAND
from ..opslag.database import schrijvend
from ..opslag.partijen import certificaten as tabel
from ..opslag.partijen.certificaten import Certificaat
from .partij import PartijFout, eis_bekend

_BLOK = re.compile(b"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)
_OIN = re.compile("[0-9]{20}")
_ONLEESBAAR = (
    ValueError, TypeError, OverflowError, x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType
)  # fmt: skip
"""What comes of bytes that are no certificate."""


BIJNA = timedelta(days=30)
"""How long before the end of a certificate one is warned: its party needs time to get another."""


@dataclass(frozen=True, slots=True)
class Geregistreerd:
    """A certificate and the codes it acts for, the one it was registered for first."""

    certificaat: Certificaat
    codes: tuple[str, ...]
    ingetrokken_op: datetime | None

    def stand(self, nu: datetime) -> str:
        """How it stands at this moment, in Dutch."""
        if self.ingetrokken_op is not None:
            return f"ingetrokken {self.ingetrokken_op:%Y-%m-%d}"
        if nu < self.certificaat.geldig_van:
            return f"geldig vanaf {self.certificaat.geldig_van:%Y-%m-%d}"
        tot = self.certificaat.geldig_tot
        if nu > tot:
            return f"verlopen {tot:%Y-%m-%d}"
        nog = f", nog {(tot - nu).days} dagen" if self.verloopt_bijna(nu) else ""
        return f"geldig tot {tot:%Y-%m-%d}{nog}"

    def verloopt_bijna(self, nu: datetime) -> bool:
        """Whether it is good at this moment, and not for long any more."""
        geldig = self.ingetrokken_op is None and self.certificaat.geldig_van <= nu <= self.certificaat.geldig_tot
        return geldig and self.certificaat.geldig_tot - nu <= BIJNA


def lees_pem(data: bytes) -> Certificaat:
    """The certificate in a file in PEM. Raises ``PartijFout`` when there is not exactly one, or it is one of an issuer."""
    blokken = _BLOK.findall(data)
    if len(blokken) != 1:
        raise PartijFout(
            f"Het bestand heeft {len(blokken)} certificaten in PEM; geef een bestand met alleen dat van de partij."
        )
    try:
        der = base64.b64decode(b"".join(blokken[0].split()), validate=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # sloppiness that does not matter here
            gelezen = x509.load_der_x509_certificate(der)
            uitgever, naam = _is_uitgever(gelezen), _naam(gelezen)
        van, tot = (m.astimezone(NEDERLAND) for m in (gelezen.not_valid_before_utc, gelezen.not_valid_after_utc))
    except _ONLEESBAAR:
        raise PartijFout("Het certificaat in het bestand is niet te lezen.") from None
    if uitgever:
        raise PartijFout("Dit is het certificaat van een uitgever; geef dat van de partij zelf.")
    return Certificaat(hashlib.sha256(der).hexdigest(), naam, van, tot)


def registreer(engine: Engine, code: str, certificaat: Certificaat, nu: datetime, ook: Sequence[str] = ()) -> None:
    """Let a certificate act for a party, and for ``ook`` as well. One that was withdrawn may come back so (afgeleid). Raises
    ``PartijFout`` for an unknown party, for one that is in use, or that has expired."""
    if nu > certificaat.geldig_tot:
        raise PartijFout(f"Het certificaat is verlopen op {certificaat.geldig_tot:%Y-%m-%d}.")
    with schrijvend(engine) as verbinding:
        eis_bekend(verbinding, code)
        eis_bekend(verbinding, *ook, veld="ook")
        eerder = tabel.geef(verbinding, certificaat.vingerafdruk)
        if eerder is not None and eerder["ingetrokken_op"] is None:
            raise PartijFout(
                f"Dit certificaat handelt al voor {eerder['partij']}; trek het eerst in met "
                f"'berichtenverkeer partij certificaat-intrekken {certificaat.vingerafdruk}'."
            )
        tabel.voeg_toe(verbinding, certificaat, code, ook, nu)


def trek_in(engine: Engine, vingerafdruk: str, nu: datetime) -> None:
    """Let a certificate act for nobody any more. The fingerprint may have colons and capitals. Raises ``PartijFout`` for one that
    does not."""
    with schrijvend(engine) as verbinding:
        if not tabel.trek_in(verbinding, vingerafdruk.replace(":", "").strip().lower(), nu):
            raise PartijFout("Dit certificaat is niet bekend, of was al ingetrokken.")


def alle(engine: Engine) -> list[Geregistreerd]:
    """Every certificate, also those withdrawn, in order of their party and end."""
    with engine.connect() as verbinding:
        return [
            Geregistreerd(
                Certificaat(rij["hash"], rij["naam"], rij["geldig_van"], rij["geldig_tot"]),
                codes,
                rij["ingetrokken_op"],
            )
            for rij, codes in tabel.alle(verbinding)
        ]


def _naam(certificaat: x509.Certificate) -> str:
    """What tells an operator which certificate it is: the OIN in its subject, as in one of an organisation, or else its own
    number. Other parts of a subject may name a person (afgeleid)."""
    for deel in certificaat.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER):
        if isinstance(deel.value, str) and _OIN.fullmatch(deel.value):
            return f"OIN {deel.value}"
    return f"serienummer {certificaat.serial_number:x}"


def _is_uitgever(certificaat: x509.Certificate) -> bool:
    try:
        return certificaat.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
