"""Certificates for servers of a test, by an authority that nobody else trusts."""

import ssl
from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from host.clock import now

DAY = timedelta(days=1)
Key = ec.EllipticCurvePrivateKey


class Authority:
    """`authority.server("mail.example")` is the context of a server of that name (or address)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named("An authority of these tests")
        own = x509.BasicConstraints(ca=True, path_length=None)
        self.certificate = self._signed(self._name, self._key, own, until=365 * DAY)
        self.file = folder / "authority.pem"
        self.file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def server(self, name: str, *, expired: bool = False) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._signed(_named(name), key, _alternative(name), until=-DAY if expired else 30 * DAY)
        chain = self._folder / f"{name.replace(':', '_')}.pem"
        plain = serialization.NoEncryption()
        secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        chain.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain)
        return context

    def _signed(
        self, name: x509.Name, key: Key, extension: x509.ExtensionType, *, until: timedelta
    ) -> x509.Certificate:
        of_key, of_issuer = key.public_key(), self._key.public_key()
        builder = (
            x509.CertificateBuilder(self._name, name, of_key, x509.random_serial_number())
            .not_valid_before(now() - 30 * DAY)
            .not_valid_after(now() + until)
            .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(of_key), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(of_issuer), critical=False)
        )
        return builder.sign(self._key, hashes.SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _alternative(name: str) -> x509.SubjectAlternativeName:
    try:
        return x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))])
    except ValueError:
        return x509.SubjectAlternativeName([x509.DNSName(name)])


@pytest.fixture
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """One whom nobody trusts yet; `trusted` has it trusted."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Callable[..., ssl.SSLContext]:
    """`trusted("mail.example")`: the context of a server whose certificate this process takes for good."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    return authority.server
