"""Engines on the workers of a Dask cluster, asked through its standard executor: another pool with the same bytes."""

from __future__ import annotations

import multiprocessing
import re
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from generator import canonical, fonts, office, pack, pdf
from generator.errors import GeneratorError
from generator.terms import Text
from generator.terms import pdf as words

K = TypeVar("K")
R = TypeVar("R")
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
        self._name, self._address = name, address
        self._client = _joined(address)
        try:
            self._kind = _agreed(self._client, name, address)
        except BaseException:
            self.close()
            raise
        self.label = self._kind.engine
        self._executor = self._client.get_executor(retries=AGAIN)

    def close(self) -> None:
        """Leave the cluster; what was not yet begun is not done any more."""
        with suppress(OSError, TimeoutError):
            self._client.close(timeout=CONNECT)

    def map(self, documents: Iterable[tuple[K, bytes]]) -> Iterator[tuple[K, bytes | GeneratorError]]:
        """Each document's PDF, or why there is none; documents are taken only a few ahead of the results.

        Raises:
            GeneratorError: the cluster is gone, or a worker came that would not make the same files.
        """
        ahead = 2 * max(sum(self._client.nthreads().values()), 1)
        for key, answer in pdf.in_order(documents, self._submit, ahead):
            yield key, office.ConversionFault(answer) if isinstance(answer, Text) else answer

    def _submit(self, docx: bytes) -> _Awaited:
        try:
            return _Awaited(self, self._executor.submit(_converted, self._name, docx))
        except (CancelledError, OSError, RuntimeError) as error:  # its clients say so once they are closed
            raise self._lost(error) from error

    def answered(self, future: Future[tuple[Kind, bytes | Text]]) -> bytes | Text:
        """What a worker has made, or why it could not.

        Raises:
            GeneratorError: see map.
        """
        from distributed import KilledWorker  # noqa: PLC0415  see _joined

        try:
            theirs, answer = self._waited(future)
        except KilledWorker:
            return words.DIED.format(name=self._name)
        except (CancelledError, OSError, TimeoutError) as error:
            raise self._lost(error) from error
        if theirs != self._kind:
            raise GeneratorError(_other(self._address, theirs, self._kind))
        return answer

    def _waited(self, future: Future[R]) -> R:
        """The answer; a cluster that is gone is not waited for."""
        lost = 0.0
        while lost < CONNECT:
            try:
                return future.result(timeout=LOOK)
            except TimeoutError:
                if future.done():
                    raise
                lost = 0.0 if self._client.status == "running" else lost + LOOK
        raise CancelledError(self._client.status)

    def _lost(self, error: BaseException) -> GeneratorError:
        return GeneratorError(words.CLUSTER_LOST.format(address=self._address, reason=_said(error)))


@dataclass(frozen=True)
class Kind:
    """Which files a worker makes: by the content of its program and fonts, and by its engine."""

    program: str
    engine: str


@dataclass(frozen=True)
class _Awaited:
    """What a worker will answer."""

    cluster: Cluster
    future: Future[tuple[Kind, bytes | Text]]

    def result(self) -> bytes | Text:
        """See Cluster.answered."""
        return self.cluster.answered(self.future)


def _joined(address: str) -> Any:
    try:
        from distributed import Client  # noqa: PLC0415  an extra: most people do not have it
    except ImportError:
        raise GeneratorError(words.NO_DASK) from None
    if not ADDRESS.fullmatch(address):
        raise GeneratorError(words.NO_CLUSTER.format(address=address, reason="?"))
    with ExitStack() as left:
        try:
            client = left.enter_context(Client(address, timeout=CONNECT, set_as_default=False))
            client.wait_for_workers(1, timeout=CONNECT)
        except (OSError, TimeoutError, ValueError) as error:
            raise GeneratorError(words.NO_CLUSTER.format(address=address, reason=_said(error))) from error
        left.pop_all()
        return client


def _agreed(client: Any, name: str, address: str) -> Kind:
    """What all workers are; their program must be ours, for the same files."""
    try:
        answers: dict[str, Kind] = client.run(_kind, name)
    except ImportError as error:
        raise GeneratorError(words.NO_WENKONG.format(address=address, reason=_said(error))) from error
    except (OSError, TimeoutError) as error:
        raise GeneratorError(words.NO_CLUSTER.format(address=address, reason=_said(error))) from error
    ours = Kind(_program(), next(iter(answers.values())).engine)
    for worker, theirs in answers.items():
        if theirs != ours:
            raise GeneratorError(_other(worker, theirs, ours))
    return ours


def _other(worker: str, theirs: Kind, ours: Kind) -> Text:
    said = {name: f"{each.engine}, {each.program[:SHORT]}" for name, each in (("theirs", theirs), ("ours", ours))}
    return words.OTHER_WORKER.format(worker=worker, **said)


def _kind(name: str) -> Kind:
    """On a worker: what it is."""
    return Kind(_program(), pdf.label(_engine(name, thread=threading.get_ident())))


def _converted(name: str, docx: bytes) -> tuple[Kind, bytes | Text]:
    """On a worker: what it is, and the PDF of a Word file or the words of what is wrong with it."""
    try:
        return _kind(name), _engine(name, thread=threading.get_ident()).convert(docx)
    except GeneratorError as error:
        return _kind(name), error.text


@cache
def _engine(name: str, *, thread: int) -> pdf.Engine:  # noqa: ARG001  one for each
    """On a worker: the engine of a thread, kept as long as the worker lives."""
    multiprocessing.current_process().daemon = False  # a worker with a nanny may else start no process of its own
    return pdf.engine(name)


@cache
def _program() -> str:
    """The content of the program and its fonts; the same on every machine that has the same version."""
    files = sorted(pack.PACKAGE.rglob("*.py"))
    return canonical.digest(
        b"".join(each.name.encode() + each.read_bytes() for each in files) + fonts.digest().encode()
    )


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]
