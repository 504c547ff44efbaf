"""A small certificate authority with signers, a list of revoked certificates and a time stamp server on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.sign.timestamps import DummyTimeStamper

PASSPHRASE = "口令-2026"  # noqa: S105  of keys that are made for one test
NOW = datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Person:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def p12(self) -> bytes:
        sealed = serialization.BestAvailableEncryption(PASSPHRASE.encode())
        return pkcs12.serialize_key_and_certificates(b"me", self.key, self.certificate, None, sealed)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def authority(common: str = "示例 CA") -> Person:
    key = rsa.generate_private_key(65537, 2048)
    builder = _builder(common, common, key, days=(-30, 900))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
    builder = builder.add_extension(_usage(is_authority=True), critical=True)
    return Person(builder.sign(key, hashes.SHA256()), key)


def issued(
    by: Person, common: str, *, email: str = "", crl: str = "", is_tsa: bool = False, days: tuple[int, int] = (-10, 300)
) -> Person:
    """A certificate of a person, or of a time stamp server."""
    key = rsa.generate_private_key(65537, 2048)
    issuer = by.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    builder = _builder(common, str(issuer), key, days=days)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(is_authority=False), critical=True)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False
    )
    if email:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(email)]), critical=False)
    if crl:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(crl)], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    if is_tsa:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Person(builder.sign(by.key, hashes.SHA256()), key)


def host(by: Person, *names: str) -> Person:
    """A certificate of servers with these names."""
    key = rsa.generate_private_key(65537, 2048)
    issuer = by.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    builder = _builder(names[0], str(issuer), key, days=(-10, 300))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(each) for each in names]), critical=False)
    return Person(builder.sign(by.key, hashes.SHA256()), key)


def _builder(common: str, issuer: str, key: rsa.RSAPrivateKey, *, days: tuple[int, int]) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(common))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=days[0]))
        .not_valid_after(NOW + timedelta(days=days[1]))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def revoked(by: Person, *persons: Person) -> bytes:
    """The list of revoked certificates."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.certificate.subject)
        .last_update(NOW - timedelta(hours=1))
        .next_update(NOW + timedelta(days=7))
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False)
    )
    for each in persons:
        entry = x509.RevokedCertificateBuilder().serial_number(each.certificate.serial_number)
        builder = builder.add_revoked_certificate(entry.revocation_date(NOW - timedelta(hours=2)).build())
    return builder.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


class _Server(ThreadingHTTPServer):
    """Answers requests for a time (RFC 3161 over HTTP) and for the list of revoked certificates."""

    stamper: DummyTimeStamper
    crl: bytes


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer("application/timestamp-reply", self.server.stamper.request_tsa_response(asked).dump())

    def do_GET(self) -> None:
        self._answer("application/pkix-crl", self.server.crl)

    def _answer(self, kind: str, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the library's
        pass


@contextmanager
def served(by: Person) -> Iterator[tuple[str, str]]:
    """The addresses of a time stamp server and of a list of revoked certificates, gone afterwards."""
    server = _Server(("127.0.0.1", 0), _Handler)
    address = f"http://127.0.0.1:{server.server_port}"
    tsa = issued(by, "时间戳 TSA", is_tsa=True, crl=f"{address}/ca.crl")
    certificate = next(iter(load_certs_from_pemder_data(tsa.pem)))
    server.stamper = DummyTimeStamper(certificate, load_private_key_from_pemder_data(tsa.key_pem, None))
    server.crl = revoked(by)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"{address}/tsa", f"{address}/ca.crl"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
