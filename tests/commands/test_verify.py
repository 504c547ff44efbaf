"""Prints that were tampered with, and honest ones: each answer with its reason."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest
import segno
from PIL import Image, ImageDraw

from generator import canonical, pagecode, pdffile, raster
from generator.commands import reissue, sign_pdf, verify
from generator.errors import GeneratorError
from generator.terms import Language
from tests import pki, proof_build
from tests.conftest import commit, git
from tests.copies_build import DOCUMENT, copied, edit, entered, issued, recalled, revised
from tests.proof_build import printed, scanned

pytestmark = pytest.mark.usefixtures("definitions_once")
RECORD = "PB-2026-001"
TODAY = date(2026, 11, 24)
NOW = datetime.now().astimezone()
COPY = "out/issued/CP-06/A-0/copy-0{serial}.pdf"
SHEET = f"out/publicity-material/{RECORD}.pdf"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, plant: Path) -> Path:
    """A plant with an issued procedure, some records, and their prints in out/."""
    root = proof_build.plant_with_records(plant, tmp_path_factory.mktemp("verify") / "厂")
    issued(root)
    printed(root, RECORD, DOCUMENT, "publicity-material")
    return root


@pytest.fixture
def root(home: Path, tmp_path: Path) -> Path:
    return copied(home, tmp_path / "厂")


def answer(root: Path, name: object, today: date = TODAY) -> tuple[str, str]:
    """The outcome, and everything that was said, in English."""
    said: list[str] = []
    code = verify.run(root, str(name), today=today, as_json=True, language=Language.EN, say=said.append)
    told: dict[str, Any] = json.loads(said[0])
    assert code == (0 if told["outcome"] in {"current", "uncontrolled"} else 1)
    return told["outcome"], "\n".join(text["en"] for each in told["prints"] for text in each["says"])


def changed(root: Path, path: str, change: Callable[[pikepdf.Pdf], object], **options: Any) -> Path:
    """A copy of a print with something done to it by another program."""
    place = root / "changed.pdf"
    with pikepdf.open(root / path) as file:
        change(file)
        file.save(place, **options)
    return place


# ---- honest work


def test_a_print_of_a_record_that_has_not_changed_is_current(root: Path) -> None:
    (root / "README").write_text("something else\n", "utf-8")
    commit(root, "unrelated")
    outcome, says = answer(root, root / SHEET)
    assert (outcome, "the same to the byte" in says, "has not changed since" in says) == ("current", True, True)


def test_an_issued_copy_is_current_and_says_who_signed_and_who_holds_it(root: Path) -> None:
    department = root / "records/departments/quality.yaml"
    department.write_text(department.read_text("utf-8").replace("name_en: Quality", "name_en: Assurance"), "utf-8")
    commit(root, "a department renamed")
    outcome, says = answer(root, root / COPY.format(serial=2))
    assert outcome == "current"
    assert "copy CP-06-A0-02" in says
    assert "issued on 2026-02-25" in says
    assert "Approved" in says


def test_a_print_of_a_document_in_force_is_no_controlled_copy(root: Path) -> None:
    outcome, says = answer(root, root / "out/procedures/CP-06.pdf")
    assert (outcome, "no controlled copy" in says) == ("uncontrolled", True)


def test_a_blank_form_that_nobody_signed_is_a_draft(root: Path) -> None:
    outcome, says = answer(root, root / "out/blank/publicity-material.pdf")
    assert (outcome, "Draft" in says or "draft" in says) == ("draft", True)


@pytest.mark.parametrize(("turn", "dpi"), [(0, 150), (90, 150), (180, 200), (1.5, 200)])
def test_a_scan_is_known_by_its_codes_whichever_way_it_lies(root: Path, turn: float, dpi: int) -> None:
    outcome, says = answer(root, scanned(root, SHEET, turn=turn, dpi=dpi))
    assert (outcome, "judged by its codes alone" in says) == ("current", True)


def test_a_photo_of_one_page_is_known_too(root: Path) -> None:
    (page, *rest) = raster.pages((root / SHEET).read_bytes(), SHEET, dpi=200)
    page.image.save(root / "photo.jpg", quality=60)
    outcome, says = answer(root, root / "photo.jpg")
    assert outcome == ("incomplete" if rest else "current")
    assert "missing" in says or not rest


def test_the_text_of_a_code_is_enough(root: Path) -> None:
    (code, *_) = (found.code for _, found in pagecode.of_file((root / SHEET).read_bytes(), SHEET))
    assert code
    text = f"WK1 {code.number} {code.revision} 1/{code.pages} {code.digest}"
    assert answer(root, text)[0] == "current"
    assert answer(root, text.replace(code.digest, "0" * 16))[0] == "foreign"
    assert "never was a number" in answer(root, text.replace(RECORD, "PB-1999-001"))[1]


def test_what_another_program_saved_is_said_to_be_another_file_of_the_same_content(root: Path) -> None:
    outcome, says = answer(root, changed(root, SHEET, lambda _: None, compress_streams=False))
    assert outcome == "resaved"
    assert "its bytes are not" in says


def test_signatures_of_certificates_are_named_and_an_unknown_issuer_too(root: Path) -> None:
    ca = pki.authority()
    chen = pki.issued(ca, "chen")
    (root / "me.p12").write_bytes(chen.p12)
    wanted = sign_pdf.Wanted(root / SHEET, "prepared", root / "me.p12", pki.PASSPHRASE, "")
    sign_pdf.run(root, wanted, now=NOW, language=Language.EN, say=lambda _: None)
    signed = root / SHEET.replace(".pdf", "-signed.pdf")
    outcome, says = answer(root, signed)
    assert outcome == "current"
    assert "digital signature prepared: chen" in says
    assert "not among the trusted" in says
    trust = root / "records/organization/trust"
    trust.mkdir(parents=True)
    (trust / "ca.pem").write_bytes(ca.pem)
    assert "not among the trusted" not in answer(root, signed)[1]


# ---- what has become of it


def test_a_record_that_changed_since_makes_its_print_obsolete(root: Path) -> None:
    path = root / f"records/publicity-material/{RECORD}.yaml"
    path = path if path.is_file() else next((root / "records/publicity-material").rglob(f"{RECORD}.yaml"))
    path.write_text(path.read_text("utf-8").replace("created_on: 2026-", "created_on: 2025-"), "utf-8")
    commit(root, "another day")
    outcome, says = answer(root, root / SHEET)
    assert (outcome, "has changed since" in says) == ("obsolete", True)


def test_a_record_that_was_deleted_makes_its_print_obsolete(root: Path) -> None:
    next((root / "records/publicity-material").rglob(f"{RECORD}.yaml")).unlink()
    commit(root, "gone")
    outcome, says = answer(root, scanned(root, SHEET))
    assert (outcome, "was deleted" in says) == ("obsolete", True)


@pytest.mark.tampering
def test_an_old_copy_shown_as_current_names_what_took_its_place(root: Path) -> None:
    revised(root)
    outcome, says = answer(root, root / COPY.format(serial=1))
    assert (outcome, "A/1 took its place" in says) == ("obsolete", True)
    assert answer(root, root / COPY.format(serial=1), date(2026, 4, 10))[0] == "current"  # the new one waits


@pytest.mark.tampering
def test_a_copy_that_came_back_must_not_be_in_use(root: Path) -> None:
    entered(root, "received", "1", "2026-02-26", by="ma-xiaomin")
    revised(root)
    recalled(root, "2026-04-20")
    entered(root, "returned", "1", "2026-04-21")
    outcome, says = answer(root, root / COPY.format(serial=1))
    assert (outcome, "came back on 2026-04-21" in says) == ("obsolete", True)


def test_a_draft_proves_nothing(root: Path) -> None:
    path = next((root / "records/publicity-material").rglob(f"{RECORD}.yaml"))
    path.write_text(path.read_text("utf-8") + "# changed\n", "utf-8")
    printed(root, RECORD)
    outcome, says = answer(root, root / SHEET)
    assert (outcome, "proves nothing" in says) == ("draft", True)


# ---- tampering


@pytest.mark.tampering
def test_one_byte_of_a_print_cannot_be_changed(root: Path) -> None:
    whole = (root / SHEET).read_bytes()
    for place in range(200, len(whole) - 200, len(whole) // 7):
        (root / "byte.pdf").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            outcome, _ = answer(root, root / "byte.pdf")
        except GeneratorError:  # it does not even open
            continue
        assert outcome in {"altered", "resaved", "unproven", "foreign"}


@pytest.mark.tampering
def test_a_page_of_another_print_is_named(root: Path) -> None:
    def swap(file: pikepdf.Pdf) -> None:
        with pikepdf.open(root / COPY.format(serial=1)) as other:
            file.pages[0] = other.pages[0]

    outcome, says = answer(root, changed(root, COPY.format(serial=2), swap))
    assert (outcome, "page 1 belongs to another print: CP-06@A/0@1/" in says) == ("altered", True)


@pytest.mark.tampering
def test_a_missing_and_a_doubled_page_are_named(root: Path) -> None:
    path = COPY.format(serial=2)
    outcome, says = answer(root, changed(root, path, lambda file: file.pages.__delitem__(1)))
    assert (outcome, "it should have" in says, "the code of page 2 says page 3" in says) == ("altered", True, True)
    outcome, says = answer(root, scanned(root, path, pages=(1, 3, 3)))
    assert (outcome, "is missing" in says, "is there twice" in says) == ("incomplete", True, True)


@pytest.mark.tampering
def test_a_stripped_stamp_is_seen_by_its_looks(root: Path) -> None:
    def strip(file: pikepdf.Pdf) -> None:
        for page in file.pages:
            streams = list(page.Contents) if isinstance(page.Contents, pikepdf.Array) else [page.Contents]
            page.Contents = pikepdf.Array(streams[:-1])

    outcome, says = answer(root, changed(root, COPY.format(serial=2), strip))
    assert outcome == "altered"
    assert "page 1 looks otherwise" in says or "no code that can be read" in says


@pytest.mark.tampering
def test_a_code_that_was_painted_over_or_replaced_is_named(root: Path) -> None:
    whole = scanned(root, SHEET, dpi=200)
    pages = [page.image for page in raster.pages(whole.read_bytes(), "scan", dpi=200)]
    draw = ImageDraw.Draw(pages[0])
    wide, high = pages[0].size
    draw.rectangle((wide * 0.78, high * 0.9, wide, high), fill=255)
    pages[0].save(root / "painted.png")
    assert answer(root, root / "painted.png")[0] == "foreign"
    code = io.BytesIO()
    segno.make("https://example.com/other", error="m").save(code, kind="png", scale=5)
    pages[0].paste(Image.open(code).convert("L"), (int(wide * 0.8), int(high * 0.9)))
    pages[0].save(root / "pasted.png")
    outcome, says = answer(root, root / "pasted.png")
    assert (outcome, "none of ours: 'https://example.com/other'" in says) == ("foreign", True)


@pytest.mark.tampering
def test_other_words_under_a_code_that_was_kept_are_named(root: Path) -> None:
    def overwrite(file: pikepdf.Pdf) -> None:
        page = file.pages[0]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        name = page.add_resource(font, pikepdf.Name.Font)
        page.contents_add(f"BT {name} 12 Tf 72 700 Td (PASS) Tj ET".encode())

    outcome, says = answer(root, changed(root, SHEET, overwrite))
    assert (outcome, "PASS" in says) == ("altered", True)


@pytest.mark.tampering
def test_a_picture_pasted_over_is_seen_by_its_looks(root: Path) -> None:
    outcome, says = answer(
        root, changed(root, SHEET, lambda file: file.pages[0].contents_add(b"1 g 100 500 200 60 re f"))
    )
    assert (outcome, "looks otherwise" in says) == ("altered", True)


@pytest.mark.tampering
def test_a_claim_copied_from_another_print_does_not_help(root: Path) -> None:
    def claim(file: pikepdf.Pdf) -> None:
        with pikepdf.open(root / SHEET) as other:
            for key in ("/Keywords", "/Title", "/Producer"):
                file.docinfo[key] = str(other.docinfo[key])

    outcome, says = answer(root, changed(root, "out/blank/publicity-material.pdf", claim))
    assert (outcome, "belongs to another print" in says) == ("altered", True)


@pytest.mark.tampering
def test_properties_that_were_taken_away_make_it_no_original(root: Path) -> None:
    outcome, says = answer(root, changed(root, SHEET, lambda file: file.trailer.__delitem__("/Info")))
    assert (outcome, "name no origin" in says) == ("resaved", True)


@pytest.mark.tampering
def test_a_ledger_whose_hash_was_changed_is_named(root: Path) -> None:
    digest = canonical.digest((root / COPY.format(serial=2)).read_bytes())
    edit(root, digest, "0" * 64)
    outcome, says = answer(root, root / COPY.format(serial=2))
    assert (outcome, "names another hash" in says) == ("altered", True)


@pytest.mark.tampering
def test_a_copy_that_no_ledger_knows_is_named(root: Path) -> None:
    (code, *_) = (found.code for _, found in pagecode.of_file((root / COPY.format(serial=2)).read_bytes(), "x"))
    assert code
    text = f"WK1 {code.number} {code.revision} 1/{code.pages} {code.digest} 99/99"
    outcome, says = answer(root, text)
    assert (outcome, "no ledger knows" in says) == ("altered", True)


@pytest.mark.tampering
def test_a_commit_that_is_not_here_is_named(root: Path) -> None:
    claim = pdffile.claim((root / SHEET).read_bytes())
    assert claim
    other = claim.commit[::-1]
    whole = (root / SHEET).read_bytes().replace(claim.commit.encode(), other.encode())
    (root / "other.pdf").write_bytes(whole)
    outcome, says = answer(root, root / "other.pdf")
    assert (outcome, "which is not here" in says) == ("foreign", True)


@pytest.mark.tampering
def test_what_is_added_after_a_signature_breaks_it(root: Path) -> None:
    (root / "me.p12").write_bytes(pki.issued(pki.authority(), "chen").p12)
    wanted = sign_pdf.Wanted(root / SHEET, "prepared", root / "me.p12", pki.PASSPHRASE, "")
    sign_pdf.run(root, wanted, now=NOW, language=Language.EN, say=lambda _: None)
    signed = root / SHEET.replace(".pdf", "-signed.pdf")
    writer = pypdf.PdfWriter(signed, incremental=True)
    writer.pages[0].merge_translated_page(writer.pages[0], 30, 30)
    writer.write(root / "after.pdf")
    outcome, says = answer(root, root / "after.pdf")
    assert (outcome, "is broken" in says) == ("altered", True)


# ---- what cannot be read


def test_a_file_of_another_company_is_not_ours(root: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(root / "theirs.pdf")
    assert answer(root, root / "theirs.pdf")[0] == "foreign"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 a Word file", "neither a PDF nor a picture"),
        (b"%PDF-1.7\ncut off", "broken PDF"),
    ],
)
def test_what_cannot_be_read_says_why(root: Path, content: bytes, said: str) -> None:
    (root / "bad.pdf").write_bytes(content)
    with pytest.raises(GeneratorError, match=said):
        answer(root, root / "bad.pdf")


def test_an_encrypted_file_and_one_that_is_not_there_say_so(root: Path) -> None:
    place = changed(root, SHEET, lambda _: None, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(GeneratorError, match="protected by a password"):
        answer(root, place)
    with pytest.raises(GeneratorError, match="there is no file"):
        answer(root, root / "nothing.pdf")


def test_three_hundred_pages_are_read_one_after_the_other(root: Path) -> None:
    many = pypdfium2.PdfDocument.new()
    for _ in range(300):
        many.new_page(100, 100)
    many.save(root / "many.pdf")
    assert answer(root, root / "many.pdf")[0] == "foreign"


def test_a_copy_made_again_is_the_genuine_one(root: Path) -> None:
    assert reissue.run(root, f"{DOCUMENT}@A/0", copy="3", language=Language.EN, say=lambda _: None) == 0
    assert answer(root, root / "out/reissued/CP-06/A-0/copy-03.pdf")[0] == "current"
    git(root, "status")
