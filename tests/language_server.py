"""A client of the real YAML language server, over its own protocol, as an editor would speak to it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from queue import Queue
from threading import Thread
from types import TracebackType
from typing import Any, Self

from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
KEPT = ROOT / ".venv" / "language-server"
VERSION = "yaml-language-server@2.0.0"
PATIENCE = 30
"""Seconds until an answer that does not come is a failure."""


def installed() -> list[str]:
    """The command that starts the server; npm brings it the first time."""
    program = KEPT / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    with FileLock(KEPT.with_suffix(".lock")):
        if not program.is_file():
            quiet = ["--no-audit", "--no-fund", "--silent"]
            subprocess.run([BIN / "npm", "install", *quiet, "--prefix", KEPT, VERSION], check=True, timeout=300)
    return [str(BIN / "node"), str(program), "--stdio"]


class Client:
    """An editor that has opened the folder `root` with the settings that VS Code would read from it."""

    def __init__(self, root: Path, settings: dict[str, Any]) -> None:
        self.root = root
        self.settings = settings
        self.server = subprocess.Popen(installed(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root)
        self.said: Queue[dict[str, Any]] = Queue()
        self.count = 0
        Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        self.ask(
            "initialize",
            processId=None,
            rootUri=self.root.as_uri(),
            capabilities={
                "workspace": {"configuration": True},
                "textDocument": {
                    "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
                    "hover": {"contentFormat": ["markdown"]},
                    "publishDiagnostics": {},
                },
            },
        )
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings={"yaml": self.settings})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.kill()
        self.server.communicate()

    def open(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Show `text` as the content of `path`; the diagnostics that the server publishes of it."""
        uri = path.as_uri()
        self.tell("textDocument/didOpen", textDocument={"uri": uri, "languageId": "yaml", "version": 1, "text": text})
        while True:
            message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                return list(message["params"]["diagnostics"])

    def complete(self, path: Path, line: int, character: int) -> list[dict[str, Any]]:
        """What is offered at a place, counted from 0."""
        found = self.ask("textDocument/completion", **_at(path, line, character))
        return list(found["items"] if isinstance(found, dict) else found)

    def hover(self, path: Path, line: int, character: int) -> str:
        """The help at a place, counted from 0."""
        found = self.ask("textDocument/hover", **_at(path, line, character))
        return str(found["contents"]["value"]) if found else ""

    def ask(self, method: str, **params: Any) -> Any:
        """The result of a request."""
        self.count += 1
        mine = self.count
        self._send({"id": mine, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == mine and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]

    def tell(self, method: str, **params: Any) -> None:
        """A notification, which has no answer."""
        self._send({"method": method, "params": params})

    def _next(self) -> dict[str, Any]:
        message = self.said.get(timeout=PATIENCE)
        if "method" in message and "id" in message:
            wanted = message["params"].get("items", []) if message.get("params") else []
            answer = [self.settings if each.get("section") == "yaml" else {} for each in wanted]
            self._send({"id": message["id"], "result": answer or None})
        return message

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self.server.stdin.flush()

    def _listen(self) -> None:
        assert self.server.stdout
        while header := self.server.stdout.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                header = self.server.stdout.readline()
            self.said.put(json.loads(self.server.stdout.read(length)))


def _at(path: Path, line: int, character: int) -> dict[str, Any]:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}
