from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "generator"
LONGEST_FILE = 300
LONGEST_FUNCTION = 50

LAYERS = (  # top to bottom; a module imports only what stands below its own line
    ("cli",),
    ("commands",),
    ("reportpress",),
    ("importreport",),
    ("batch",),
    ("intakecheck",),
    ("intake",),
    ("newnumbers", "ledgermap"),
    ("merging",),
    ("returned",),
    ("ledgerpress", "workbooks", "dossierpress"),
    ("cellreading",),
    ("answers",),
    ("watching", "board"),
    ("live",),
    ("followup",),
    ("amended", "spotcheck"),
    ("judgement", "news"),
    ("verdict",),
    ("mentions", "sourcelist"),
    ("copycheck", "scancheck", "signaturecheck"),
    ("evidence", "reprint", "unsigned", "byname"),
    ("issuing", "release", "pressed"),
    (
        "diagnostics",
        "editorschema",
        "coverage",
        "paths",
        "deletions",
        "agenda",
        "early",
        "production",
        "journal",
        "archive",
        "anchors",
    ),
    ("control", "facecheck", "doubts"),
    ("signatures",),
    ("illustration",),
    ("rulebook", "editions", "statelog", "blanks"),
    ("parts",),
    ("ledgercheck",),
    ("definitions", "calendars"),
    ("demands",),
    ("changes",),
    ("later",),
    ("printing", "load"),
    ("schemafiles",),
    ("proceduretext", "attachments"),
    ("booklet", "diffsheet", "ledgerbook", "dossierbook"),
    ("booklet_flow",),
    ("booklet_text",),
    ("booklet_parts", "listingtext"),
    ("drawing",),
    ("cluster",),
    ("flowchart", "stamp", "pdf", "word", "ooxml", "binder"),
    ("office", "template", "historyindex"),
    ("ink", "pagecode", "fillable"),
    ("raster", "barcodes", "pades", "signaturefields", "kept"),
    (
        "git",
        "yamlfile",
        "schemas",
        "housestyle",
        "fonts",
        "paper",
        "lock",
        "files",
        "report",
        "pack",
        "office_server",
        "wrapping",
        "expressions",
        "publicdays",
        "notify",
        "calendarfile",
        "table",
        "spreadsheet",
        "charts",
        "segments",
        "store",
        "shelf",
        "filewatch",
        "webserver",
        "sshsig",
    ),
    ("places", "pdffile", "plots"),
    ("difference", "revisiontable", "controllog"),
    ("listing",),
    ("reports", "drift"),
    ("tabulation",),
    ("registers",),
    ("harvest",),
    ("signing", "proof"),
    ("proving",),
    ("authority",),
    ("rules", "flow", "history", "status", "audit", "retention", "remembered"),
    ("conditions",),
    ("world", "flowplan"),
    ("linked",),
    ("states", "formulas", "belonging"),
    ("pictures", "docxzip"),
    ("layout", "stub", "typed", "references"),
    ("sheet", "documents", "packing", "copies"),
    ("wording", "completeness"),
    ("presence",),
    ("stopwatch",),
    ("definition", "hints", "columns"),
    ("tray",),
    ("codes",),
    ("views", "numbering", "labels", "calendar", "gitlog", "periods", "settings"),
    ("settingvalues",),
    ("durations", "notes", "shards"),
    ("tokens", "pieces"),
    ("model",),
    ("ledgerdefinition",),
    ("ledgers", "limits"),
    ("signed", "overlays", "findings"),
    ("canonical", "errors"),
    ("terms",),
)
RANK = {name: rank for rank, line in enumerate(reversed(LAYERS)) for name in line}

OWNERS = {  # what touches the world, and who may
    "yaml": {"yamlfile"},
    "jsonschema_rs": {"schemas"},
    "git": {"git"},
    "sqlite3": {"historyindex", "store"},
    "docxtpl": {"word", "template"},
    "jinja2": {"word", "template"},
    "markupsafe": {"word", "template"},
    "docx": {
        "booklet_flow",
        "drawing",
        "housestyle",
        "booklet",
        "booklet_parts",
        "ledgerbook",
        "diffsheet",
        "dossierbook",
    },
    "lxml": {"word", "docxzip"},
    "markdown_it": {"booklet_text"},
    "rdocx": {"pdf"},
    "distributed": {"cluster"},
    "uno": {"office_server"},
    "subprocess": {"office", "office_server", "sshsig"},
    "cryptography": {"sshsig"},
    "pikepdf": {"binder", "fillable", "pdffile", "signaturefields", "stamp"},
    "segno": {"stamp"},
    "pypdfium2": {"paper", "places", "raster"},
    "fontTools": {"fonts"},
    "PIL": {"flowchart", "ink", "pictures", "raster"},
    "filelock": {"lock"},
    "cel": {"expressions"},
    "chinese_calendar": {"publicdays"},
    "apprise": {"notify"},
    "icalendar": {"calendarfile"},
    "openpyxl": {"spreadsheet"},
    "xlsxwriter": {"table"},
    "matplotlib": {"charts"},
    "rjieba": {"segments"},
    "zxingcpp": {"barcodes"},
    "pyhanko": {"pades"},
    "pyhanko_certvalidator": {"pades"},
    "asn1crypto": {"pades"},
    "click": {"cli"},
    "rich": {"cli"},
    "watchdog": {"filewatch"},
    "starlette": {"webserver"},
    "uvicorn": {"webserver"},
}


def _modules() -> list[Path]:
    return sorted(
        path for path in PACKAGE.rglob("*.py") if path not in {PACKAGE / "__init__.py", PACKAGE / "__main__.py"}
    )


def _here(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "generator":
            yield from ((node.lineno, f"generator.{alias.name}") for alias in node.names if alias.name != "__version__")
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    here = _here(path)
    assert here in RANK, f"give {here} a line in LAYERS"
    for line, name in _imports(path):
        where = f"{path.relative_to(ROOT)}:{line}"
        assert not name.startswith("."), f"{where}: write the import in full"
        root, _, rest = name.partition(".")
        there = rest.partition(".")[0]
        if root == "generator" and there not in {here, ""}:
            assert RANK[there] < RANK[here], f"{where}: {here} may not import {there}"
        assert here in OWNERS.get(root, {here}), f"{where}: only {', '.join(sorted(OWNERS[root]))} may import {root}"


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_and_functions_are_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= LONGEST_FILE, f"{path.name} has {text.count(chr(10))} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{path.name}:{node.lineno} {node.name} has {length} lines"


def _forms() -> tuple[set[str], set[str]]:
    keys = {path.stem for path in (ROOT / "forms").glob("*.docx")} - {
        "product",
        "return",
    }  # a token of number patterns, a verb
    numbers = set()
    for path in (ROOT / "schemas").glob("*.yaml"):
        numbers |= set(re.findall(r"^  number: (\S+)$", path.read_text("utf-8"), re.MULTILINE))
    return keys, numbers


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_knows_a_form(path: Path) -> None:
    keys, numbers = _forms()
    assert {"complaint"} <= keys
    assert {"CF-06-01"} <= numbers
    strings = {
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not keys & strings, f"{path.name} knows {keys & strings}"
    for number in numbers:
        assert number not in path.read_text("utf-8"), f"{path.name} knows {number}"


def test_chinese_words_stand_in_terms_only() -> None:
    for path in _modules():
        if _here(path) == "terms":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        docstrings = {
            node.body[0].value.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
            and isinstance(node.body[0].value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings:
                assert len(re.findall(r"[\u4e00-\u9fff]", node.value)) <= 1, f"{path.name}:{node.lineno} {node.value!r}"


def test_every_text_is_said_somewhere() -> None:
    code = "\n".join(path.read_text("utf-8") for path in _modules())
    for path in sorted((PACKAGE / "terms").glob("*.py")):
        for name in re.findall(r"^([A-Z][A-Z0-9_]+)\b.* = ", path.read_text("utf-8"), re.MULTILINE):
            assert len(re.findall(rf"\b{name}\b", code)) > 1, f"{path.name}: {name} is never said"


def test_no_two_texts_have_one_name() -> None:
    for path in sorted((PACKAGE / "terms").glob("*.py")):
        names = re.findall(r"^([A-Z][A-Z0-9_]+)\b.* = ", path.read_text("utf-8"), re.MULTILINE)
        twice = {each for each in names if names.count(each) > 1}
        assert not twice, f"{path.name}: the first {', '.join(twice)} is never said"
