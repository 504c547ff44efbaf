"""The scan tray: what is sorted, filed, named and refused, on a real repository."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from generator import (
    archive,
    canonical,
    evidence,
    ink,
    issuing,
    journal,
    load,
    pagecode,
    production,
    raster,
    signaturefields,
    tray,
    yamlfile,
)
from generator.codes import Code
from generator.commands import check, file_scan
from generator.errors import GeneratorError
from generator.ink import Frame, Ink, Look
from generator.raster import Raster
from generator.terms import Language
from generator.tray import Leaf
from tests import proof_build
from tests.conftest import commit, git
from tests.copies_build import copied, issued
from tests.killing import every_moment
from tests.proof_build import images_of, printed, scanned, sheet, stacked

pytestmark = pytest.mark.usefixtures("definitions_once")
NOW = datetime.fromisoformat("2026-11-24T10:00+08:00")
ONE, TWO, THREE = "PB-2025-001", "PB-2026-001", "PB-2026-002"
SCANS = "records/scans"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, plant: Path) -> Path:
    root = proof_build.plant_with_records(plant, tmp_path_factory.mktemp("tray") / "厂")
    printed(root, ONE, TWO, THREE)
    return root


@pytest.fixture
def root(home: Path, tmp_path: Path) -> Path:
    return copied(home, tmp_path / "厂")


def filed(root: Path, *paths: Path, dry: bool = False) -> tuple[int, str]:
    said: list[str] = []
    code = file_scan.run(root, paths, dry=dry, now=NOW, language=Language.EN, say=said.append)
    return code, "\n".join(said)


def entries(root: Path) -> Mapping[str, dict[str, Any]]:
    """What is filed, by the number that it is of."""
    found = {}
    for path in sorted((root / SCANS).rglob("*.yaml")):
        source, _ = yamlfile.load(path.read_bytes(), path.name)
        assert source
        found[source.values["of"]] = dict(source.values)
    return found


def boxes(root: Path, number: str) -> dict[str, str]:
    return {each["role"]: each["ink"] for each in entries(root)[number]["boxes"]}


def test_a_mixed_tray_is_sorted_filed_and_committed_and_says_what_is_unsigned(root: Path) -> None:
    first = images_of(root / sheet(ONE), turn=1.2, dpi=200, signed=("prepared", "reviewed", "approved"))
    second = images_of(root / sheet(TWO), turn=-0.8, dpi=200, signed=("prepared",))
    place = root / "out" / "tray.pdf"
    stacked(place, [*second[::-1], *first], 200)
    code, said = filed(root, place)
    assert code == 1
    assert boxes(root, ONE) == {"prepared": "signed", "reviewed": "signed", "approved": "signed"}
    assert boxes(root, TWO) == {"prepared": "signed", "reviewed": "blank", "approved": "blank"}
    assert f"{TWO}@A/0: box 'approved' is blank" in said
    assert f"{ONE}@A/0: box" not in said
    assert git(root, "status", "--porcelain") == ""
    assert "file-scan 2 prints" in git(root, "log", "-1", "--format=%B")
    entry = entries(root)[TWO]
    (part,) = entry["parts"]
    content = next((root / SCANS / TWO).rglob("scan-1.pdf")).read_bytes()
    assert canonical.digest(content) == part["sha256"]
    assert part["source_sha256"] == canonical.digest(place.read_bytes())
    assert raster.count(content, "part") == int(str(entry["pages"]))
    assert (entry["filed_by"], entry["filed_at"]) == ("ma-xiaomin", "2026-11-24 10:00")


def test_the_same_scan_again_changes_nothing_and_a_better_one_takes_its_place(root: Path) -> None:
    first = scanned(root, sheet(ONE), signed=("prepared",), name="a.pdf")
    filed(root, first)
    head = git(root, "rev-parse", "HEAD")
    assert "filed before, nothing changed" in filed(root, first)[1]
    assert git(root, "rev-parse", "HEAD") == head
    second = scanned(root, sheet(ONE), signed=("prepared", "reviewed", "approved"), name="b.pdf")
    code, said = filed(root, second)
    assert (code, "took the place" in said, "every box that was filed is signed" in said) == (0, True, True)
    assert boxes(root, ONE)["approved"] == "signed"
    assert git(root, "status", "--porcelain") == ""


def test_a_dry_run_writes_nothing(root: Path) -> None:
    head = git(root, "rev-parse", "HEAD")
    assert "would be filed as records/scans" in filed(root, scanned(root, sheet(ONE)), dry=True)[1]
    assert (git(root, "rev-parse", "HEAD"), (root / SCANS).exists()) == (head, False)


def test_missing_and_doubled_pages_are_named_and_the_rest_is_filed(root: Path) -> None:
    issued(root)
    copy = images_of(root / "out/issued/CP-06/A-0/copy-02.pdf")
    place = root / "out" / "tray.pdf"
    stacked(place, [*copy[:2], *copy[3:], copy[0], *images_of(root / sheet(THREE))])
    code, said = filed(root, place)
    assert code == 1
    assert f"page 3 of {len(copy)} is missing; page 1 is there twice" in said
    assert "CP-06@A/0@2/" in said
    assert list(entries(root)) == [THREE]


def test_pages_of_one_print_may_come_from_two_scans(root: Path) -> None:
    issued(root)
    copy = images_of(root / "out/issued/CP-06/A-0/copy-02.pdf")
    for name, images in (("front.pdf", copy[:2]), ("back.pdf", copy[2:])):
        stacked(root / "out" / name, images)
    code, _ = filed(root, root / "out/front.pdf", root / "out/back.pdf")
    entry = entries(root)["CP-06"]
    assert code == 0
    assert [each["source"] for each in entry["parts"]] == ["front.pdf", "back.pdf"]
    assert (entry["copy"].partition("/")[0], entry["revision"]) == ("2", "A/0")


def test_pages_without_a_code_or_with_a_strange_one_are_named_by_their_number(root: Path) -> None:
    blank = Image.new("L", (1240, 1754), 255)
    place = root / "out" / "tray.pdf"
    stacked(place, [*images_of(root / sheet(ONE)), blank])
    code, said = filed(root, place)
    page = len(images_of(root / sheet(ONE))) + 1
    assert (code, f"tray.pdf, page {page}: no code that can be read" in said) == (1, True)
    assert list(entries(root)) == [ONE]


@pytest.mark.tampering
def test_content_that_was_never_committed_is_not_filed(root: Path) -> None:
    path = next((root / "records" / proof_build.KIND).rglob(f"{ONE}.yaml"))
    text = path.read_text("utf-8")
    path.write_text(text.replace("created_on: 2025-", "created_on: 2024-"), "utf-8")
    printed(root, ONE)
    path.write_text(text, "utf-8")
    code, said = filed(root, scanned(root, sheet(ONE)))
    assert (code, "never had this content" in said, entries(root)) == (1, True, {})


def test_a_print_of_what_has_changed_since_is_filed_with_its_own_content(root: Path) -> None:
    place = scanned(root, sheet(ONE), signed=("approved",))
    path = next((root / "records" / proof_build.KIND).rglob(f"{ONE}.yaml"))
    path.write_text(path.read_text("utf-8").replace("created_on: 2025-", "created_on: 2024-"), "utf-8")
    commit(root, "another day")
    filed(root, place)
    assert boxes(root, ONE) == {"prepared": "blank", "reviewed": "blank", "approved": "signed"}


def test_a_photo_is_filed_as_it_is(root: Path) -> None:
    images = images_of(root / sheet(ONE), dpi=200)
    places = []
    for position, image in enumerate(images):
        places.append(root / "out" / f"photo{position}.png")
        image.save(places[-1])
    filed(root, *places)
    (part, *_) = entries(root)[ONE]["parts"]
    assert part["file"] == "scan-1.png"
    assert part["sha256"] == canonical.digest(places[0].read_bytes())


@pytest.mark.tampering
def test_a_scan_that_was_changed_or_belongs_to_nothing_is_found_by_the_check(root: Path) -> None:
    filed(root, scanned(root, sheet(ONE)))
    scan = next((root / SCANS).rglob("scan-1.pdf"))
    scan.write_bytes(scan.read_bytes() + b"\n")
    next((root / "records" / proof_build.KIND).rglob(f"{ONE}.yaml")).unlink()
    commit(root, "tampered")
    said: list[str] = []
    check.run(root, (), now=NOW, language=Language.EN, form="text", say=said.append)
    told = "\n".join(said)
    assert "[scan.changed]" in told
    assert "[scan.subject]" in told


def test_what_is_unsigned_can_be_listed_at_any_time(root: Path) -> None:
    filed(root, scanned(root, sheet(ONE), signed=("prepared", "reviewed")))
    said: list[str] = []
    assert file_scan.unsigned(root, language=Language.EN, say=said.append) == 1
    assert said == [f"{ONE}: box 'approved' is blank"]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"PK\x03\x04 a Word file", "neither a PDF nor"), (b"%PDF-1.7\ncut off", "broken PDF")],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_filed(root: Path, content: bytes, said: str) -> None:
    good = scanned(root, sheet(ONE))
    (root / "out/bad.pdf").write_bytes(content)
    with pytest.raises(GeneratorError, match=said):
        filed(root, good, root / "out/bad.pdf")
    assert not (root / SCANS).exists()


def test_an_encrypted_scan_is_refused(root: Path) -> None:
    with pikepdf.open(scanned(root, sheet(ONE))) as pdf:
        pdf.save(root / "out/locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(GeneratorError, match="password"):
        filed(root, root / "out/locked.pdf")


def test_three_hundred_blank_pages_are_each_named(root: Path) -> None:
    many = pypdfium2.PdfDocument.new()
    for _ in range(300):
        many.new_page(60, 60)
    many.save(root / "out/many.pdf")
    code, said = filed(root, root / "out/many.pdf")
    assert (code, said.count("no code that can be read")) == (1, 300)


def test_filing_survives_a_kill_at_any_moment(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copied(home, tmp_path / "厂")
    numbers = (ONE, TWO, THREE)
    rounds = [
        [scanned(root, sheet(each), name=f"{dpi}{each}.pdf", dpi=dpi) for each in numbers] for dpi in (150, 160, 170)
    ]
    sorted_once(monkeypatch, root, [path for paths in rounds for path in paths])
    kills = 0
    for trays in rounds:
        done = copied(root, tmp_path / trays[0].stem)
        filed(done, *trays)
        after = tree(done)

        def check_it(root: Path, is_before: bool) -> None:  # noqa: FBT001  what the caller found
            if is_before:
                filed(root, *trays)  # noqa: B023  called before the loop goes on
            assert tree(root) == after  # noqa: B023

        kills += every_moment(root, lambda root: filed(root, *trays), check_it, tree)  # noqa: B023
        filed(root, *trays)
    assert kills >= 150


def tree(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in (root / SCANS).rglob("*") if path.is_file()}


def sorted_once(monkeypatch: pytest.MonkeyPatch, root: Path, paths: list[Path]) -> None:
    """Reading codes and looking into boxes write nothing and take seconds: they are done once for all kills."""
    verdicts = {}
    leaves = {}
    for path in paths:
        leaves[path.name] = [
            Leaf(path.name, page, found.code, found.text)
            for page, (_, found) in enumerate(pagecode.of_file(path.read_bytes(), path.name), start=1)
        ]
    with journal.opened(root, print) as clone:
        known = evidence.of(root, clone, load.library(root), NOW.date())
        for every in leaves.values():
            code = next(each.code for each in every if each.code)
            verdicts[code.sheet] = known.verdict(code)
    press = production.press(root, None)

    class Known:
        library = known.library

        def verdict(self, code: Code) -> object:
            return verdicts[code.sheet]

    monkeypatch.setattr(file_scan, "_leaves", lambda name, _: iter(leaves[name]))
    monkeypatch.setattr(load, "library", lambda _: known.library)
    monkeypatch.setattr(evidence, "of", lambda *_: Known())
    monkeypatch.setattr(archive, "at", lambda *_: nullcontext(root))
    monkeypatch.setattr(issuing, "pressed", lambda *_: press)
    monkeypatch.setattr(file_scan, "_boxes", lambda *_: iter([("prepared", "blank")]))


# ---- ink


@pytest.fixture(scope="module")
def blank(home: Path) -> tuple[bytes, Raster, Any]:
    content = (home / sheet(ONE)).read_bytes()
    place = signaturefields.places(content)[0]
    return content, raster.page(content, "print", place.page), place


DIRT = {
    "clean": Ink.BLANK,
    "shadow": Ink.BLANK,
    "name": Ink.SIGNED,
    "initials": Ink.SIGNED,
    "seal": Ink.SIGNED,
    "name in a shadow": Ink.SIGNED,
    "specks": Ink.UNSURE,
    "crease": Ink.UNSURE,
}


@pytest.mark.parametrize("turn", [0, 1.3, 180])
@pytest.mark.parametrize("dirt", DIRT)
def test_ink_is_told_from_print_dirt_and_shadow(blank: tuple[bytes, Raster, Any], dirt: str, turn: float) -> None:
    content, drawn, place = blank
    page = raster.page(content, "print", place.page, dpi=200)
    soil(page, place.area, dirt)
    image = page.image
    if "shadow" in dirt:
        shade = Image.linear_gradient("L").resize(image.size).point(lambda value: 255 - value // 3)
        image = ImageChops.multiply(image, shade)
    turned = image.rotate(turn, fillcolor=255, resample=Image.Resampling.BICUBIC)
    scan = Raster(turned, page.width, page.height)
    ours, theirs = pagecode.read(drawn).found, pagecode.read(scan).found
    assert ours
    assert theirs
    frame = Frame.of((drawn, ours.corners), (scan, theirs.corners))
    assert ink.look(drawn, scan, frame, place.area).ink == DIRT[dirt]


def soil(page: Raster, area: tuple[float, float, float, float], dirt: str) -> None:
    dots = 200 / 72
    left, bottom, right, top = area
    if dirt.startswith("name"):
        proof_build.write(page, area, 200)
    elif dirt == "initials":
        proof_build.write(page, (left, bottom, left + (right - left) / 3, top), 200)
    x, y, end, floor = left * dots, (page.height - top) * dots, right * dots, (page.height - bottom) * dots
    draw = ImageDraw.Draw(page.image)
    if dirt == "seal":
        draw.ellipse((x + 9, y + 6, x + floor - y - 3, floor - 6), outline=100, width=4)
    elif dirt == "crease":
        draw.line((x, y + 30, end, y + 33), fill=110, width=2)
    elif dirt == "specks":
        for step in range(5):
            across, down = x + (end - x) * (0.2 + 0.15 * step), y + (floor - y) * (0.3 + 0.1 * step)
            draw.ellipse((across, down, across + 4, down + 4), fill=60)


def test_another_page_under_the_same_code_is_to_be_looked_at(blank: tuple[bytes, Raster, Any]) -> None:
    _, drawn, place = blank
    other = Raster(drawn.image.copy(), drawn.width, drawn.height)
    wide, high = other.image.size
    ImageDraw.Draw(other.image).rectangle((0, 0, wide * 0.75, high), fill=255)
    found = pagecode.read(drawn).found
    assert found
    frame = Frame.of((drawn, found.corners), (other, found.corners))
    assert ink.look(drawn, other, frame, place.area).ink is Ink.UNSURE


# ---- sorting


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 5)), max_size=30), st.integers(0, 5))
def test_every_page_of_a_tray_lies_in_just_one_print_or_with_the_strangers(
    pages: list[tuple[int, int]], strange: int
) -> None:
    leaves = [
        Leaf("a.pdf", at, Code(f"N-{number}", "A/0", page, 5, "0" * 16)) for at, (number, page) in enumerate(pages)
    ]
    leaves += [Leaf("b.pdf", at, None) for at in range(strange)]
    sheaves, strangers = tray.sorted_out(leaves)
    out = [leaf for sheaf in sheaves for leaf in sheaf.leaves] + list(strangers)
    assert sorted(out) == sorted(leaves) if strange == 0 else len(out) == len(leaves)
    assert len(strangers) == strange
    for sheaf in sheaves:
        order = [leaf.code.page for leaf in sheaf.leaves if leaf.code]
        assert order == sorted(order)


def test_a_print_without_boxes_says_nothing_about_one_that_has_some(monkeypatch: pytest.MonkeyPatch) -> None:
    """A view of a record shows other boxes than its sheet, or none."""
    seen = {b"sheet": Look(0.0, 0, 0.0, 0.1), b"better": Look(9.0, 9, 9.0, 0.2)}
    places = {each: [SimpleNamespace(role=each.decode())] for each in seen} | {b"view": []}
    monkeypatch.setattr(file_scan, "_prints", lambda *_: iter((b"view", b"sheet", b"view", b"better")))
    monkeypatch.setattr("generator.raster.count", lambda *_: 1)
    monkeypatch.setattr("generator.signaturefields.places", places.get)
    monkeypatch.setattr(file_scan, "_look", lambda _desk, _sheaf, content, _place: seen[content])
    sheaf: Any = SimpleNamespace(stem="x", code=SimpleNamespace(pages=1))
    found = list(file_scan._boxes(Any, sheaf, "commit"))  # type: ignore[arg-type]  # noqa: SLF001
    assert [role for role, _ in found] == ["better"]
