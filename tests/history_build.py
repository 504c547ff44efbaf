"""Large histories, made at once by git's own importer."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

WHO = "张三 <zhang.san@example.com>"
START = 1_600_000_000
KINDS, YEARS, RECORDS = ("complaint", "capa", "contract-review", "customer-file"), 6, 10_000


def grown(folder: Path, commits: int) -> Path:
    """A repository of so many commits, every sixtieth of them a merge of a branch with one commit."""
    subprocess.run(("git", "init", "-q", "-b", "main", str(folder)), check=True)
    stream = b"".join(_stream(commits))
    subprocess.run(("git", "-C", str(folder), "fast-import", "--quiet"), input=stream, check=True)
    subprocess.run(("git", "-C", str(folder), "reset", "-q", "--hard"), check=True)
    return folder


def _stream(commits: int) -> Iterator[bytes]:
    for number in range(1, commits + 1):
        some = number * 7_919 % RECORDS
        kind, year = KINDS[some % len(KINDS)], 2020 + some // len(KINDS) % YEARS
        path = f"records/{kind}/{kind[:2].upper()}-{year}-{some // len(KINDS) // YEARS:04d}.yaml"
        text = f"number: {number}\nstate: open\nnote: {'x' * (number % 200)}\n".encode()
        merge = f"from :{number - 1}\nmerge :{number - 2}\n" if number % 60 == 0 else ""
        parent = f"from :{number - 1}\n" if number > 1 and not merge else ""
        message = f"记录第 {number} 次修改".encode()
        yield f"commit refs/heads/main\nmark :{number}\ncommitter {WHO} {START + number * 60} +0800\n".encode()
        yield b"data %d\n%s\n" % (len(message), message)
        yield (merge or parent).encode() + f"M 100644 inline {path}\n".encode() + b"data %d\n%s\n" % (len(text), text)
