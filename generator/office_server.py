"""Runs in the office suite's own Python: Word files come in on standard input, PDF files go out on standard output.

It imports nothing of wenkong, because that Python does not have it. Each message is eight bytes of length, big end
first, and so many bytes. An answer that does not begin with %PDF is the reason why there is none.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

WRITER = "MS Word 2007 XML"
START = 30.0


def properties(**values: object) -> tuple[object, ...]:
    """UNO's way of saying key=value."""
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def connected(pipe: str) -> object:
    """The desktop of the office suite, once it listens."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + START
    while True:
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # UNO's exceptions have no common class before it is connected
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)


def converted(desktop: object, folder: Path, docx: bytes) -> bytes:
    """One document through the office suite; its exit codes say nothing, so the file is looked at."""
    source, target = folder / "in.docx", folder / "out.pdf"
    source.write_bytes(docx)
    target.unlink(missing_ok=True)
    opened = desktop.loadComponentFromURL(  # type: ignore[attr-defined]  # UNO has no types
        source.as_uri(),
        "_blank",
        0,
        properties(Hidden=True, ReadOnly=True, FilterName=WRITER, UpdateDocMode=0, MacroExecutionMode=0),
    )
    if opened is None:
        return b"the file could not be loaded"
    try:
        opened.storeToURL(target.as_uri(), properties(FilterName="writer_pdf_Export"))
    finally:
        opened.close(True)  # noqa: FBT003  UNO's own parameter
    return target.read_bytes() if target.is_file() else b"no file was written"


def exchange(desktop: object, folder: Path) -> None:
    """Answer until standard input ends."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    while head := source.read(8):
        docx = source.read(struct.unpack(">Q", head)[0])
        try:
            answer = converted(desktop, folder, docx)
        except Exception as error:  # whatever UNO throws is the answer
            answer = str(error).encode() or b"?"
        target.write(struct.pack(">Q", len(answer)) + answer)
        target.flush()


def main(soffice: str) -> None:
    """Start the office suite with a profile of its own, answer, and end it."""
    folder = Path(tempfile.mkdtemp(prefix="wenkong-office-"))
    pipe = f"wenkong{os.getpid()}"
    command = (
        *(soffice, "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        *(f"-env:UserInstallation={(folder / 'profile').as_uri()}", f"--accept=pipe,name={pipe};urp;"),
    )
    office = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        desktop = connected(pipe)
        exchange(desktop, folder)
        with contextlib.suppress(Exception):
            desktop.terminate()  # type: ignore[attr-defined]  # UNO has no types
    finally:
        office.kill()
        office.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1])
