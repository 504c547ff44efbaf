"""The contract of every form: definition, template, examples, golden text and page fit each other."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import closing
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from generator import housestyle, load, paper, pdf, printing, production, sheet, views, wording
from generator.model import Library
from generator.printing import Origins
from generator.production import Piece, Press
from generator.terms import Language
from tests.conftest import GOLDEN, ROOT
from tests.stringify import stringify

EXAMPLES = ROOT / "tests" / "examples"
FACES = sorted(path.stem for path in (ROOT / "forms").glob("*.docx"))
LONG = 10
"""On so many pages the engines may differ by one, and by one for each block that one of them sent to a new page."""
PRINTED = [key for key in FACES if views.MARK not in key]
VIEWS = [key for key in FACES if views.MARK in key]
EXPECTED = re.compile(r"# expect: (\d+) (\S+)")


@cache
def library() -> Library:
    return load.library(ROOT)


def placed(root: Path, example: Path) -> Path:
    """Put an example where a record of its form belongs."""
    key, number = example.parts[-3], example.stem
    year = re.search(r"-(20\d\d)-", number)
    path = root.joinpath("records", key, *([year[1]] if year else []), f"{number}.yaml")
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(example, path)
    return path


def press(root: Path, language: Language = Language.BOTH) -> Press:
    return Press(root, load.library(root), language, Origins(None), "rdocx")


def made(root: Path, key: str, language: Language = Language.BOTH) -> Piece:
    example = next((EXAMPLES / key / "good").glob("*.yaml"))
    placed(root, example)
    maker = press(root, language)
    piece = maker.record(maker.library.records[key][example.stem])
    assert isinstance(piece, Piece)
    return piece


def test_every_printed_form_and_view_has_a_template_and_every_template_a_form() -> None:
    assert {form.key for form in printing.faces(library())} == set(FACES)


@pytest.mark.parametrize("key", FACES)
def test_template_and_definition_fit_both_ways(key: str) -> None:
    face = {form.key: form for form in printing.faces(library())}[key]
    assert list(printing.template_findings(ROOT, face)) == []


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("key", VIEWS)
def test_every_view_goes_through_the_default_engine_and_reads_well(tree: Path, key: str, language: Language) -> None:
    kept, _, view = key.partition(views.MARK)
    example = next((EXAMPLES / kept / "good").glob("*.yaml"))
    placed(tree, example)
    maker = press(tree, language)
    piece = maker.record(maker.library.records[kept][example.stem], view)
    assert isinstance(piece, Piece)
    with closing(pdf.engine("rdocx")) as engine:
        _, content, faults = production.converted(piece, engine)
    assert faults == ()
    assert len(paper.read(content).pages) <= 4


@pytest.mark.parametrize("key", PRINTED)
def test_no_field_is_called_like_a_part_of_the_sheet(key: str) -> None:
    assert not {field.key for field in library().forms[key].fields} & sheet.RESERVED


@pytest.mark.parametrize("key", PRINTED)
def test_the_template_sets_a_chinese_font_and_language(key: str) -> None:
    with ZipFile(ROOT / "forms" / f"{key}.docx") as template:
        styles = template.read("word/styles.xml").decode()
        header = "".join(template.read(name).decode() for name in template.namelist() if "header" in name)
    assert f'w:eastAsia="{housestyle.FONT}"' in styles
    assert 'w:eastAsia="zh-CN"' in styles
    assert all(tag in header for tag in ("form.number", "form.revision", "record.number", "NUMPAGES"))


@pytest.mark.parametrize("key", PRINTED)
def test_the_good_example_is_good_and_prints_what_it_did(
    tree: Path, key: str, golden: Callable[[str, str], None]
) -> None:
    examples = sorted((EXAMPLES / key / "good").glob("*.yaml"))
    assert examples, f"{key} has no good example"
    for example in examples:
        placed(tree, example)
    names = {example.name for example in examples}
    assert [each for each in load.library(tree).findings if Path(each.path).name in names] == []
    golden(f"{key}.txt", stringify(made(tree, key).docx))


BAD = sorted(EXAMPLES.glob("*/bad/*/*.yaml"))


@pytest.mark.parametrize("example", BAD, ids=lambda path: f"{path.parts[-4]}-{path.parts[-2]}")
def test_a_bad_example_gives_exactly_the_finding_it_expects(tree: Path, example: Path) -> None:
    wanted = EXPECTED.fullmatch(example.read_text("utf-8").splitlines()[0])
    assert wanted, "the first line says `# expect: <line> <rule>`"
    key, number = example.parts[-4], example.stem
    year = re.search(r"-(20\d\d)-", number)
    path = tree.joinpath("records", key, *([year[1]] if year else []), f"{number}.yaml")
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(example, path)
    found = [(each.line, each.rule) for each in load.library(tree).findings if each.path.endswith(example.name)]
    assert found == [(int(wanted[1]), wanted[2])]


def test_every_form_has_bad_examples_and_nothing_is_left_over() -> None:
    assert {path.parts[-4] for path in BAD} == set(PRINTED)
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(PRINTED)
    ruled = {key for key, form in library().forms.items() if form.rules}
    assert {path.name for path in EXAMPLES.iterdir()} == set(PRINTED) | ruled


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("key", PRINTED)
def test_every_form_goes_through_the_default_engine_and_reads_well(tree: Path, key: str, language: Language) -> None:
    piece = made(tree, key, language)
    with closing(pdf.engine("rdocx")) as engine:
        _, content, faults = production.converted(piece, engine)
    assert faults == ()
    assert len(paper.read(content).pages) >= 1


@pytest.mark.office
@pytest.mark.parametrize("key", PRINTED)
def test_the_default_engine_and_the_office_suite_agree(tree: Path, key: str, office: pdf.Engine) -> None:
    piece = made(tree, key)
    with closing(pdf.engine("rdocx")) as engine:
        printed, content, _ = production.converted(piece, engine)
        theirs, faults, _ = production.finish(printed, office.convert(printed.docx), pdf.label(office))
        assert [each for each in faults if each.rule == "print.lost"] == []
        pages, their_pages = len(paper.read(content).pages), len(paper.read(theirs).pages)
        assert abs(pages - their_pages) <= pages // LONG + len(printed.pushed)
        once = without_repeated_heads(printed.docx)
        ours, others = (paper.read(production.finish(printed, each.convert(once), "")[0]) for each in (engine, office))
    if pages == their_pages:  # else one head more or less is printed; that nothing is lost was seen above
        assert sorted("".join(ours.pages)) == sorted("".join(others.pages))


def test_no_heading_stands_alone_at_the_foot_of_a_page(tree: Path) -> None:
    piece = made(tree, "complaint-flow")
    with closing(pdf.engine("rdocx")) as engine:
        once, _, moves = production.finish(piece, engine.convert(piece.docx), pdf.label(engine))
        printed, content, _ = production.converted(piece, engine)
    assert moves
    assert moves <= printed.pushed
    assert (b"/WenkongMark" in once, b"/WenkongMark" in content) == (False, True)
    foots = {f"{top}保存期限" for _, tops in piece.expected.headings for top in tops}
    before, after = ("".join(paper.read(each).pages[:-1]) for each in (once, content))
    assert any(each in before for each in foots)
    assert not any(each in after for each in foots)


@pytest.mark.parametrize("key", ["complaint-monthly", "satisfaction-report"])
def test_an_empty_table_at_the_foot_is_no_heading_alone(tree: Path, key: str) -> None:
    maker = press(tree)
    piece = maker.blank(maker.library.forms[key])
    assert isinstance(piece, Piece)
    with closing(pdf.engine("rdocx")) as engine:
        once = len(paper.read(engine.convert(piece.docx)).pages)
        printed, content, _ = production.converted(piece, engine)
    assert len(paper.read(content).pages) <= once + len(printed.pushed) <= once + 2


def without_repeated_heads(docx: bytes) -> bytes:
    """The same file with each heading printed once, wherever an engine breaks its pages."""
    out = BytesIO()
    with ZipFile(BytesIO(docx)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<w:tblHeader/>", b""))
    return out.getvalue()


@pytest.mark.parametrize("key", PRINTED)
def test_the_blank_form_prints_every_option_unticked(tree: Path, key: str) -> None:
    maker = press(tree)
    piece = maker.blank(maker.library.forms[key])
    assert isinstance(piece, Piece)
    text = stringify(piece.docx)
    assert wording.TICKED not in text
    with ZipFile(BytesIO(piece.docx)) as file:
        assert "{{" not in file.read("word/document.xml").decode()
