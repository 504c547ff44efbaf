"""Engines on the workers of a Dask cluster, asked through its standard executor: another pool with the same bytes."""

from __future__ import annotations

import hashlib
import multiprocessing
import re
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from generator import fonts, office, pack, pdf
from generator.errors import GeneratorError
from generator.terms import Text
from generator.terms import pdf as words

K = TypeVar("K")
ADDRESS = re.compile(r"[a-z]+://[^\s/]+:\d+")
CONNECT = 10.0
"""Seconds in which a scheduler must answer and a worker be there."""
LOOK = 0.5
"""Seconds after which somebody looks whether the cluster is still there."""
AGAIN = 3
"""How often a document is given to another worker after one has died on it."""
SHORT = 12


class Cluster:
    """The engines of a cluster; results come in the order of the documents. See pdf.Pool."""

    def __init__(self, address: str, name: str) -> None:
        """Join the cluster at an address such as `tcp://10.0.0.5:8786`.

        Raises:
            GeneratorError: Dask is not installed, nobody answers, or a worker would not make the same files.
        """
        self._name = name
        self._client = _joined(address)
        try:
            self.label = _agreed(self._client, name, address)
        except BaseException:
            self.close()
            raise
        self._executor = self._client.get_executor(retries=AGAIN)
        self._address = address

    def close(self) -> None:
        """Leave the cluster; what was not yet begun is not done any more."""
        with suppress(OSError, TimeoutError):
            self._client.close(timeout=CONNECT)

    def map(self, documents: Iterable[tuple[K, bytes]]) -> Iterator[tuple[K, bytes | GeneratorError]]:
        """Each document's PDF, or why there is none; documents are taken only a few ahead of the results.

        Raises:
            GeneratorError: the cluster is gone, or a worker came that would not make the same files.
        """
        from distributed import KilledWorker  # noqa: PLC0415  see _joined

        ahead = 2 * max(sum(self._client.nthreads().values()), 1)
        try:
            for key, (label, answer) in pdf.in_order(documents, self._submit, ahead):
                if label != self.label:
                    said = {"worker": self._address, "theirs": label, "ours": self.label}
                    raise GeneratorError(words.OTHER_WORKER.format(**said))
                yield key, office.ConversionFault(answer) if isinstance(answer, Text) else answer
        except (CancelledError, KilledWorker, OSError, TimeoutError) as error:
            raise GeneratorError(words.CLUSTER_LOST.format(address=self._address, reason=_said(error))) from error

    def _submit(self, docx: bytes) -> _Awaited:
        return _Awaited(self._executor.submit(_converted, self._name, docx), self._client)


@dataclass(frozen=True)
class _Awaited:
    """What a worker will answer; a cluster that is gone is not waited for."""

    future: Future[tuple[str, bytes | Text]]
    client: Any

    def result(self) -> tuple[str, bytes | Text]:
        """The answer.

        Raises:
            CancelledError: nobody is there any more to answer.
        """
        lost = 0.0
        while lost < CONNECT:
            try:
                return self.future.result(timeout=LOOK)
            except TimeoutError:
                lost = 0.0 if self.client.status == "running" else lost + LOOK
        raise CancelledError(self.client.status)


def _joined(address: str) -> Any:
    try:
        from distributed import Client  # noqa: PLC0415  an extra: most people do not have it
    except ImportError:
        raise GeneratorError(words.NO_DASK) from None
    if not ADDRESS.fullmatch(address):
        raise GeneratorError(words.NO_CLUSTER.format(address=address, reason="?"))
    try:
        client = Client(address, timeout=CONNECT, set_as_default=False)
        client.wait_for_workers(1, timeout=CONNECT)
    except (OSError, TimeoutError, ValueError) as error:
        raise GeneratorError(words.NO_CLUSTER.format(address=address, reason=_said(error))) from error
    return client


def _agreed(client: Any, name: str, address: str) -> str:
    """What all workers say of their engine; their program must be ours, for the same files."""
    try:
        answers: dict[str, tuple[str, str]] = client.run(_kind, name)
    except ImportError as error:
        raise GeneratorError(words.NO_WENKONG.format(address=address, reason=_said(error))) from error
    except (OSError, TimeoutError) as error:
        raise GeneratorError(words.NO_CLUSTER.format(address=address, reason=_said(error))) from error
    ours = (_program(), next(iter(answers.values()))[1])
    for worker, theirs in answers.items():
        if theirs != ours:
            said = {"theirs": " ".join(theirs)[-SHORT * 3 :], "ours": " ".join(ours)[-SHORT * 3 :]}
            raise GeneratorError(words.OTHER_WORKER.format(worker=worker, **said))
    return ours[1]


def _kind(name: str) -> tuple[str, str]:
    """On a worker: which program it has, and which engine."""
    return _program(), pdf.label(_engine(name, thread=threading.get_ident()))


def _converted(name: str, docx: bytes) -> tuple[str, bytes | Text]:
    """On a worker: its engine and the PDF of a Word file, or the words of what is wrong with it."""
    engine = _engine(name, thread=threading.get_ident())
    try:
        return pdf.label(engine), engine.convert(docx)
    except GeneratorError as error:
        return pdf.label(engine), error.text


@cache
def _engine(name: str, *, thread: int) -> pdf.Engine:  # noqa: ARG001  one for each
    """On a worker: the engine of a thread, kept as long as the worker lives."""
    multiprocessing.current_process().daemon = False  # a worker with a nanny may else start no process of its own
    return pdf.engine(name)


@cache
def _program() -> str:
    """The content of the program and its fonts; the same on every machine that has the same version."""
    digest = hashlib.sha256()
    for path in (*sorted(pack.PACKAGE.rglob("*.py")), *sorted(fonts.folder().iterdir())):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:SHORT]


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]
