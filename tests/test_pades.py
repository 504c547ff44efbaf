from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import page
import pikepdf
import pytest

from generator import pades, paper, pdf, places, printing, stamp
from generator.errors import GeneratorError
from generator.pades import Stamping
from generator.terms import Text
from tests import pki
from tests.docx_sample import sample

ROLES = {"prepared": ("编制",), "approved": ("批准",)}
WHEN = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8)))
ABOUT = stamp.Properties("表", "CC-2026-0001", "A/0", "0123456789", WHEN, "rdocx", "0.1.0", "zh-CN")
MARKS = stamp.Marks(Text("非受控", "UNCONTROLLED"), "uncontrolled", lambda each, of: f"WK1 A A/0 {each}/{of} 0123")
SHOWN = ("陈静", "2026-11-26 10:00:00", "电子签名 digitally signed")


@pytest.fixture(scope="module")
def printed() -> bytes:
    with closing(pdf.engine("rdocx")) as engine:
        raw = engine.convert(sample("编制              批准", " ", " ", "日期:            日期:"))
    return printing.finished(raw, ABOUT, MARKS, places.Words(ROLES, "日期"))


@pytest.fixture(scope="module")
def ca() -> pki.Person:
    return pki.authority()


@pytest.fixture(scope="module")
def server(ca: pki.Person) -> Iterator[tuple[str, str]]:
    with pki.served(ca) as addresses:
        yield addresses


def sign(content: bytes, role: str, person: pki.Person, by: Stamping | None = None) -> bytes:
    key = pades.key(person.p12, pki.PASSPHRASE, "me.p12")
    return pades.signed(content, role, key, meaning="同意", shown=SHOWN, by=by or Stamping())


def test_each_role_has_an_empty_field_in_its_box_and_the_file_stays_archival(printed: bytes) -> None:
    assert pades.fields(printed) == (("prepared", False), ("approved", False))
    assert page.validate_pdf_bytes(printed, profile=page.ValidationProfile.PDF_A_2B).is_compliant
    assert pades.signatures(printed, ()) == ()


def test_several_people_sign_one_after_the_other_and_each_signature_holds(printed: bytes, ca: pki.Person) -> None:
    chen, wang = (pki.issued(ca, name, email=f"{name}@example.com") for name in ("chen", "wang"))
    once = sign(printed, "prepared", chen)
    twice = sign(once, "approved", wang)
    assert once.startswith(printed)
    assert twice.startswith(once)
    first, second = pades.signatures(twice, [ca.pem])
    assert [(each.field, each.certificate.name) for each in (first, second)] == [
        ("prepared", "chen"),
        ("approved", "wang"),
    ]
    assert first.certificate.email == "chen@example.com"
    assert all(each.is_good and each.is_trusted and not each.is_timed for each in (first, second))
    assert (first.is_last, second.is_last) == (False, True)
    assert page.validate_pdf_bytes(once, profile=page.ValidationProfile.PDF_A_2B).is_compliant
    with pikepdf.open(io.BytesIO(twice)) as file:
        assert {str(field.V.SubFilter) for field in file.Root.AcroForm.Fields} == {"/ETSI.CAdES.detached"}
    assert paper.read(twice).pages == paper.read(printed).pages


def test_a_changed_byte_breaks_the_signature_and_what_is_added_later_spoils_it(printed: bytes, ca: pki.Person) -> None:
    signed = sign(printed, "prepared", pki.issued(ca, "chen"))
    place = signed.index(b"CC-2026-0001")
    (broken,) = pades.signatures(signed[:place] + b"CC-2026-0002" + signed[place + 12 :], [ca.pem])
    assert not broken.is_intact
    with pikepdf.open(io.BytesIO(printed)) as file:
        file.pages.append(file.pages[0])
        out = io.BytesIO()
        file.save(out)
    added = signed + b"\n4 0 obj\n<</Type/Page>>\nendobj\n"
    (spoilt,) = pades.signatures(added, [ca.pem])
    assert not spoilt.is_last
    with pytest.raises(GeneratorError, match="signed"):
        stamp.stamped(stamp.Canonical(signed), MARKS)
    with pytest.raises(GeneratorError, match="signed"):
        stamp.canonical(stamp.Converted(signed), ABOUT)


def test_an_unknown_issuer_is_intact_but_not_trusted(printed: bytes, ca: pki.Person) -> None:
    signed = sign(printed, "prepared", pki.issued(pki.authority("another"), "chen"))
    (found,) = pades.signatures(signed, [ca.pem])
    assert found.is_good
    assert not found.is_trusted
    (alone,) = pades.signatures(signed, ())
    assert not alone.is_trusted


def test_a_server_on_loopback_gives_the_time(
    printed: bytes, ca: pki.Person, server: tuple[str, str], tmp_path: Path
) -> None:
    chen = pki.issued(ca, "chen", crl=server[1])
    timed = sign(printed, "prepared", chen, Stamping(server[0]))
    (found,) = pades.signatures(timed, [ca.pem])
    assert found.is_timed
    assert found.is_good
    assert found.is_trusted
    kept = sign(printed, "prepared", chen, Stamping(server[0], (ca.pem,)))
    with pikepdf.open(io.BytesIO(kept)) as file:
        assert len(file.Root.DSS.CRLs) >= 1
        assert len(file.Root.DSS.Certs) >= 2
    (found,) = pades.signatures(kept, [ca.pem])
    assert found.is_timed
    assert found.is_good
    assert found.is_trusted
    assert tmp_path.exists()


def test_a_server_that_is_not_there_is_named(printed: bytes, ca: pki.Person) -> None:
    with pytest.raises(GeneratorError, match=r"127\.0\.0\.1:9"):
        sign(printed, "prepared", pki.issued(ca, "chen"), Stamping("http://127.0.0.1:9/tsa"))


def test_a_wrong_pass_phrase_and_a_file_without_a_key_are_refused(ca: pki.Person) -> None:
    person = pki.issued(ca, "chen")
    for content, phrase in ((person.p12, "wrong"), (person.pem, ""), (b"", "")):
        with pytest.raises(GeneratorError, match="PKCS#12"):
            pades.key(content, phrase, "me.p12")
