"""`wenkong file-scan`: sort scanned prints by their codes, look into their boxes, file them beside their records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from generator import (
    archive,
    attachments,
    canonical,
    evidence,
    ink,
    issuing,
    journal,
    load,
    pagecode,
    pdf,
    pdffile,
    production,
    proof,
    raster,
    reprint,
    signaturefields,
    tray,
    yamlfile,
)
from generator.codes import Code
from generator.commands.ledger import mover
from generator.evidence import Evidence
from generator.git import Repository
from generator.ink import Frame, Ink, Look
from generator.pdf import Engine
from generator.places import Place
from generator.production import Press
from generator.proof import Outcome
from generator.terms import Language, Text
from generator.terms import scans as words
from generator.tray import SCANS, Leaf, Sheaf

FOLDER = f"records/{SCANS}"
FILED = frozenset({Outcome.CURRENT, Outcome.UNCONTROLLED, Outcome.OBSOLETE, Outcome.DRAFT})
"""Prints that are evidence of something, if only of what was."""


@dataclass(frozen=True)
class _Desk:
    """What scans are filed with: the contents by the names of their files, and a press for the last commit."""

    root: Path
    clone: Repository
    known: Evidence
    press: Press
    engine: Engine
    contents: Mapping[str, bytes]
    person: str
    now: datetime


@dataclass(frozen=True)
class _Filing:
    """What is to be written of one print; nothing where it was filed before just so."""

    sheaf: Sheaf
    contents: Mapping[str, bytes | None]
    boxes: tuple[tuple[str, str], ...]
    path: str
    is_new: bool


def run(
    root: Path, paths: tuple[Path, ...], *, dry: bool, now: datetime, language: Language, say: Callable[[str], None]
) -> int:
    """File every print that is whole and say what was not; 1 if a page was not filed or a box is not signed.

    Raises:
        GeneratorError: a file cannot be read, git does not know the author, or this is no clone.
    """

    def tell(text: Text) -> None:
        say(text.within(language))

    contents = {name: path.read_bytes() for name, path in _named(paths).items()}
    leaves = [leaf for name, content in contents.items() for leaf in _leaves(name, content)]
    sheaves, strangers = tray.sorted_out(leaves)
    tell(words.READ.format(pages=len(leaves), prints=len(sheaves)))
    with journal.opened(root, tell) as clone:
        known = evidence.of(root, clone, load.library(root), now.date())
        person, head = mover(clone, known.library), clone.found("HEAD").id
        with archive.at(clone, head) as place:
            press = issuing.pressed(clone, head, place)
            with closing(pdf.engine(press.engine)) as engine:
                desk = _Desk(root, clone, known, press, engine, contents, person, now)
                made = [_filed(desk, each) for each in sheaves]
        filings = [each for each in made if isinstance(each, _Filing)]
        changes = {path: content for each in filings for path, content in each.contents.items()}
        if changes and not dry:
            journal.write(root, clone, changes, _message(filings))
    for each in made:
        tell(_said(each, dry=dry) if isinstance(each, _Filing) else each)
    for leaf in strangers:
        at = {"where": tray.where([leaf]), "text": leaf.text}
        tell(words.STRANGE.format(**at) if leaf.text else words.NO_CODE.format(**at))
    return _unsigned(filings, tell) or (1 if strangers or len(filings) < len(made) else 0)


def unsigned(root: Path, *, language: Language, say: Callable[[str], None]) -> int:
    """List the boxes of all filed prints that are not signed; 1 if there is one."""
    found = 0
    for record in load.library(root).records.get(SCANS, {}).values():
        for role, seen in tray.unsigned(record.values):
            found += 1
            at = words.INK[seen].format(path=record.path)
            said = words.UNSIGNED.format(name=record.values["of"], role=role, ink=at)
            say(said.within(language))
    if not found:
        say(words.ALL_SIGNED.within(language))
    return 1 if found else 0


def _named(paths: tuple[Path, ...]) -> Mapping[str, Path]:
    """The files by their names; two of one name are told apart by their folders."""
    names = [each.name for each in paths]
    return {path.name if names.count(path.name) == 1 else path.as_posix(): path for path in paths}


def _leaves(name: str, content: bytes) -> Iterator[Leaf]:
    for page, (_, found) in enumerate(pagecode.of_file(content, name, dpi=raster.DPI), start=1):
        yield Leaf(name, page, found.code, found.text)


def _filed(desk: _Desk, sheaf: Sheaf) -> _Filing | Text:
    """What is to be written of one print, or why it is not filed."""
    at = {"name": sheaf.code.named, "where": tray.where(sheaf.leaves)}
    faults = tuple(proof.gaps([each.code for each in sheaf.leaves if each.code]))
    if faults:
        both = Text("；".join(each.zh for each in faults), "; ".join(each.en for each in faults))
        return words.NOT_FILED.format(**at, reason=words.NOT_WHOLE.format(faults=both))
    verdict = desk.known.verdict(sheaf.code)
    if verdict.outcome not in FILED or not verdict.commit:
        return words.NOT_FILED.format(**at, reason=verdict.says[-1])
    path = f"{FOLDER}/{sheaf.code.number}/{sheaf.stem}.yaml"
    kept = _kept(desk.root / path)
    parts = {part["file"]: (part, content) for part, content in _parts(desk, sheaf)}
    rows = [part for part, _ in parts.values()]
    if kept and kept["parts"] == rows:
        return _Filing(
            sheaf, {}, tuple((each["role"], each["ink"]) for each in kept.get("boxes", ())), path, is_new=False
        )
    boxes = tuple(_boxes(desk, sheaf, verdict.commit))
    folder = path.removesuffix(".yaml")
    gone = dict.fromkeys(f"{folder}/{each['file']}" for each in kept["parts"]) if kept else {}
    scans = {f"{folder}/{name}": content for name, (_, content) in parts.items()}
    contents = {**gone, **scans, path: _entry(desk, sheaf, rows, boxes)}
    return _Filing(sheaf, contents, boxes, path, is_new=not kept)


def _kept(place: Path) -> Mapping[str, Any]:
    """What was filed before."""
    if not place.is_file():
        return {}
    source, _ = yamlfile.load(place.read_bytes(), place.name)
    return dict(source.values) if source else {}


def _parts(desk: _Desk, sheaf: Sheaf) -> Iterator[tuple[dict[str, str], bytes]]:
    """The pages of the print out of each file that they lie in, with the hashes of both."""
    for position, source in enumerate(sheaf.sources, start=1):
        content = desk.contents[source]
        is_pdf = raster.is_pdf(content)
        part = pdffile.part(content, sheaf.pages(source)) if is_pdf else content
        suffix = ".pdf" if is_pdf else Path(source).suffix.lower()
        row = {
            "file": f"scan-{position}{suffix}",
            "sha256": canonical.digest(part),
            "source": Path(source).name,
            "source_sha256": canonical.digest(content),
        }
        yield row, part


def _boxes(desk: _Desk, sheaf: Sheaf, commit: str) -> Iterator[tuple[str, str]]:
    """What was seen in each box to be signed; nothing for what has none."""
    best: list[tuple[str, Look]] = []
    for content in _prints(desk, sheaf.code, commit):
        if raster.count(content, sheaf.stem) != sheaf.code.pages:
            continue
        seen = [(place.role, _look(desk, sheaf, content, place)) for place in signaturefields.places(content)]
        if _fit(seen) > _fit(best):
            best = seen
        if _fit(best) >= ink.FIT:
            break
    yield from ((role, look.ink.value) for role, look in best)


def _fit(seen: Sequence[tuple[str, Look]]) -> float:
    """How well the scan lies over a print at its worst box; not at all where the print has none, as a view."""
    return min((look.fit for _, look in seen), default=-1.0)


def _prints(desk: _Desk, code: Code, commit: str) -> Iterator[bytes]:
    """Prints of what the code names: from the last commit while it still holds that, else from the one that did."""
    record = desk.press.library.record(code.number)
    if record is None:
        return
    form = desk.press.library.forms[record.form]
    if canonical.digest(attachments.signable(desk.press.root, record, form)).startswith(code.digest):
        for piece in reprint.pieces(desk.press, code.number):
            yield production.converted(piece, desk.engine)[1]
    else:
        yield from reprint.prints(desk.clone, commit, code.number, kinds=(issuing.UNCONTROLLED,))


def _look(desk: _Desk, sheaf: Sheaf, content: bytes, place: Place) -> Look:
    leaf = sheaf.leaves[place.page - 1]
    blank = raster.page(content, sheaf.stem, place.page, dpi=raster.DPI)
    page = raster.page(desk.contents[leaf.source], leaf.source, leaf.page, dpi=raster.DPI)
    ours, theirs = pagecode.read(blank).found, pagecode.read(page).found
    if ours is None or theirs is None:
        return ink.NOTHING
    frame = Frame.of((blank, ours.corners), (page, theirs.corners))
    return ink.look(blank, page, frame, place.area)


def _entry(desk: _Desk, sheaf: Sheaf, parts: list[dict[str, str]], boxes: tuple[tuple[str, str], ...]) -> bytes:
    code = sheaf.code
    said = {"of": code.number, "revision": code.revision, "content": code.digest, "copy": code.copy}
    lines = [
        "# yaml-language-server: $schema=../../../schemas/scans.yaml",
        f"number: {yamlfile.quoted(sheaf.stem)}",
        f"created_on: {desk.now.date()}",
        *(f"{key}: {yamlfile.quoted(value)}" for key, value in said.items() if value),
        f"pages: {code.pages}",
        "scan:",
        *(f"  - {yamlfile.quoted(each['file'])}" for each in parts),
        "parts:",
    ]
    for each in parts:
        (first, value), *rest = each.items()
        lines += [
            f"  - {first}: {yamlfile.quoted(value)}",
            *(f"    {key}: {yamlfile.quoted(text)}" for key, text in rest),
        ]
    lines += [f"filed_at: {desk.now:%Y-%m-%d %H:%M}", f"filed_by: {yamlfile.quoted(desk.person)}"]
    lines += ["boxes:", *(f"  - {{role: {role}, ink: {seen}}}" for role, seen in boxes)] if boxes else []
    return "\n".join([*lines, ""]).encode()


def _message(filings: list[_Filing]) -> str:
    names = [each.sheaf.code.named for each in filings if each.contents]
    return f"file-scan {len(names)} prints\n\n" + "\n".join(names) + "\n"


def _said(filing: _Filing, *, dry: bool) -> Text:
    at = {"name": filing.sheaf.code.named, "path": filing.path, "where": tray.where(filing.sheaf.leaves)}
    if not filing.contents:
        return words.ALREADY.format(**at)
    if dry:
        return words.WOULD.format(**at)
    return words.FILED.format(**at) if filing.is_new else words.REPLACED.format(**at)


def _unsigned(filings: list[_Filing], tell: Callable[[Text], None]) -> int:
    """Tell which boxes were filed unsigned, print by print."""
    open_ = [(each, role, seen) for each in filings for role, seen in each.boxes if seen != Ink.SIGNED]
    for each, role, seen in open_:
        said = words.INK[seen].format(path=each.path)
        tell(words.UNSIGNED.format(name=each.sheaf.code.named, role=role, ink=said))
    if not open_ and any(each.boxes for each in filings):
        tell(words.ALL_SIGNED)
    return 1 if open_ else 0
