"""Detached SSH signatures: made by ssh-keygen, verified in process for ed25519 and by ssh-keygen for other keys."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
import subprocess
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from generator.errors import GeneratorError
from generator.terms import signing as words

NAMESPACE = "wenkong"
MAGIC, VERSION = b"SSHSIG", 1
ED25519 = b"ssh-ed25519"
HASHES = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}
BEGIN, END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")


def signer(payload: bytes, armoured: str) -> str:
    """The fingerprint of the key that signed these bytes for wenkong; empty where the signature is not good."""
    try:
        return _verified(payload, _unarmoured(armoured)) or ""
    except _OtherKeyError:
        return _verified_outside(payload, armoured)
    except (InvalidSignature, ValueError, struct.error):
        return ""


def fingerprint(key: bytes) -> str:
    """What people call a key by."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")


def sign(payload: bytes, key: Path) -> tuple[str, str]:
    """The armoured signature of these bytes and the fingerprint of the key, which may lie in an agent.

    Raises:
        GeneratorError: ssh-keygen is missing, or cannot sign with that key.
    """
    made = _run(("-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key)), payload)
    if made is None:
        raise GeneratorError(words.NO_SSH_KEYGEN)
    if made.returncode != 0:
        reason = made.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GeneratorError(words.CANNOT_SIGN.format(key=key, reason=reason[-1] if reason else "?"))
    armoured = made.stdout.decode("ascii")
    return armoured, signer(payload, armoured)


class _OtherKeyError(Exception):
    """A key of a kind that is not verified in process."""


def _unarmoured(armoured: str) -> bytes:
    lines = armoured.strip().splitlines()
    if len(lines) < len((BEGIN, "", END)) or lines[0] != BEGIN or lines[-1] != END:
        raise ValueError(armoured)
    try:
        return base64.b64decode("".join(lines[1:-1]), validate=True)
    except binascii.Error as error:
        raise ValueError(armoured) from error


def _verified(payload: bytes, blob: bytes) -> str:
    """The fingerprint. See PROTOCOL.sshsig of OpenSSH."""
    (version,) = struct.unpack(">I", blob[len(MAGIC) : len(MAGIC) + 4])
    if blob[: len(MAGIC)] != MAGIC or version != VERSION:
        return ""
    key, namespace, reserved, hash_name, signature = _strings(blob[len(MAGIC) + 4 :])
    if namespace != NAMESPACE.encode() or hash_name not in HASHES:
        return ""
    kind, point = (*_strings(key), b"", b"")[:2]
    if kind != ED25519:
        raise _OtherKeyError
    signed_kind, proof = _strings(signature)
    if signed_kind != ED25519:
        return ""
    digest = HASHES[hash_name](payload).digest()
    message = MAGIC + b"".join(map(_string, (namespace, reserved, hash_name, digest)))
    Ed25519PublicKey.from_public_bytes(point).verify(proof, message)
    return fingerprint(key)


def _strings(blob: bytes) -> list[bytes]:
    found = []
    while blob:
        (length,) = struct.unpack(">I", blob[:4])
        if len(blob) < 4 + length:
            raise ValueError(blob)
        found.append(blob[4 : 4 + length])
        blob = blob[4 + length :]
    return found


def _string(blob: bytes) -> bytes:
    return struct.pack(">I", len(blob)) + blob


def _verified_outside(payload: bytes, armoured: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "signature"
        place.write_text(armoured, "ascii", "replace")
        done = _run(("-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(place)), payload)
    if done is None:
        raise GeneratorError(words.NO_SSH_KEYGEN)
    found = FINGERPRINT.search(done.stdout.decode("utf-8", "replace"))
    return found[0] if done.returncode == 0 and found else ""


def _run(arguments: tuple[str, ...], given: bytes) -> subprocess.CompletedProcess[bytes] | None:
    try:
        return subprocess.run(("ssh-keygen", *arguments), input=given, capture_output=True, check=False)
    except FileNotFoundError:
        return None
