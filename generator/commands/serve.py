"""`wenkong serve`: a page on this machine with records, findings, what is due, and the sheet being edited."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock, Thread
from typing import TypeVar

from generator import board, raster, webserver
from generator.errors import GeneratorError
from generator.live import Page, Said
from generator.terms import Text
from generator.terms import board as words
from generator.watching import Hearer, Watcher
from generator.webserver import Answer

T = TypeVar("T")
WEB = Path(__file__).resolve().parents[1] / "web"
FILES = {
    "": ("page.html", "text/html"),
    "style.css": ("style.css", "text/css"),
    "page.js": ("page.js", "text/javascript"),
}
SHEET = re.compile(r"sheet/(?P<name>[^/]+)/(?P<page>[0-9]{1,3})\.png")
ABOUT, PDF = re.compile(r"sheet/(?P<name>[^/]+)\.json"), re.compile(r"sheet/(?P<name>[^/]+)\.pdf")
DPI, KEPT = 120, 24
"""Pages are drawn so finely, and the sheets of so many names are kept."""


@dataclass(frozen=True)
class Sheet:
    """A printed sheet as the page shows it, or why there is none."""

    pdf: bytes = b""
    pictures: tuple[bytes, ...] = ()
    fault: Text | None = None


@dataclass
class Desk:
    """What the page may ask for; the watcher's thread writes, the server's reads, and only the former prints."""

    root: Path
    behind: Hearer
    ask: Callable[[str], None] = field(default=lambda _: None)
    _lock: Lock = field(default_factory=Lock)
    _board: bytes = b"{}"
    _names: frozenset[str] = frozenset()
    _sheets: dict[str, Sheet] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)
    _files: dict[str, Answer] = field(default_factory=dict)
    _version: int = 0
    _saves: int = 0
    _over: bool = False

    def __post_init__(self) -> None:
        """Read the files of the page, which are all that there will ever be."""
        self._files = {key: Answer((WEB / name).read_bytes(), kind) for key, (name, kind) in FILES.items()}

    def said(self, said: Said) -> None:
        """What is new; sheets that were printed before it may be old."""
        self._saves += bool(said.change)
        shown, names = {**board.of(said), "saves": self._saves}, board.names(said.library)
        content = json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()
        with self._lock:
            self._board, self._names = content, names
            if said.change:
                self._sheets.clear()
                self._asked.clear()
            self._version += 1
        self.behind.said(said)

    def page(self, page: Page) -> None:
        """Keep the pictures of what was printed."""
        sheet = self._drawn(page)
        with self._lock:
            self._sheets.pop(page.name, None)
            self._sheets[page.name] = sheet
            self._asked.discard(page.name)
            while len(self._sheets) > KEPT:
                self._sheets.pop(next(iter(self._sheets)))
            self._version += 1
        self.behind.page(page)

    def waits(self, said: Said | None, *, is_polling: bool) -> None:
        """Nothing is new."""
        self.behind.waits(said, is_polling=is_polling)

    def trying(self, work: Callable[[], T]) -> T | None:
        """Whoever stands behind shows what goes wrong."""
        return self.behind.trying(work)

    def answer(self, address: str) -> Answer | None:
        """Files of the page, the board, and sheets by their names; nothing else has an address."""
        if address in self._files:
            return self._files[address]
        with self._lock:
            if address == "board.json":
                return Answer(self._board, "application/json")
            if match := ABOUT.fullmatch(address):
                return self._about(match["name"])
            match = SHEET.fullmatch(address) or PDF.fullmatch(address)
            sheet = self._sheets.get(match["name"]) if match else None
        if match is None or sheet is None or not sheet.pdf:
            return None
        if "page" not in match.re.groupindex:
            return Answer(sheet.pdf, "application/pdf")
        number = int(match["page"])
        return Answer(sheet.pictures[number - 1], "image/png") if 1 <= number <= len(sheet.pictures) else None

    def version(self) -> int:
        """How often something was new."""
        return self._version

    def is_over(self) -> bool:
        """Whether the program ends."""
        return self._over

    def end(self) -> None:
        """Let go of those who listen."""
        self._over = True

    def _about(self, name: str) -> Answer | None:
        """How many pages a sheet has; asks for it to be printed where it was not yet."""
        sheet = self._sheets.get(name)
        if name not in self._names:
            return None
        if sheet is None and name not in self._asked:
            self._asked.add(name)
            self.ask(name)
        fault = sheet.fault if sheet else None
        about = {
            "pages": len(sheet.pictures) if sheet else 0,
            "fault": {"zh": fault.zh, "en": fault.en} if fault else None,
            "stamp": self._version,
        }
        return Answer(json.dumps(about, ensure_ascii=False).encode(), "application/json")

    def _drawn(self, page: Page) -> Sheet:
        if page.fault is not None:
            return Sheet(fault=page.fault)
        content = (self.root / page.path).read_bytes()
        pages = range(1, raster.count(content, page.path) + 1)
        return Sheet(content, tuple(raster.picture(content, page.path, each, dpi=DPI) for each in pages))


def run(root: Path, hearer: Hearer, *, now: Callable[[], datetime], port: int, say: Callable[[Text], None]) -> int:
    """Serve and watch until somebody ends it; 0.

    Raises:
        GeneratorError: the port is taken.
    """
    try:
        place = webserver.listening(port)
    except OSError as error:
        raise GeneratorError(words.PORT_TAKEN.format(port=port)) from error
    desk = Desk(root, hearer)
    watcher, server = Watcher(root, desk, now), webserver.Server(desk)
    desk.ask = watcher.ask
    thread = Thread(target=watcher.run)
    thread.start()
    say(words.AT.format(url=f"http://{webserver.LOOPBACK}:{place.getsockname()[1]}/"))
    try:
        server.run(place)
    finally:
        desk.end()
        watcher.end()
        thread.join()
        place.close()
    return 0
