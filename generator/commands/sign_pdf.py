"""`wenkong sign-pdf`: put a digital signature into the field of a role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator import files, hints, load, pades, pdffile
from generator.documents import BOXES
from generator.errors import GeneratorError
from generator.model import Library
from generator.pades import Certificate, Signer, Stamping
from generator.terms import Language, Text
from generator.terms import proof as words

TRUST = "records/organization/trust"
"""Where the certificates of issuers that the organisation trusts are kept."""
KINDS = frozenset({".pem", ".crt", ".cer", ".der"})
SIGNED = "-signed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be signed as what, with which key, and which server gives the time (may be empty)."""

    file: Path
    role: str
    p12: Path
    passphrase: str
    tsa: str


def run(root: Path, wanted: Wanted, *, now: datetime, language: Language, say: Callable[[str], None]) -> int:
    """Write the signed file beside the one that was printed, or over the one that others have signed already.

    Raises:
        GeneratorError: the file, the role, the order or the key do not allow it, or the time server does not answer.
    """
    content = wanted.file.read_bytes()
    earlier = _checked(content, wanted)
    key = pades.key(wanted.p12.read_bytes(), wanted.passphrase, wanted.p12.name)
    _may_sign(key.certificate, earlier, now)
    target = _target(wanted.file, is_signed=bool(earlier))
    roots = tuple(each for _, each in trusted(root)) if wanted.tsa else ()
    box = _box(content, wanted.role, load.library(root))
    moment = now.strftime("%Y-%m-%d %H:%M:%S")
    made = pades.signed(
        content,
        wanted.role,
        key,
        meaning=box.zh,
        shown=(key.certificate.name, moment, words.DIGITALLY.within(Language.BOTH)),
        by=Stamping(wanted.tsa, roots),
    )
    files.write(target, made)
    said = {"path": target, "name": key.certificate.name, "role": wanted.role}
    say(words.PDF_SIGNED.format(**said).within(language))
    return 0


def trusted(root: Path) -> tuple[tuple[str, bytes], ...]:
    """The certificates that the organisation trusts, by the names of their files."""
    kept = sorted(each for each in (root / TRUST).glob("*") if each.suffix.lower() in KINDS)
    return tuple((each.name, each.read_bytes()) for each in kept)


def _checked(content: bytes, wanted: Wanted) -> tuple[Signer, ...]:
    """The signatures that are there already, all of them good, and before this one in order."""
    fields = pades.fields(content)
    names = [name for name, _ in fields]
    if not fields:
        raise GeneratorError(words.NO_FIELDS.format(name=wanted.file.name))
    if wanted.role not in names:
        said = {"role": wanted.role, "known": ", ".join(names), "hint": hints.similar(wanted.role, names)}
        raise GeneratorError(words.NO_SUCH_FIELD.format(**said))
    earlier = pades.signatures(content, ())
    for each in earlier:
        if not each.is_good:
            raise GeneratorError(words.BROKEN_BEFORE.format(role=each.field, name=each.certificate.name))
    if dict(fields)[wanted.role]:
        raise GeneratorError(words.FIELD_TAKEN.format(role=wanted.role))
    missing = [name for name, is_signed in fields[: names.index(wanted.role)] if not is_signed]
    if missing:
        raise GeneratorError(words.NOT_YET.format(role=wanted.role, missing=", ".join(missing)))
    return earlier


def _may_sign(certificate: Certificate, earlier: tuple[Signer, ...], now: datetime) -> None:
    moment = now.astimezone()
    if not certificate.starts <= moment <= certificate.ends:
        said = {"name": certificate.name, "starts": certificate.starts.date(), "ends": certificate.ends.date()}
        raise GeneratorError(words.KEY_NOT_VALID.format(**said))
    for each in earlier:
        if each.certificate.fingerprint == certificate.fingerprint:
            raise GeneratorError(words.SAME_SIGNER.format(name=certificate.name, role=each.field))


def _target(file: Path, *, is_signed: bool) -> Path:
    """A print stays as it is, so that the next print cannot overwrite signatures."""
    if is_signed:
        return file
    target = file.with_name(f"{file.stem}{SIGNED}{file.suffix}")
    if target.exists():
        raise GeneratorError(words.BEGUN.format(path=target))
    return target


def _box(content: bytes, role: str, library: Library) -> Text:
    """What a signature in that box means."""
    claim = pdffile.claim(content)
    record = library.record(claim.number) if claim else None
    boxes = library.forms[record.form].signatures if record else BOXES
    return next((each.meaning for each in boxes if each.role == role), Text(role, role))
