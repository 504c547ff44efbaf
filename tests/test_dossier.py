from __future__ import annotations

import hashlib
import io
import re
import shutil
import zipfile
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest

from generator import belonging, binder, completeness, doubts, load, paper, periods, references, stamp
from generator.belonging import Scope
from generator.binder import State
from generator.commands import dossier
from generator.errors import GeneratorError
from generator.model import Library
from generator.terms import Language
from tests.conftest import ROOT, commit

CASE, CUSTOMER = "CC-2026-0007", "C0001"
FOLDER = f"records/complaint/2026/{CASE}"
TODAY = date(2026, 11, 24)
FOOT = (3.5, 7.5)
"""Where the page numbers stand, in mm over the edge."""


def foreign(*, key: str = "", text: str = "", size: tuple[int, int] = (842, 595)) -> bytes:
    """A PDF of two pages from somewhere else, each one red to its very edges; a text stands on the second."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        face = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        for said in ("", text):
            page = pdf.add_blank_page(page_size=size)
            page.contents_add(pdf.make_stream(f"1 0 0 rg 0 0 {size[0]} {size[1]} re f".encode()))
            if said:
                page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=face))
                page.contents_add(pdf.make_stream(f"BT 0 g /F1 12 Tf 50 50 Td ({said}) Tj ET".encode()))
        encryption = pikepdf.Encryption(owner=key, user=key) if key else False
        pdf.save(out, encryption=encryption, deterministic_id=not key)
    return out.getvalue()


@dataclass(frozen=True)
class Bound:
    """A dossier of one case whose record has been given four more attachments."""

    root: Path
    path: Path
    code: int
    said: str


@pytest.fixture(scope="module")
def bound(plant: Path, tmp_path_factory: pytest.TempPathFactory) -> Bound:
    root = tmp_path_factory.mktemp("dossier") / "树 tree"
    shutil.copytree(plant, root)
    record = root / f"{FOLDER}.yaml"
    names = "drawing.pdf, locked.pdf, torn.pdf, burr-over-strokes.csv"
    text, count = re.subn(r"\nattachments: \[(.*)\]\n", rf"\nattachments: [\1, {names}]\n", record.read_text("utf-8"))
    assert count == 1
    record.write_text(text, "utf-8")
    for name, content in {
        "drawing.pdf": foreign(text="as for C0002"),
        "locked.pdf": foreign(key="x"),
        "torn.pdf": foreign()[:150],
    }.items():
        (root / FOLDER / name).write_bytes(content)
    commit(root, "attachments")
    code, said = run(root, Scope(record=CASE))
    return Bound(root, root / f"out/dossiers/{CASE}.pdf", code, said)


def run(root: Path, scope: Scope, output: Path | None = None, language: Language | None = None) -> tuple[int, str]:
    said: list[str] = []
    code = dossier.run(
        root, scope, output=output, language=language, today=TODAY, workers=2, speech=Language.EN, say=said.append
    )
    return code, "\n".join(said)


@cache
def texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    found = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return found


@cache
def bookmarks(path: Path) -> dict[str, tuple[int, int]]:
    """The depth and the page of each."""
    reader = pypdf.PdfReader(path)
    found: dict[str, tuple[int, int]] = {}

    def walk(items: list[Any], depth: int) -> None:
        for each in items:
            if isinstance(each, list):
                walk(each, depth + 1)
            else:
                found[each.title] = (depth, (reader.get_destination_page_number(each) or 0) + 1)

    walk(reader.outline, 0)
    return found


@pytest.fixture(scope="module")
def library() -> Library:
    return load.library(ROOT)


def test_bookmarks_are_nested_by_kind_and_lead_to_the_pages_of_the_records(bound: Bound) -> None:
    marks, pages = bookmarks(bound.path), texts(bound.path)
    records = {title: page for title, (depth, page) in marks.items() if depth == 1}
    assert {CASE, "CCR-2026-0018", "RT-2026-0011", "QA-2026-0007"} <= records.keys()
    for number, page in records.items():
        assert number in pages[page - 1]
    assert marks["drawing.pdf"] == (2, records[CASE] + len([p for p in pages if f"RecordNo.:{CASE}" in p]) + 3)


def test_contents_name_the_page_of_each_record_and_the_hash_of_each_file(bound: Bound) -> None:
    front = "".join(texts(bound.path)[: bookmarks(bound.path)[CASE][1] - 1])
    for title, (depth, page) in bookmarks(bound.path).items():
        if depth == 1:
            assert re.search(rf"{title}.*?{page}", front), title
    for name in ("drawing.pdf", "locked.pdf", "burr-over-strokes.csv", "burr.jpg"):
        assert name in front
        assert hashlib.sha256((bound.root / FOLDER / name).read_bytes()).hexdigest() in front


def test_encrypted_and_torn_attachments_are_named_and_have_a_page_in_their_place(bound: Bound) -> None:
    assert bound.code == 1
    assert f"{FOLDER}/locked.pdf:1:1: error: the attachment locked.pdf is encrypted and cannot be read" in bound.said
    assert f"{FOLDER}/torn.pdf:1:1: error: the attachment torn.pdf is damaged and cannot be read" in bound.said
    marks, pages = bookmarks(bound.path), texts(bound.path)
    for name, word in (("locked.pdf", "encrypted"), ("torn.pdf", "damaged")):
        assert word in pages[marks[name][1] - 1]
        assert "standsforanattachment" in pages[marks[name][1] - 1]


def test_a_text_in_an_attachment_that_names_another_customer_is_warned_of(bound: Bound) -> None:
    said = [line for line in bound.said.splitlines() if "drawing.pdf" in line]
    assert len(said) == 2
    assert said[0].startswith(
        f"{FOLDER}/drawing.pdf:1:1: warning: the attachment drawing.pdf names another customer, C0002"
    )
    assert "on page 2" in said[0]
    assert said[1].startswith(f"{FOLDER}/drawing.pdf:1:1: warning: the attachment drawing.pdf has no text")
    assert "on page 1 (a scan or a picture)" in said[1]


def test_each_picture_is_warned_of_once_because_nothing_can_search_it(bound: Bound) -> None:
    said = [line for line in bound.said.splitlines() if "cannot be searched" in line]
    assert [line.partition(":")[0] for line in said] == [
        f"{FOLDER}/{name}.jpg" for name in ("burr", "caliper", "burr-after")
    ]
    assert all("warning: " in line and "a person must look at it" in line for line in said)


def test_a_scan_is_told_from_a_page_of_text_and_an_empty_one() -> None:
    text = "eight words that a person wrote on a page of text, long enough not to be a stamp"
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for said, is_scan in (("", True), ("P.01/02", True), (text, True), (text, False), ("", False)):
            page = pdf.add_blank_page(page_size=(595, 842))
            face = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
            scan = pdf.make_stream(
                b"\xff", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1,
                ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
            )  # fmt: skip
            page.obj.Resources = pikepdf.Dictionary(Font={"/F1": face}, XObject={"/I": scan})
            if is_scan:
                page.contents_add(pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q"))
            if said:
                page.contents_add(pdf.make_stream(f"BT 0 g /F1 12 Tf 50 50 Td ({said}) Tj ET".encode()))
        pdf.save(out)
    assert paper.blind(out.getvalue()) == (1, 2)
    assert paper.naming(out.getvalue(), [("C0001", "eight words")]) == {"C0001": 3}


def test_a_note_on_a_page_of_an_attachment_is_read_as_it_is_printed() -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        face = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        looks = pdf.make_stream(
            b"BT /F1 12 Tf 2 5 Td (as for C0002) Tj ET", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 200, 20], Resources=pikepdf.Dictionary(Font={"/F1": face}),
        )  # fmt: skip
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[50, 500, 250, 520], F=4,
            Contents="as for C0002", DA="/F1 12 Tf", AP=pikepdf.Dictionary(N=looks),
        )  # fmt: skip
        page.obj.Annots = pikepdf.Array([pdf.make_indirect(note)])
        pdf.save(out)
    printed, _ = binder.framed(out.getvalue(), "drawing.pdf")
    found = doubts.of_pdf("records/drawing.pdf", out.getvalue(), printed, [("C0002", "C0002")])
    assert [(each.path, each.rule) for each in found] == [("records/drawing.pdf", doubts.NAMED)]


def test_files_that_go_to_a_customer_with_a_letter_are_searched_for_others(library: Library, tmp_path: Path) -> None:
    names = ["deliveries.csv", "sheet.xlsx", "answers.pdf", "sealed.bin", "locked.pdf", "old.txt", "not there.txt"]
    letter = changed(library, "CCR-2026-0018", evidence=names).record("CCR-2026-0018")
    assert letter is not None
    folder = tmp_path / references.folder(letter)
    folder.mkdir(parents=True)
    (folder / "deliveries.csv").write_bytes("批次,数量\n1,为 C0001\n2,旭珩 电机\n3,C0002".encode())
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("xl/sharedStrings.xml", "<r><t>as for C0</t></r><r><t>002</t></r>")
    (folder / "sheet.xlsx").write_bytes(content.getvalue())
    (folder / "answers.pdf").write_bytes(fillable({"/FT": pikepdf.Name.Tx, "/T": "a", "/V": "C0003"}, form={}))
    (folder / "sealed.bin").write_bytes(b"\0\1")
    (folder / "locked.pdf").write_bytes(foreign(key="x"))
    (folder / "old.txt").write_bytes("按旭珩电机的要求".encode("gb18030"))
    found = [
        (each.path.rpartition("/")[2], each.line, each.rule, each.severity.value)
        for each in doubts.enclosed(tmp_path, letter, library)
    ]
    assert found == [
        ("deliveries.csv", 3, doubts.NAMED, "warning"),
        ("sheet.xlsx", 1, doubts.NAMED, "warning"),
        ("answers.pdf", 1, doubts.NAMED, "warning"),
        ("sealed.bin", 1, doubts.UNSEARCHED, "warning"),
        ("locked.pdf", 1, doubts.UNSEARCHED, "warning"),
        ("old.txt", 1, doubts.NAMED, "warning"),
    ]


def fillable(*fields: dict[str, object], form: dict[str, object]) -> bytes:
    """A page with these fields, one below the other, none of which has a picture of its answer."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        usual = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Widget, "/DA": "/Helv 10 Tf 0 g"}
        made = [
            pdf.make_indirect(pikepdf.Dictionary({**usual, "/Rect": [50, 700 - 40 * at, 250, 720 - 40 * at], **each}))
            for at, each in enumerate(fields)
        ]
        page.obj.Annots = pikepdf.Array(made)
        pdf.Root.AcroForm = pikepdf.Dictionary({"/Fields": pikepdf.Array(made), **form})
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("form", [{}, {"/NeedAppearances": True}], ids=["no reader is asked", "readers draw"])
def test_what_was_typed_into_a_form_stands_on_the_bound_page_and_is_searched(form: dict[str, object]) -> None:
    text, choice, tick = pikepdf.Name.Tx, pikepdf.Name.Ch, pikepdf.Name.Btn
    content = fillable(
        {"/FT": text, "/T": "who", "/V": "旭珩电机 Bäumler ≤ 0.05"},
        {"/FT": text, "/T": "long", "/Ff": 1 << 12, "/V": "wort " * 30 + "end"},
        {"/FT": choice, "/T": "which", "/V": "b", "/Opt": [["a", "Alpha"], ["b", "Beta"]]},
        {"/FT": tick, "/T": "yes", "/V": pikepdf.Name.Yes},
        {"/FT": text, "/T": "hidden", "/V": "not to be seen", "/F": 2},
        {"/FT": text, "/T": "secret", "/V": "pass", "/Ff": 1 << 13},
        form=form,
    )
    printed, state = binder.framed(content, "answers.pdf")
    assert state is State.GOOD
    document = pypdfium2.PdfDocument(printed)
    said = "".join(document[0].get_textpage().get_text_range().split())
    document.close()
    assert said == "旭珩电机Bäumler≤0.05" + "wort" * 30 + "endBeta√****"
    found = list(doubts.of_pdf("records/answers.pdf", content, printed, [("C0002", "旭珩电机")]))
    assert [each.rule for each in found] == [doubts.NAMED]


def test_a_field_that_shows_its_answer_keeps_its_looks() -> None:
    with pikepdf.open(io.BytesIO(fillable({"/FT": pikepdf.Name.Tx, "/T": "a", "/V": "1", "/F": 4}, form={}))) as pdf:
        face = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        looks = pdf.make_stream(
            b"BT /F1 10 Tf 2 5 Td (shown) Tj ET", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 200, 20], Resources=pikepdf.Dictionary(Font={"/F1": face}),
        )  # fmt: skip
        pdf.pages[0].obj.Annots[0].AP = pikepdf.Dictionary(N=looks)
        out = io.BytesIO()
        pdf.save(out)
    printed, _ = binder.framed(out.getvalue(), "answers.pdf")
    assert paper.read(printed).pages == ("shown",)


def test_pages_are_numbered_through_and_the_number_covers_nothing(bound: Bound) -> None:
    with pikepdf.open(bound.path) as pdf:
        total = len(pdf.pages)
        numbered = [strip(bound.path.read_bytes(), each) for each in range(total)]
        assert all(numbered), "each page has a number"
        for page in pdf.pages:
            page.obj.Contents = pikepdf.Array(list(page.obj.Contents)[:-1])
        bare = io.BytesIO()
        pdf.save(bare)
    assert not any(strip(bare.getvalue(), each) for each in range(total)), "and nothing stood in its place"


def strip(content: bytes, page: int) -> bool:
    """Whether there is ink in the middle of the foot of a page."""
    document = pypdfium2.PdfDocument(content)
    width, height = document[page].get_size()
    scale, mm = 2, 72 / 25.4
    crop = (width / 2 - 40, FOOT[0] * mm, width / 2 - 40, height - FOOT[1] * mm)
    image = document[page].render(scale=scale, crop=crop).to_pil().convert("L")
    low, _ = image.getextrema()
    document.close()
    return bool(low < 200)


def test_the_same_commit_gives_the_same_bytes(bound: Bound, tmp_path: Path) -> None:
    run(bound.root, Scope(record=CASE), tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == bound.path.read_bytes()
    assert not list((bound.root / "out/dossiers").glob(".dossier-*"))


def test_a_dossier_of_a_customer_names_no_other_customer_on_any_page(bound: Bound, library: Library) -> None:
    path = bound.root / "out/dossiers/C0003.pdf"
    code, said = run(bound.root, Scope(customer="C0003"), language=Language.EN)
    assert code == 0
    assert "MT-2026-001  concerns several customers: C0001, C0002, C0003" in said
    pages = texts(path)
    others = [each for number, each in library.records["customer-file"].items() if number != "C0003"]
    names = {str(each.values[key]) for each in others for key in completeness.NAMES if key in each.values}
    for place, page in enumerate(pages, start=1):
        for name in {*names, *(each.number for each in others)}:
            assert "".join(name.split()) not in page, f"{name} on page {place}"
    assert "MT-2026-001" in "".join(pages[:5]), "what stays out is named"


def test_a_draft_stays_marked_as_one(bound: Bound, tmp_path: Path) -> None:
    note = bound.root / "note.txt"
    note.write_text("not committed", "utf-8")
    try:
        code, said = run(bound.root, Scope(record="PR-2026-0002"), tmp_path / "draft.pdf")
    finally:
        note.unlink()
    assert (code, said.count("die-crack.jpg is a picture")) == (0, 2), "pictures alone are no failure"
    assert all("草稿DRAFT" in each for each in texts(tmp_path / "draft.pdf"))
    assert not any("草稿DRAFT" in each for each in texts(bound.path))


def changed(library: Library, number: str, **values: object) -> Library:
    record = library.record(number)
    assert record is not None
    kept = {**library.records[record.form], number: replace(record, values={**record.values, **values})}
    return replace(library, records={**library.records, record.form: kept})


def test_references_are_followed_both_ways_and_stop_at_another_customer(library: Library) -> None:
    numbers = {each.number for each in belonging.gathered(library, Scope(record=CASE)).records}
    assert {CASE, "CCR-2026-0018", "RT-2026-0011", "SD-2026-007"} <= numbers
    other = next(each for each in library.records["return"].values() if each.values["customer"] != CUSTOMER)
    field = next(each for each in library.forms["complaint"].fields if "return" in each.refers_to + each.refers_if_kept)
    linked = changed(library, CASE, **{field.key: other.number})
    found = belonging.gathered(linked, Scope(record=CASE))
    assert other.number not in {each.number for each in found.records}
    assert [each.said.en for each in found.left if each.record.number == other.number] == [
        f"belongs to another customer: {other.values['customer']}"
    ]


def test_a_record_that_refers_to_two_customers_stays_out_of_both_dossiers(library: Library) -> None:
    for customer in ("C0001", "C0002"):
        found = belonging.gathered(library, Scope(customer=customer))
        assert "MT-2026-001" not in {each.number for each in found.records}
        reasons = {each.record.number: each.reason.en for each in found.left}
        assert reasons["MT-2026-001"] == "concerns several customers"
        assert reasons["CM-2026-10"] == "concerns several customers", "so does a report"


def test_a_record_that_refers_to_two_customers_has_no_dossier(bound: Bound) -> None:
    with pytest.raises(GeneratorError, match="no dossier of MT-2026-001: it concerns several customers"):
        run(bound.root, Scope(record="MT-2026-001"))


def test_a_text_that_names_another_customer_keeps_a_record_out(library: Library) -> None:
    other = library.records["customer-file"]["C0002"].values["short_name"]
    field = next(each.key for each in library.forms["complaint-reply"].fields if each.kind.value == "longtext")
    told = changed(library, "CCR-2026-0018", **{field: f"as at {other}"})
    found = belonging.gathered(told, Scope(customer=CUSTOMER))
    (left,) = [each for each in found.left if each.record.number == "CCR-2026-0018"]
    assert left.others == ("C0002",)
    assert "C0002" not in left.reason.en, "what is printed does not name the other"


def test_a_period_takes_what_was_made_in_it(library: Library) -> None:
    span = periods.read("month", "2026-08")
    found = belonging.gathered(library, Scope(period=span))
    assert found.records
    assert all(str(each.values["created_on"]).startswith("2026-08") for each in found.records)
    one = belonging.gathered(library, Scope(customer=CUSTOMER, period=span))
    assert {each.number for each in one.records} < {each.number for each in found.records}


@pytest.mark.parametrize("written", ["2026H1", "2026-H1", "2026-08", "2026"])
def test_periods_are_taken_as_people_write_them(written: str) -> None:
    assert dossier.scoped("", "", written).period is not None


@pytest.mark.parametrize(
    ("scope", "message"),
    [
        (Scope(), "say what the dossier is about"),
        (Scope(customer="C0099"), "there is no customer C0099"),
        (Scope(record="CC-2026-9999"), "there is no printed record CC-2026-9999"),
    ],
)
def test_what_is_not_there_has_no_dossier(bound: Bound, scope: Scope, message: str) -> None:
    with pytest.raises(GeneratorError, match=message):
        run(bound.root, scope)


@pytest.mark.parametrize("size", [(842, 595), (595, 842), (3000, 200), (100, 100)])
def test_a_foreign_page_of_any_shape_stands_in_a_frame_on_a_page_of_ours(size: tuple[int, int]) -> None:
    content, state = binder.framed(foreign(size=size), "来图 drawing")
    assert state is State.GOOD
    document = pypdfium2.PdfDocument(content)
    assert sorted(round(each) for each in document[0].get_size()) == [595, 842]
    assert not strip(content, 0)
    image = document[0].render(scale=0.5).to_pil().convert("RGB")
    colours = {colour for _, colour in image.getcolors(image.width * image.height) or ()}
    assert (255, 0, 0) in colours
    document.close()


def test_many_files_are_bound_in_chunks_with_the_pages_in_order(tmp_path: Path) -> None:
    parts = [binder.Part("all", 0, None)]
    for number in range(binder.AT_ONCE * 2 + 3):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(foreign(size=(200 + number, 300)))
        parts.append(binder.Part(str(number), 1, path, 2))
    facts = binder.Facts("t", "s", "p", "en", stamp.EPOCH)
    binder.bind(parts, tmp_path / "whole.pdf", facts, tmp_path)
    with pikepdf.open(tmp_path / "whole.pdf") as pdf:
        widths = [float(page.mediabox[2]) for page in pdf.pages]
    assert widths == [200 + number for number in range(binder.AT_ONCE * 2 + 3) for _ in range(2)]
