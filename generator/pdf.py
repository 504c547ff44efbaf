"""Word bytes become PDF bytes by the engine of the organisation's choice, in processes that can be stopped."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Timer
from typing import Any, Protocol, TypeVar
from zipfile import BadZipFile

import rdocx

from generator import fonts, office, wrapping
from generator.errors import GeneratorError
from generator.terms import pdf as words

K = TypeVar("K")
D = TypeVar("D")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
PATIENCE = 60.0
"""Seconds that one document may take."""
Timing = Callable[[Any], AbstractContextManager[None]]
"""Times the conversion of the document of a key."""


ConversionFault = office.ConversionFault


class Engine(Protocol):
    """Turns Word files into PDF files, one at a time."""

    name: str

    def version(self) -> str:
        """The version that is kept in the document's properties."""
        ...

    def convert(self, docx: bytes) -> bytes:
        """The PDF of a Word file.

        Raises:
            ConversionFault: this document could not be converted; the engine goes on with the next.
        """
        ...

    def close(self) -> None:
        """End the engine's process."""
        ...


class Rdocx:
    """The engine that comes with the program, in a process of its own that is killed when it hangs."""

    name = "rdocx"

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def version(self) -> str:
        """The version of the wheel."""
        return version("rdocx")

    def convert(self, docx: bytes) -> bytes:
        """The PDF of a Word file.

        Raises:
            ConversionFault: it took too long, the process died, or there is no page.
        """
        return office.checked(self._answer(_cuttable(docx)), self.name)

    def close(self) -> None:
        """Kill the process, busy or not."""
        if self._process is not None and self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._pipe = None

    @property
    def pid(self) -> int | None:
        """The process that converts, once there is one."""
        return self._process.pid if self._process else None

    def _answer(self, docx: bytes) -> bytes:
        """What the process answers; it may hang while it is read from as well as while it is written to."""
        pipe, process = self._started()
        hangs = Event()

        def stop() -> None:
            hangs.set()
            process.kill()

        watchdog = Timer(self._seconds, stop)
        watchdog.daemon = True
        watchdog.start()
        try:
            pipe.send_bytes(docx)
            answer: bytes | None = pipe.recv_bytes()
        except (EOFError, OSError):
            answer = None
        finally:
            watchdog.cancel()
            watchdog.join()
        if answer is None or hangs.is_set():
            self.close()
        if answer is None:
            said = words.HANGS if hangs.is_set() else words.DIED
            raise ConversionFault(said.format(name=self.name, seconds=round(self._seconds)))
        return answer

    def _started(self) -> tuple[Connection, multiprocessing.process.BaseProcess]:
        if self._process is None or self._pipe is None or not self._process.is_alive():
            self.close()
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, fonts.folder()), daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe, self._process


def _cuttable(docx: bytes) -> bytes:
    """This engine runs a long word over the edge of its cell; what is no Word file is left for it to refuse."""
    try:
        return wrapping.cuttable(docx)
    except (BadZipFile, EOFError, OSError, ValueError):
        return docx


def _serve(pipe: Connection, folder: Path) -> None:
    """The child's life: a Word file in, a PDF or the words of an error out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer; it ends this process itself
    while True:
        try:
            docx = pipe.recv_bytes()
        except EOFError:
            return
        try:
            answer = bytes(rdocx.Document.from_bytes(docx).to_pdf(font_dirs=[folder]))
        except (rdocx.RdocxError, ValueError) as error:
            answer = str(error).encode() or b"?"
        pipe.send_bytes(answer)


def engine(name: str, *, seconds: float = PATIENCE) -> Engine:
    """The engine of that name.

    Raises:
        GeneratorError: there is no such engine, or this machine does not have it.
    """
    if name == "rdocx":
        return Rdocx(seconds)
    if name == "libreoffice":
        return office.Office(seconds=seconds)
    if name == "word":
        return office.Word()
    raise GeneratorError(words.UNKNOWN_ENGINE.format(name=name, names="rdocx, libreoffice, word"))


def label(engine: Engine) -> str:
    """What a document says of the engine that made it."""
    return f"{engine.name} {engine.version()}"


class Answer(Protocol[R_co]):
    """What will be there later."""

    def result(self) -> R_co:
        """Wait for it."""
        ...


class Converter(Protocol):
    """Many engines at work."""

    label: str
    """The engine's name and version."""

    def map(self, documents: Iterable[tuple[K, bytes]]) -> Iterator[tuple[K, bytes | GeneratorError]]:
        """Each document's PDF, or why there is none, in the order of the documents."""
        ...

    def close(self) -> None:
        """End all engines."""
        ...


class Pool:
    """As many engines as cores, each converting one document at a time; results come in the order of the documents."""

    def __init__(
        self, name: str, *, workers: int, seconds: float = PATIENCE, timing: Timing = lambda _: nullcontext()
    ) -> None:
        self._timing = timing
        self._engines = [engine(name, seconds=seconds) for _ in range(workers)]
        self.label = label(self._engines[0])

    def close(self) -> None:
        """End all engines."""
        for each in self._engines:
            each.close()

    def map(self, documents: Iterable[tuple[K, bytes]]) -> Iterator[tuple[K, bytes | GeneratorError]]:
        """Each document's PDF, or why there is none; documents are taken only a few ahead of the results."""
        free: SimpleQueue[Engine] = SimpleQueue()
        for each in self._engines:
            free.put(each)

        def convert(key: K, docx: bytes) -> bytes | GeneratorError:
            taken = free.get()
            try:
                with self._timing(key):
                    return taken.convert(docx)
            except GeneratorError as error:
                return error
            finally:
                free.put(taken)

        with ThreadPoolExecutor(len(self._engines)) as threads:
            pairs = ((each, each) for each in documents)
            ahead = 2 * len(self._engines)
            for (key, _), result in in_order(pairs, lambda pair: threads.submit(convert, *pair), ahead):
                yield key, result


def in_order(documents: Iterable[tuple[K, D]], submit: Callable[[D], Answer[R]], ahead: int) -> Iterator[tuple[K, R]]:
    """What becomes of each document, in their order; so many are taken ahead of the results."""
    waiting: deque[tuple[K, Answer[R]]] = deque()
    for key, document in documents:
        waiting.append((key, submit(document)))
        if len(waiting) > ahead:
            first, result = waiting.popleft()
            yield first, result.result()
    while waiting:
        first, result = waiting.popleft()
        yield first, result.result()
