"""Certificates for tests: an issuer, and what it hands out."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

JAAR = timedelta(days=365)


@dataclass(frozen=True)
class Bewijs:
    """A certificate with its key."""

    certificaat: x509.Certificate
    sleutel: ec.EllipticCurvePrivateKey

    @cached_property
    def der(self) -> bytes:
        return self.certificaat.public_bytes(serialization.Encoding.DER)

    @cached_property
    def pem(self) -> bytes:
        return self.certificaat.public_bytes(serialization.Encoding.PEM)

    @property
    def kop(self) -> dict[str, str]:
        """What a proxy passes on of it."""
        return {"Client-Cert": f":{base64.b64encode(self.der).decode()}:"}

    def bewaar(self, map_: Path, naam: str) -> tuple[str, str]:
        """The files with the certificate and the key."""
        certificaat, sleutel = map_ / f"{naam}.pem", map_ / f"{naam}.key"
        certificaat.write_bytes(self.pem)
        vorm, geheim = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        sleutel.write_bytes(self.sleutel.private_bytes(serialization.Encoding.PEM, vorm, geheim))
        return str(certificaat), str(sleutel)


def uitgever(van: datetime, naam: str = "Uitgever") -> Bewijs:
    """One that hands out certificates, from ten years before this moment until ten years after it."""
    return _maak(naam, van - 10 * JAAR, van + 10 * JAAR)


def geef_uit(door: Bewijs, van: datetime, tot: datetime, naam: str = "systeem", oin: str | None = None) -> Bewijs:
    """A certificate of this issuer, for 127.0.0.1 as well as for a client."""
    return _maak(naam, van, tot, door, oin)


def _maak(naam: str, van: datetime, tot: datetime, door: Bewijs | None = None, oin: str | None = None) -> Bewijs:
    sleutel = ec.generate_private_key(ec.SECP256R1())
    delen = [x509.NameAttribute(NameOID.COMMON_NAME, naam)]
    delen += [x509.NameAttribute(NameOID.SERIAL_NUMBER, oin)] if oin else []
    onderwerp = x509.Name(delen)
    bouwer = (
        x509.CertificateBuilder()
        .subject_name(onderwerp)
        .issuer_name(door.certificaat.subject if door else onderwerp)
        .public_key(sleutel.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(van)
        .not_valid_after(tot)
        .add_extension(x509.BasicConstraints(ca=door is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(sleutel.public_key()), critical=False)
    )
    ondertekenaar = door.sleutel if door else sleutel
    van_uitgever = x509.AuthorityKeyIdentifier.from_issuer_public_key(ondertekenaar.public_key())
    bouwer = bouwer.add_extension(van_uitgever, critical=False)
    if door is None:
        gebruik = x509.KeyUsage(
            digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False, key_encipherment=False,
            data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        bouwer = bouwer.add_extension(gebruik, critical=True)
    return Bewijs(bouwer.sign(ondertekenaar, hashes.SHA256()), sleutel)
