"""The reference engines: LibreOffice kept warm in a process of its own, and Microsoft Word where there is Windows."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from threading import Timer
from typing import Any

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
BESIDE = ("python", "python.exe", "../Resources/python")
"""Where LibreOffice's own Python lies, seen from the program."""
SYSTEM = "/usr/bin/python3"
WRITER = "MS Word 2007 XML"
NOWHERE = "http://127.0.0.1:9"
MOST = 30
"""So many documents, then a fresh process: the office suite grows."""
SERVER = str(Path(__file__).with_name("office_server.py"))
GRACE = 5.0
"""Seconds in which it may tidy up after itself."""
PAGE = re.compile(rb"/Type\s*/Page\b")
CONFIGURATION = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


class ConversionFault(GeneratorError):  # noqa: N818  a fault of one document, not of the program
    """One document could not be converted; the engine goes on with the next."""


def find(path: str = "") -> Path | None:
    """The LibreOffice program: `path` itself, in the folders of a PATH, or where it usually lies."""
    if path and Path(path).is_file():
        return Path(path)
    found = shutil.which("soffice", path=path or None) or shutil.which("libreoffice", path=path or None)
    return next((Path(each) for each in (found, *PLACES) if each and Path(each).exists()), None)


def speaking_python(program: Path) -> tuple[str, ...] | None:
    """The start of a command for a Python that can talk to the office suite: its own, or the system's."""
    beside = [(str(program.resolve().parent / each), "-s") for each in BESIDE]
    for command in (*beside, (SYSTEM, "-I")):
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            _asked((*command, "-c", "import uno"))
            return command
    return None


def checked(answer: bytes, name: str) -> bytes:
    """The answer of an engine if it is a PDF from head to end with a page, else a fault; exit codes say nothing."""
    if not answer.startswith(b"%PDF"):
        raise ConversionFault(words.FAILED.format(name=name, reason=answer.decode("utf-8", "replace")[:200]))
    if b"%%EOF" not in answer[-64:] or not PAGE.search(answer):
        raise ConversionFault(words.NO_PDF.format(name=name))
    return answer


class Office:
    """One warm LibreOffice with a profile and fonts of its own; killed and started anew when it hangs.

    Without a Python that can talk to it, it is started for each document: slower, with the same result.
    """

    name = "libreoffice"

    def __init__(self, *, seconds: float, path: str = "", is_warm: bool = True) -> None:
        program = find(path)
        if program is None:
            raise GeneratorError(words.NO_OFFICE)
        self._program, self._seconds = program, seconds
        self._python = speaking_python(program) if is_warm else None
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._done = 0
        self._version = ""

    def version(self) -> str:
        """What the program says of itself, asked once."""
        if not self._version:
            try:
                said = _asked((str(self._program), "--version"))
            except (OSError, subprocess.SubprocessError) as error:
                raise GeneratorError(words.NO_OFFICE) from error
            self._version = said.strip().removeprefix("LibreOffice ").split(" ")[0]
        return self._version

    def convert(self, docx: bytes) -> bytes:
        """The PDF of a Word file; a process that died or hung is replaced once.

        Raises:
            ConversionFault: it failed twice, or gave no PDF.
        """
        _look(docx)
        answer = self._answer(docx) or self._answer(docx)
        if answer is None:
            raise ConversionFault(words.HANGS.format(name=self.name, seconds=round(self._seconds)))
        return checked(answer, self.name)

    def close(self) -> None:
        """End the office suite and remove its folders."""
        if self._process is not None:
            _end(self._process)
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
        if self._done >= MOST or (self._process is not None and self._process.poll() is not None):
            self.close()
        self._done += 1
        if self._python is None:
            return self._once(docx)
        if self._process is None:
            self._process = self._start((*self._python, SERVER, str(self._program)))
        watchdog = Timer(self._seconds, _kill, (self._process,))
        watchdog.start()
        try:
            answer = _exchanged(self._process, docx)
        finally:
            watchdog.cancel()
            watchdog.join()
        if answer is None:
            self.close()
        return answer

    def _once(self, docx: bytes) -> bytes | None:
        """The office suite started for this document alone."""
        source, target = (self._own() / name for name in ("in.docx", "in.pdf"))
        source.write_bytes(docx)
        target.unlink(missing_ok=True)
        profile = f"-env:UserInstallation={(self._own() / 'profile').as_uri()}"
        options = ("--headless", "--norestore", "--nologo", "--nolockcheck", profile, f"--infilter={WRITER}")
        target_folder = ("--convert-to", "pdf", "--outdir", str(self._own()))
        process = self._start((str(self._program), *options, *target_folder, str(source)))
        try:
            process.communicate(timeout=self._seconds)
        except subprocess.TimeoutExpired:
            _kill(process)
            return None
        return target.read_bytes() if target.is_file() else b"no file was written"

    def _own(self) -> Path:
        """A folder of this engine alone: fonts, profile and what the office suite leaves behind."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="wenkong-office-", ignore_cleanup_errors=True)
            settings = CONFIGURATION.format(fonts=fonts.folder(), cache=f"{self._folder.name}/cache")
            (Path(self._folder.name) / "fonts.conf").write_text(settings, "utf-8")
        return Path(self._folder.name)

    def _start(self, command: tuple[str, ...]) -> subprocess.Popen[bytes]:
        own = self._own()
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**_surroundings(own), "FONTCONFIG_FILE": str(own / "fonts.conf")},
            start_new_session=True,
        )


def _asked(command: tuple[str, ...]) -> str:
    with tempfile.TemporaryDirectory(prefix="wenkong-office-", ignore_cleanup_errors=True) as home:
        known, nothing = _surroundings(Path(home)), subprocess.DEVNULL
        said = subprocess.check_output(command, stdin=nothing, stderr=nothing, timeout=60, env=known)
        return said.decode("utf-8", "replace")


def _look(docx: bytes) -> None:
    """An empty file would be printed as an empty page."""
    if not zipfile.is_zipfile(io.BytesIO(docx)):
        raise ConversionFault(words.NO_WORD_FILE)


def _surroundings(folder: Path) -> dict[str, str]:
    """What the office suite may know of the machine: nothing that would let it reach a network or a person's files."""
    kept = {name: value for name, value in os.environ.items() if name.upper() in {"PATH", "SYSTEMROOT"}}
    homes = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), str(folder))
    return {**kept, **homes, "LC_ALL": "C.UTF-8", **dict.fromkeys(("http_proxy", "https_proxy"), NOWHERE)}


def _exchanged(process: subprocess.Popen[bytes], docx: bytes) -> bytes | None:
    try:
        if process.stdin is None or process.stdout is None:
            return None
        process.stdin.write(struct.pack(">Q", len(docx)) + docx)
        process.stdin.flush()
        head = process.stdout.read(8)
        length = struct.unpack(">Q", head)[0]
        answer = process.stdout.read(length)
    except (OSError, struct.error, ValueError):
        return None
    return answer if len(answer) == length else None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let the office suite leave by itself for a moment, then make sure that it did."""
    with contextlib.suppress(OSError, ValueError, subprocess.TimeoutExpired):
        process.communicate(timeout=GRACE)
    _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and what it started, which may outlive it."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None and not pipe.closed:
            with contextlib.suppress(OSError):
                pipe.close()
    process.wait()


class Word:
    """Microsoft Word on Windows, for companies whose masters were made with it."""

    name = "word"

    def __init__(self) -> None:
        _com()

    def version(self) -> str:
        """Word's own version."""
        with _word() as application:
            return str(application.Version)

    def convert(self, docx: bytes) -> bytes:
        """The PDF that Word exports."""
        _look(docx)
        with tempfile.TemporaryDirectory(prefix="wenkong-word-") as folder, _word() as application:
            source, target = Path(folder) / "in.docx", Path(folder) / "out.pdf"
            source.write_bytes(docx)
            document = application.Documents.Open(str(source), ReadOnly=True, AddToRecentFiles=False)
            try:
                document.ExportAsFixedFormat(str(target), 17)
            finally:
                document.Close(False)  # noqa: FBT003  Word's own parameter
            return checked(target.read_bytes(), self.name)

    def close(self) -> None:
        """Nothing stays open."""


def _com() -> tuple[Any, Any, Any]:
    """What pywin32 offers; there is no such package elsewhere."""
    try:
        return import_module("pythoncom"), import_module("pywintypes"), import_module("win32com.client")
    except ImportError as error:
        raise GeneratorError(words.NO_WORD) from error


@contextlib.contextmanager
def _word() -> Iterator[Any]:
    """A Word of our own for one errand, never the one that a person works in; each thread announces itself to it."""
    threads, errors, client = _com()
    threads.CoInitialize()
    try:
        application = client.DispatchEx("Word.Application")
        try:
            application.DisplayAlerts, application.AutomationSecurity = 0, 3
            yield application
        finally:
            application.Quit()
    except errors.com_error as error:
        raise ConversionFault(words.FAILED.format(name=Word.name, reason=error)) from error
    finally:
        threads.CoUninitialize()
