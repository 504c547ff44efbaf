"""How long five hundred documents take to bind beside bare concatenation, and how much memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator import binder, pdf, production
from tests.conftest import ROOT

COUNT = 500
SECONDS_RATIO, MEMORY_RATIO = 8.0, 1.4
"""Times bare pikepdf, which writes neither bookmarks nor numbers; measured 4.0 and 1.1."""
RUN = """
import sys, time
from pathlib import Path
start, how, shelf, files = time.process_time(), sys.argv[1], Path(sys.argv[2]), sorted(Path(sys.argv[2]).glob("d*.pdf"))
files = files[: int(sys.argv[3])]
if how == "ours":
    from generator import binder, stamp
    parts = [binder.Part("all", 0, None), *(binder.Part(each.stem, 1, each, PAGES) for each in files)]
    start = time.process_time()
    facts = binder.Facts("t", "s", "p", "en", stamp.EPOCH)
    binder.bind(parts, shelf / "whole.pdf", facts, shelf)
elif how == "pikepdf":
    import pikepdf, warnings
    warnings.simplefilter("ignore")
    start = time.process_time()
    with pikepdf.new() as whole:
        opened = [pikepdf.open(each) for each in files]
        for each in opened:
            whole.pages.extend(each.pages)
        whole.save(shelf / "whole.pdf")
else:
    import pypdf
    start = time.process_time()
    writer = pypdf.PdfWriter()
    for each in files:
        writer.append(each)
    writer.write(shelf / "whole.pdf")
seconds = time.process_time() - start
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(seconds, int(peak.split()[1]) / 1024)
"""


def measured(how: str, shelf: Path, pages: int, count: int = COUNT) -> tuple[float, float]:
    """Seconds of CPU and peak memory in MB of a process that does only this."""
    code = RUN.replace("PAGES", str(pages))
    given = [sys.executable, "-c", code, how, str(shelf), str(count)]
    done = subprocess.run(given, cwd=ROOT, check=True, capture_output=True, text=True)
    seconds, memory = map(float, done.stdout.split())
    return seconds, memory


@pytest.mark.bench
def test_five_hundred_documents_are_bound_in_seconds_with_bounded_memory(plant: Path, tmp_path: Path) -> None:
    press = production.press(plant, None)
    record = press.library.records["complaint-reply"]["CCR-2026-0018"]
    piece = press.record(record)
    assert isinstance(piece, production.Piece)
    engine = pdf.engine(press.engine)
    _, content, _ = production.converted(piece, engine)
    engine.close()
    for number in range(COUNT):
        (tmp_path / f"d{number:03d}.pdf").write_bytes(content)
    pages = binder.count(content)
    ours, bare, plain = (measured(how, tmp_path, pages) for how in ("ours", "pikepdf", "pypdf"))
    few = measured("ours", tmp_path, pages, COUNT // 5)
    sys.stdout.write(
        f"\n{COUNT} documents of {pages} pages, {len(content) // 1024} KB each: ours {ours[0]:.1f} s {ours[1]:.0f} MB"
        f" ({few[1]:.0f} MB for {COUNT // 5}), pikepdf bare {bare[0]:.1f} s {bare[1]:.0f} MB,"
        f" pypdf bare {plain[0]:.1f} s {plain[1]:.0f} MB\n"
    )
    assert ours[0] <= SECONDS_RATIO * bare[0]
    assert ours[0] <= plain[0]
    assert ours[1] <= MEMORY_RATIO * bare[1]
    assert ours[1] <= plain[1]
