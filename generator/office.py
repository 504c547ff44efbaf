"""The reference engines: LibreOffice kept warm in a process of its own, and Microsoft Word where there is Windows."""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Timer
from typing import Any, NoReturn

from generator import fonts
from generator.errors import GeneratorError
from generator.terms import pdf as words

PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
PYTHONS = ("/usr/bin/python3", "/Applications/LibreOffice.app/Contents/Resources/python")
MOST = 100
"""So many documents, then a fresh process: the office suite grows."""
CONFIGURATION = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def find(path: str = "") -> Path | None:
    """The LibreOffice program, in the folders of a PATH or where it usually lies."""
    found = shutil.which("soffice", path=path or None) or shutil.which("libreoffice", path=path or None)
    return next((Path(each) for each in (found, *PLACES) if each and Path(each).exists()), None)


class Office:
    """One warm LibreOffice with a profile and fonts of its own; killed and started anew when it hangs."""

    name = "libreoffice"

    def __init__(self, *, seconds: float) -> None:
        program = find()
        python = next((Path(each) for each in PYTHONS if Path(each).exists()), None)
        if program is None or python is None:
            raise GeneratorError(words.NO_OFFICE)
        self._program, self._python, self._seconds = program, python, seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._done = 0

    def version(self) -> str:
        """What the program says of itself."""
        done = subprocess.run((str(self._program), "--version"), capture_output=True, check=False, timeout=60)
        return done.stdout.decode("utf-8", "replace").strip().removeprefix("LibreOffice ").split(" ")[0]

    def convert(self, docx: bytes) -> bytes:
        """The PDF of a Word file; a process that died or hung is replaced once.

        Raises:
            GeneratorError: it failed twice, or gave no PDF.
        """
        answer = self._answer(docx) or self._answer(docx)
        if answer is None:
            raise GeneratorError(words.HANGS.format(name=self.name, seconds=round(self._seconds)))
        if not answer.startswith(b"%PDF"):
            reason = answer.decode("utf-8", "replace")[:200]
            raise GeneratorError(words.FAILED.format(name=self.name, reason=reason))
        return answer

    def close(self) -> None:
        """Kill the office suite and remove its folders."""
        if self._process is not None:
            _kill(self._process)
            self._process = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
        self._done = 0

    @property
    def pid(self) -> int | None:
        """The process that converts, once there is one."""
        return self._process.pid if self._process else None

    def _answer(self, docx: bytes) -> bytes | None:
        """What the process answers, or None when it died or was killed because it hung."""
        if self._done >= MOST:
            self.close()
        process = self._started()
        watchdog = Timer(self._seconds, _kill, (process,))
        watchdog.start()
        try:
            answer = _exchanged(process, docx)
        finally:
            watchdog.cancel()
        if answer is None:
            self.close()
        self._done += 1
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._folder = tempfile.TemporaryDirectory(prefix="wenkong-fonts-", ignore_cleanup_errors=True)
            settings = Path(self._folder.name) / "fonts.conf"
            settings.write_text(CONFIGURATION.format(fonts=fonts.folder(), cache=f"{self._folder.name}/cache"), "utf-8")
            server = Path(__file__).with_name("office_server.py")
            self._process = subprocess.Popen(
                (str(self._python), "-I", str(server), str(self._program)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**_surroundings(), "FONTCONFIG_FILE": str(settings)},
                start_new_session=True,
            )
        return self._process


def _surroundings() -> dict[str, str]:
    """What the office suite may know of the machine: nothing that would let it reach a network or a person's files."""
    kept = {"PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR"}
    settings = {name: value for name, value in os.environ.items() if name.upper() in kept}
    return {**settings, "HOME": tempfile.gettempdir(), "LC_ALL": "C.UTF-8", "http_proxy": "http://127.0.0.1:9"}


def _exchanged(process: subprocess.Popen[bytes], docx: bytes) -> bytes | None:
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(struct.pack(">Q", len(docx)) + docx)
        process.stdin.flush()
        head = process.stdout.read(8)
        answer = process.stdout.read(struct.unpack(">Q", head)[0])
    except (OSError, struct.error, ValueError):
        return None
    return answer


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and what it started."""
    if hasattr(os, "killpg") and process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None and not pipe.closed:
            try:
                pipe.close()
            except OSError:
                continue
    process.wait()


class Word:
    """Microsoft Word on Windows, for companies whose masters were made with it."""

    name = "word"

    def __init__(self) -> None:
        if sys.platform != "win32":
            self._refuse()

    def _refuse(self) -> NoReturn:
        raise GeneratorError(words.NO_WORD)

    def version(self) -> str:
        """Word's own version."""
        return str(self._application().Version)

    def convert(self, docx: bytes) -> bytes:
        """The PDF that Word exports."""
        application = self._application()
        with tempfile.TemporaryDirectory(prefix="wenkong-word-") as folder:
            source, target = Path(folder) / "in.docx", Path(folder) / "out.pdf"
            source.write_bytes(docx)
            document = application.Documents.Open(str(source), ReadOnly=True, AddToRecentFiles=False)
            try:
                document.ExportAsFixedFormat(str(target), 17)
            finally:
                document.Close(False)  # noqa: FBT003  Word's own parameter
                application.Quit()
            return target.read_bytes()

    def close(self) -> None:
        """Nothing stays open."""

    def _application(self) -> Any:
        from win32com import client  # noqa: PLC0415  there is no such package elsewhere

        return client.DispatchEx("Word.Application")
