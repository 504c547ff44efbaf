"""Digital signatures in PDF files (PAdES): written into the fields of the roles, and judged again."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers, timestamps, validation
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import (
    CMSExtractionError,
    MultivaluedAttributeError,
    NonexistentAttributeError,
    SigningError,
    find_unique_cms_attribute,
)
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from generator import fonts
from generator.errors import GeneratorError
from generator.terms import proof as words

for name in ("pyhanko", "pyhanko_certvalidator"):  # what they say of a bad signature, the verdict says better
    logging.getLogger(name).addHandler(logging.NullHandler())
USAGE = KeyUsageConstraints({"non_repudiation", "digital_signature"}, match_all_key_usages=False)
"""Certificates of other companies are often made for either of the two."""
HARMLESS = frozenset({ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING})
INK = "0.10 0.23 0.53"
WIDE, HIGH = 300, 100
"""The appearance is drawn on such a ground and then fitted to its field."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who a certificate says that somebody is, by whose word, and its SHA-256."""

    name: str
    email: str
    issuer: str
    fingerprint: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Key:
    """What a PKCS#12 file holds: a certificate and its private key."""

    certificate: Certificate
    signer: Any


@dataclass(frozen=True, slots=True)
class Stamping:
    """The server that gives the time, and the roots by which to keep what a later check needs (both may be empty)."""

    server: str = ""
    roots: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature of a file: in which field, by whom, when, and whether it holds.

    `is_intact`: what was signed is unchanged. `is_trusted`: the certificate comes from one of the roots. `is_last`: it
    covers the whole file. `is_spoilt`: more than later signatures was added after it. `is_timed`: a server says when.
    """

    field: str
    certificate: Certificate
    when: datetime | None
    is_timed: bool
    is_intact: bool
    is_trusted: bool
    is_last: bool
    is_spoilt: bool

    @property
    def is_good(self) -> bool:
        """Whether nothing speaks against it but perhaps an unknown issuer."""
        return self.is_intact and not self.is_spoilt


def key(content: bytes, passphrase: str, name: str) -> Key:
    """The key that a PKCS#12 file holds.

    Raises:
        GeneratorError: the pass phrase is wrong, or it is no such file or holds no key.
    """
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(content, [], passphrase.encode())
    except (ValueError, AttributeError, TypeError) as error:
        raise GeneratorError(words.BAD_KEY.format(name=name)) from error
    return Key(_certificate(signer.signing_cert), signer)


def fields(content: bytes) -> tuple[tuple[str, bool], ...]:
    """The signature fields of a file in their order, and whether each is signed.

    Raises:
        GeneratorError: it cannot be read.
    """
    try:
        found = tuple(enumerate_sig_fields(PdfFileReader(io.BytesIO(content), strict=False)))
    except (PdfError, ValueError) as error:
        raise GeneratorError(words.BROKEN.format(name="PDF")) from error
    return tuple((name, value is not None) for name, value, _ in found)


def signed(content: bytes, field: str, key: Key, *, meaning: str, shown: tuple[str, ...], by: Stamping) -> bytes:
    """The file with one more signature in that field; `shown` are the lines that stand there for people.

    Baseline B without a server for the time, T with one, LT where there are roots too.

    Raises:
        GeneratorError: the server does not answer, or the chain of the certificate cannot be followed.
    """
    roots = _certificates(by.roots)
    metadata = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=meaning,
        name=key.certificate.name,
        embed_validation_info=bool(by.server and roots),
        validation_context=ValidationContext(trust_roots=roots, allow_fetching=True) if roots else None,
    )
    signer = signers.PdfSigner(
        metadata,
        key.signer,
        timestamper=timestamps.HTTPTimeStamper(by.server, timeout=PATIENCE) if by.server else None,
        stamp_style=_appearance(shown),
    )
    try:
        out = signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content), strict=False), existing_fields_only=True)
    except timestamps.TimestampRequestError as error:
        raise GeneratorError(words.NO_TIME.format(server=by.server)) from error
    except (SigningError, SignatureValidationError, ValidationError, PathError, PdfError) as error:
        raise GeneratorError(words.NOT_SIGNED_PDF.format(reason=error)) from error
    return bytes(out.getvalue())


PATIENCE = 20
"""Seconds that a server may take."""


def _appearance(shown: tuple[str, ...]) -> StaticStampStyle:
    """Lines drawn as outlines, so that no font is needed that an archival file would have to carry."""
    size = min(HIGH / (len(shown) + 1), *(24 * WIDE / fonts.outline(line, 24)[1] * 0.94 for line in shown))
    drawn = [f"{INK} rg"]
    for place, line in enumerate(shown, start=1):
        path, _ = fonts.outline(line, size)
        drawn.append(f"q 1 0 0 1 {WIDE * 0.03:.2f} {HIGH - place * HIGH / (len(shown) + 0.4):.2f} cm {path} f Q")
    content = RawContent("\n".join(drawn).encode(), box=BoxConstraints(width=WIDE, height=HIGH))
    return StaticStampStyle(background=content, border_width=0)


def signatures(content: bytes, roots: Iterable[bytes]) -> tuple[Signer, ...]:
    """Every signature of a file, in the order in which they were made.

    Raises:
        GeneratorError: the file cannot be read.
    """
    if b"/ByteRange" not in content:
        return ()
    trusted = _certificates(tuple(roots))
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        return tuple(_judged(each, trusted) for each in reader.embedded_regular_signatures)
    except (PdfError, ValueError) as error:
        raise GeneratorError(words.BROKEN.format(name="PDF")) from error


def _judged(embedded: Any, trusted: list[x509.Certificate]) -> Signer:
    context = _context(embedded, trusted)
    try:
        status = validation.validate_pdf_signature(embedded, context, context, key_usage_settings=USAGE)
    except (SignatureValidationError, ValidationError, PathError):
        certificate = _certificate(embedded.signer_cert)
        return Signer(embedded.field_name, certificate, None, *(False, False, False, False), is_spoilt=True)
    timed = status.timestamp_validity
    is_timed = bool(timed and timed.intact and timed.valid)
    return Signer(
        field=embedded.field_name,
        certificate=_certificate(status.signing_cert),
        when=timed.timestamp if is_timed else status.signer_reported_dt,
        is_timed=is_timed,
        is_intact=bool(status.intact and status.valid),
        is_trusted=bool(trusted and status.trusted and (timed is None or timed.trusted)),
        is_last=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        is_spoilt=status.coverage < SignatureCoverageLevel.ENTIRE_REVISION
        or status.modification_level not in HARMLESS
        or status.docmdp_ok is False,
    )


def _context(embedded: Any, trusted: list[x509.Certificate]) -> ValidationContext:
    """Judges by the time that a server gave, where one did, and by what the file itself keeps for later checks."""
    known = {"trust_roots": trusted, "moment": _stamped_at(embedded), "retroactive_revinfo": True}
    try:
        return validation.DocumentSecurityStore.read_dss(embedded.reader).as_validation_context(known)
    except (NoDSSFoundError, PdfError):
        return ValidationContext(**known)


def _stamped_at(embedded: Any) -> datetime | None:
    try:
        token = find_unique_cms_attribute(embedded.signer_info["unsigned_attrs"], "signature_time_stamp_token")
    except (CMSExtractionError, NonexistentAttributeError, MultivaluedAttributeError):
        return None
    said = token["content"]["encap_content_info"]["content"].parsed["gen_time"].native
    return said if isinstance(said, datetime) else None


def _certificates(contents: tuple[bytes, ...]) -> list[x509.Certificate]:
    try:
        return [each for content in contents for each in load_certs_from_pemder_data(content)]
    except ValueError as error:
        raise GeneratorError(words.BAD_ROOT) from error


def _certificate(certificate: x509.Certificate) -> Certificate:
    subject, issuer = certificate.subject.native, certificate.issuer.native
    emails = [each.native for each in certificate.subject_alt_name_value or () if each.name == "rfc822_name"]
    email = emails[0] if emails else subject.get("email_address", "")
    return Certificate(
        name=str(subject.get("common_name", certificate.subject.human_friendly)),
        email=str(email),
        issuer=str(issuer.get("common_name", certificate.issuer.human_friendly)),
        fingerprint=certificate.sha256.hex(),
        starts=certificate.not_valid_before,
        ends=certificate.not_valid_after,
    )
