from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest

from generator import barcodes, codes, pades, raster
from generator.commands import sign_pdf
from generator.commands.sign_pdf import Wanted
from generator.errors import GeneratorError
from generator.terms import Language
from tests import pki
from tests.conftest import PINNED

NUMBER = "SCR-2026-001"
NOW = datetime.now().astimezone()


@pytest.fixture(scope="module")
def printed(plant: Path) -> bytes:
    command = (sys.executable, "-m", "generator", "--root", str(plant), "render", NUMBER, "--format", "pdf")
    environment = {**os.environ, **PINNED, "PYTHONPATH": os.fspath(Path(__file__).parents[2])}
    subprocess.run(command, env=environment, check=True)
    return (plant / "out" / "scorecard-review" / f"{NUMBER}.pdf").read_bytes()


@pytest.fixture
def place(printed: bytes, tmp_path: Path) -> Path:
    (tmp_path / "sheet.pdf").write_bytes(printed)
    return tmp_path


def sign(plant: Path, place: Path, role: str, person: pki.Person, *, file: str = "sheet-signed.pdf") -> list[str]:
    (place / "me.p12").write_bytes(person.p12)
    said: list[str] = []
    wanted = Wanted(place / file, role, place / "me.p12", pki.PASSPHRASE, "")
    assert not sign_pdf.run(plant, wanted, now=NOW, language=Language.EN, say=said.append)
    return said


def test_the_code_of_each_page_is_read_from_the_printed_sheet(printed: bytes) -> None:
    for position, page in enumerate(raster.pages(printed, "sheet.pdf", dpi=100), start=1):
        (found,) = barcodes.read(page.image)
        code = codes.Code.parse(found.text)
        assert code is not None
        assert (code.number, code.revision, code.page, code.copy) == (NUMBER, "A/0", position, "")


def test_people_sign_in_the_order_of_the_boxes_and_the_print_stays_unsigned(
    plant: Path, place: Path, printed: bytes
) -> None:
    ca = pki.authority()
    chen, wang = pki.issued(ca, "chen"), pki.issued(ca, "wang")
    with pytest.raises(GeneratorError, match="prepared"):
        sign(plant, place, "reviewed", wang, file="sheet.pdf")
    said = sign(plant, place, "prepared", chen, file="sheet.pdf")
    assert "chen" in said[0]
    assert (place / "sheet.pdf").read_bytes() == printed
    with pytest.raises(GeneratorError, match="each role needs another person"):
        sign(plant, place, "reviewed", chen)
    with pytest.raises(GeneratorError, match="go on with that file"):
        sign(plant, place, "prepared", wang, file="sheet.pdf")
    with pytest.raises(GeneratorError, match="signed already"):
        sign(plant, place, "prepared", wang)
    sign(plant, place, "reviewed", wang)
    found = pades.signatures((place / "sheet-signed.pdf").read_bytes(), [ca.pem])
    assert [(each.field, each.is_good, each.is_trusted) for each in found] == [
        ("prepared", True, True),
        ("reviewed", True, True),
    ]


def test_nobody_signs_on_a_broken_signature_or_with_an_expired_certificate(plant: Path, place: Path) -> None:
    ca = pki.authority()
    sign(plant, place, "prepared", pki.issued(ca, "chen"), file="sheet.pdf")
    whole = (place / "sheet-signed.pdf").read_bytes()
    (place / "sheet-signed.pdf").write_bytes(whole.replace(NUMBER.encode(), b"SCR-2026-999", 1))
    with pytest.raises(GeneratorError, match="broken"):
        sign(plant, place, "reviewed", pki.issued(ca, "wang"))
    (place / "sheet-signed.pdf").write_bytes(whole)
    with pytest.raises(GeneratorError, match="valid from"):
        sign(plant, place, "reviewed", pki.issued(ca, "wang", days=(-20, -1)))


def test_a_file_without_fields_and_an_unknown_role_are_refused(plant: Path, place: Path) -> None:
    person = pki.issued(pki.authority(), "chen")
    with pytest.raises(GeneratorError, match="there are prepared"):
        sign(plant, place, "preparde", person, file="sheet.pdf")
    out = io.BytesIO()
    with pikepdf.new() as blank:
        blank.add_blank_page()
        blank.save(out)
    (place / "blank.pdf").write_bytes(out.getvalue())
    with pytest.raises(GeneratorError, match="no signature fields"):
        sign(plant, place, "prepared", person, file="blank.pdf")


def test_the_pass_phrase_comes_from_a_variable_and_never_from_the_command_line(plant: Path, place: Path) -> None:
    (place / "me.p12").write_bytes(pki.issued(pki.authority(), "chen").p12)
    command = (sys.executable, "-m", "generator", "--root", str(plant), "--lang", "en", "sign-pdf")
    given = ("sheet.pdf", "--role", "prepared", "--p12", "me.p12", "--passphrase-from", "WENKONG_KEY")
    environment = {**os.environ, **PINNED, "PYTHONPATH": os.fspath(Path(__file__).parents[2])}
    done = subprocess.run((*command, *given), cwd=place, env=environment, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"WENKONG_KEY" in done.stderr
    environment["WENKONG_KEY"] = pki.PASSPHRASE
    done = subprocess.run((*command, *given), cwd=place, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
