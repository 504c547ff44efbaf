from __future__ import annotations

import io
import os
import signal
import sys
import tempfile
import zipfile
from base64 import b64decode
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import pytest
from docx import Document

from generator import office as module
from generator import paper, pdf
from generator.errors import GeneratorError
from tests.docx_sample import sample

pytestmark = pytest.mark.office
TEXT = "顾客投诉 customer complaint"
PICTURE = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC")


def test_the_office_suite_prints_in_our_own_font(office: pdf.Engine) -> None:
    read = paper.read(office.convert(sample(TEXT)))
    assert read.pages == ("顾客投诉customercomplaint",)
    assert read.fonts == {"NotoSansSC-Regular"}


def test_a_text_file_with_the_ending_of_a_word_file_is_refused(office: pdf.Engine) -> None:
    for content in (b"", b"plain text", b"%PDF-1.7 renamed", sample(TEXT)[:500]):
        with pytest.raises(GeneratorError):
            office.convert(content)
    assert office.convert(sample(TEXT)).startswith(b"%PDF")


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_an_office_suite_that_died_or_hangs_is_replaced(blow: signal.Signals) -> None:
    with closing(module.Office(seconds=20)) as engine:
        engine.convert(sample(TEXT))
        assert engine.pid
        os.killpg(engine.pid, blow)
        assert engine.convert(sample(TEXT)).startswith(b"%PDF")


def test_a_bridge_that_died_alone_is_replaced_with_its_office_suite() -> None:
    with closing(module.Office(seconds=20)) as engine:
        engine.convert(sample(TEXT))
        first = engine.pid
        assert first
        os.kill(first, signal.SIGKILL)
        assert engine.convert(sample(TEXT)).startswith(b"%PDF")
        assert engine.pid != first


def test_it_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    engine = module.Office(seconds=20)
    engine.convert(sample(TEXT))
    assert list(tmp_path.iterdir())
    engine.close()
    assert list(tmp_path.iterdir()) == []


def test_it_begins_anew_before_it_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    pids: list[int | None] = []
    with closing(module.Office(seconds=20)) as engine:
        for _ in range(3):
            engine.convert(sample(TEXT))
            pids.append(engine.pid)
    assert pids[0] == pids[1] != pids[2]


def test_without_a_python_that_can_talk_to_it_it_is_started_for_each_document(office: pdf.Engine) -> None:
    with closing(module.Office(seconds=60, is_warm=False)) as cold:
        assert paper.read(cold.convert(sample(TEXT))) == paper.read(office.convert(sample(TEXT)))
        with pytest.raises(GeneratorError):
            cold.convert(sample(TEXT)[:500])


def test_a_program_that_never_ends_is_stopped(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60\n", "utf-8")
    program.chmod(0o755)
    with (
        closing(module.Office(seconds=1, path=str(program), is_warm=False)) as engine,
        pytest.raises(pdf.ConversionFault, match="was stopped"),
    ):
        engine.convert(sample(TEXT))


def test_no_linked_picture_is_fetched(office: pdf.Engine) -> None:
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815  the base calls them so

    with HTTPServer(("127.0.0.1", 0), Server) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        content = office.convert(linking(f"http://127.0.0.1:{server.server_port}/picture.png"))
        server.shutdown()
    assert content.startswith(b"%PDF")
    assert asked == []


def test_word_is_refused_where_it_cannot_be() -> None:
    with pytest.raises(GeneratorError, match="only on Windows"):
        pdf.engine("word")


def test_our_own_word_is_ended_when_it_fails_too(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    application = SimpleNamespace(Quit=lambda: said.append("quit"), Documents=SimpleNamespace(Open=_refused))
    stand_in: dict[str, dict[str, Any]] = {  # of pywin32, which exists on Windows only
        "pythoncom": {"CoInitialize": lambda: said.append("in"), "CoUninitialize": lambda: said.append("out")},
        "pywintypes": {"com_error": OSError},
        "win32com": {},
        "win32com.client": {"DispatchEx": lambda _: application},
    }
    for name, content in stand_in.items():
        monkeypatch.setitem(sys.modules, name, cast("ModuleType", SimpleNamespace(**content)))
    with closing(pdf.engine("word")) as engine, pytest.raises(pdf.ConversionFault, match="the file is locked"):
        engine.convert(sample(TEXT))
    assert said == ["in", "quit", "out"]


def _refused(*_: object, **__: object) -> None:
    raise OSError("the file is locked")


def linking(address: str) -> bytes:
    """A Word file whose picture lies elsewhere."""
    document = Document(io.BytesIO(sample(TEXT)))
    document.add_picture(io.BytesIO(PICTURE))
    made = io.BytesIO()
    document.save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b"r:embed", b"r:link")
            away = f'Target="{address}" TargetMode="External"'.encode()
            target.writestr(name, content.replace(b'Target="media/image1.png"', away))
    return out.getvalue()


def test_the_version_is_a_number() -> None:
    with closing(module.Office(seconds=30)) as engine:
        assert engine.version()[0].isdigit()


def test_it_is_looked_for_in_the_path_that_is_given(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    assert module.find(str(tmp_path)) == program
