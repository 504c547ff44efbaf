"""Starlette and uvicorn: a page on this machine that can only be read, and that is told when it is old."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

LOOPBACK = "127.0.0.1"
HOSTS = ("127.0.0.1", "localhost")
"""By no other name is an answer given, so that no page from elsewhere reads ours under a name of its own."""
BEAT, STEP = 15.0, 0.05
"""Seconds between two signs of life, and between two looks whether something is new."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Bytes and what they are."""

    content: bytes
    kind: str


class Site(Protocol):
    """What is to be read; it knows no files, so that no address can lead to one."""

    def answer(self, address: str) -> Answer | None:
        """What stands at an address; None for nothing."""

    def version(self) -> int:
        """Another number as soon as something is new."""

    def is_over(self) -> bool:
        """Whether the program ends."""


def listening(port: int) -> socket.socket:
    """A place on this machine alone; OSError where the port is taken."""
    place = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        place.bind((LOOPBACK, port))
        place.listen()
    except OSError:
        place.close()
        raise
    return place


class Server:
    """Serves a site until it is told to end."""

    def __init__(self, site: Site) -> None:
        config = uvicorn.Config(
            application(site), log_level="error", access_log=False, timeout_graceful_shutdown=1, lifespan="off"
        )
        self._server = uvicorn.Server(config)

    def run(self, place: socket.socket) -> None:
        """Serve at a place; Ctrl-C in the main thread ends it."""
        self._server.run(sockets=[place])

    def end(self) -> None:
        """Stop soon."""
        self._server.should_exit = True


def application(site: Site) -> Starlette:
    """The routes: every address is the site's to know, and one of them tells of changes."""

    async def read(request: Request) -> Response:
        found = site.answer(request.path_params["address"])
        if found is None:
            return Response("404", 404, HEADERS, "text/plain")
        return Response(found.content, 200, HEADERS, found.kind)

    async def changes(_: Request) -> Response:
        return StreamingResponse(_told(site), 200, HEADERS, "text/event-stream")

    routes = [Route("/events", changes, methods=["GET"]), Route("/{address:path}", read, methods=["GET"])]
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS))])


async def _told(site: Site) -> AsyncIterator[str]:
    known, quiet = -1, 0.0
    while not site.is_over():
        version = site.version()
        if version != known:
            known, quiet = version, 0.0
            yield f"data: {version}\n\n"
        elif quiet > BEAT:
            quiet = 0.0
            yield ": \n\n"
        await asyncio.sleep(STEP)
        quiet += STEP
