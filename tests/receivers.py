"""Real receivers on loopback: a mail server, and the hosts of chat robots behind a proxy that speaks for them."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller

from tests import pki


@dataclass
class Post:
    """What a host was sent."""

    host: str
    path: str
    body: bytes


@dataclass
class Mailbox:
    """A mail server's port and what came; while `is_closed` it takes nothing."""

    port: int
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    is_closed: bool = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  its server calls it so
        if self.is_closed:
            return "451 try later"
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        return "250 OK"


def body(mail: EmailMessage) -> str:
    """Everything that is written in a mail."""
    return "\n".join(str(part.get_content()) for part in mail.walk() if not part.is_multipart())


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mail server."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        box = Mailbox(free.getsockname()[1])
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


class _Proxy(ThreadingHTTPServer):
    daemon_threads = True
    context: ssl.SSLContext
    posts: list[Post]


class _Tunnel(BaseHTTPRequestHandler):
    """Answers CONNECT as a proxy, then speaks as the host itself."""

    protocol_version = "HTTP/1.1"
    host = ""

    def do_CONNECT(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.host = self.path.partition(":")[0]
        server = cast("_Proxy", self.server)
        self.connection = server.context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", 0)
        self.close_connection = False

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        cast("_Proxy", self.server).posts.append(Post(self.host, self.path, body))
        answer = b'{"errcode": 0, "code": 0}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def robots(folder: Path, *hosts: str) -> Iterator[tuple[dict[str, str], list[Post]]]:
    """Hosts of chat robots: the environment in which a program finds them, and what they were sent."""
    ca = pki.authority("receivers")
    person = pki.host(ca, *hosts)
    (folder / "ca.pem").write_bytes(ca.pem)
    (folder / "host.pem").write_bytes(person.pem + person.key_pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "host.pem")
    server = _Proxy(("127.0.0.1", 0), _Tunnel)
    server.context, server.posts = context, []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    proxy = f"http://127.0.0.1:{server.server_port}"
    try:
        yield {"HTTPS_PROXY": proxy, "NO_PROXY": "", "REQUESTS_CA_BUNDLE": str(folder / "ca.pem")}, server.posts
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
