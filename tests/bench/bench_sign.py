"""Digital signatures proven in process, beside the bare arithmetic of the library that does it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from generator import sshsig

SIGNATURES, ROUNDS, TIMES = 20, 5, 50
SHARE = 3
"""Proving an entry may cost so many times what bare verification costs; measured 1.3."""


def cost(work: Callable[[], object]) -> float:
    """The median CPU time of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return median(times)


@pytest.mark.bench
def test_a_signature_is_proven_in_little_more_than_the_arithmetic_takes(tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)), check=True)
    payloads = [f"payload {each}".encode() for each in range(SIGNATURES)]
    signed = [(each, sshsig.sign(each, key)[0]) for each in payloads]
    bare = Ed25519PrivateKey.generate()
    texts = [(hashlib.sha512(each).digest(), bare.sign(hashlib.sha512(each).digest())) for each in payloads]
    public = bare.public_key()

    def ours() -> None:
        assert all(sshsig.signer(*each) for _ in range(TIMES) for each in signed)

    def theirs() -> None:
        for _ in range(TIMES):
            for text, signature in texts:
                public.verify(signature, text)

    one, other = cost(ours), cost(theirs)
    rate = SIGNATURES * TIMES / one
    sys.stdout.write(f"\nsignatures proven in a second of CPU: {rate:,.0f}, {one / other:.2f} times the bare cost\n")
    assert one / other <= SHARE
