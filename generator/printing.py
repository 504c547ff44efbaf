"""A sheet becomes Word bytes, and Word bytes become the finished, marked PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from generator import (
    booklet_flow,
    copies,
    flowchart,
    flowplan,
    fonts,
    hints,
    historyindex,
    layout,
    paper,
    pictures,
    places,
    presence,
    references,
    sheet,
    stamp,
    word,
    wording,
)
from generator.errors import GeneratorError
from generator.git import Commit, Repository
from generator.historyindex import Revision
from generator.model import DISTRIBUTION, Finding, Form, Kind, Library, Procedure, Record
from generator.terms import Language, Text, house, printing
from generator.terms import repository as repository_words

ORGANIZATION = "records/organization.yaml"
LOGO = (28.0, 14.0)
PHOTO = (46.0, 40.0)
SMALL_PHOTO = (42.0, 30.0)
CHART = (148.0, 74.0)
"""Largest width and height on paper, in mm."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sheet comes from: a commit, or a working tree that differs from it."""

    commit: Commit | None
    is_draft: bool
    kind: str = "uncontrolled"

    @property
    def mark(self) -> sheet.Print:
        """What is printed about it."""
        if self.is_draft or self.commit is None:
            return sheet.Print(house.DRAFT, house.NOT_COMMITTED)
        printed = house.PRINTED.format(commit=self.commit.short, date=self.commit.when.date().isoformat())
        return sheet.Print(house.MARKS[self.kind], printed)

    @property
    def when(self) -> datetime | None:
        """The date of the commit; a draft has none."""
        return None if self.is_draft or self.commit is None else self.commit.when


class Origins:
    """Finds for any set of files the newest commit of the main line in which all of them stood as they stand now.

    Raises:
        GeneratorError: the clone is shallow, so that its history cannot say.
    """

    def __init__(self, repository: Repository | None) -> None:
        if repository is not None and repository.is_shallow():
            raise GeneratorError(repository_words.SHALLOW)
        self._is_draft = repository is None or repository.is_dirty() or repository.head() is None
        self._changes: Mapping[str, Revision] = {}
        if repository is not None and not self._is_draft:
            with historyindex.opened(repository) as index:
                self._changes = index.last_changes()

    def of(self, paths: tuple[str, ...]) -> Origin:
        """The origin of a sheet made from these files."""
        changes = [self._changes[path] for path in paths if path in self._changes]
        if self._is_draft or not changes:
            return Origin(None, is_draft=True)
        newest = max(changes, key=lambda each: each.place)
        return Origin(Commit.of(newest.commit), is_draft=False)


@dataclass(frozen=True, slots=True)
class Pinned:
    """The origin of everything that is made from the tree of one commit."""

    origin: Origin

    def of(self, _: tuple[str, ...]) -> Origin:
        """That commit, whatever the files are."""
        return self.origin


def inputs(record: Record, library: Library) -> tuple[str, ...]:
    """The files that a record's sheet is made from."""
    form = library.forms[record.form]
    paths = [record.path, *shared_inputs(form, library)]
    folder = references.folder(record)
    paths += [f"{folder}/{name}" for _, name in references.attachments(record, form)]
    for _, field, value in references.walk(record.values, form.by_key):
        if field.kind is Kind.REFERENCE:
            targets = (library.records.get(key, {}).get(value) for key in field.refers_to + field.refers_if_kept)
            paths += [target.path for target in targets if target]
    signed = library.signed.get(record.number, ())
    paths += [*(each.path for each in signed), *_paths_of((each.person for each in signed), library)]
    return tuple(paths)


def procedure_inputs(procedure: Procedure, library: Library) -> tuple[str, ...]:
    """The files that a printed procedure is made from: its holders and the forms that it lists among them."""
    front, kept = procedure.front, library.records.get(DISTRIBUTION, {}).get(procedure.number)
    listed, drawn = frozenset(front.get("forms", ())), frozenset(booklet_flow.asked(procedure.body))
    forms = (form.path for form in library.forms.values() if form.number in listed or form.key in drawn)
    holders = copies.listed(library, procedure.number, front)
    signed = library.signed.get(procedure.number, ())
    named = {
        *(each.person for each in signed),
        front["owner"],
        *(key for each in holders for key in (each.department, each.person)),
    }
    paths = (*((kept.path,) if kept else ()), *_paths_of(sorted(named), library))
    return (procedure.path, ORGANIZATION, *forms, *paths, *(each.path for each in signed))


def _paths_of(numbers: Iterable[str], library: Library) -> tuple[str, ...]:
    return tuple(record.path for record in map(library.record, numbers) if record)


def shared_inputs(form: Form, library: Library) -> tuple[str, ...]:
    """The files that every sheet of a form is made from."""
    logo = tuple(f"records/organization/{name}" for name in library.organization.get("logo", ()))
    flows = tuple(library.forms[key].path for key in flowplan.asked(form).values() if key in library.forms)
    return (template_path(form), form.path, ORGANIZATION, *logo, *flows)


def template_path(form: Form) -> str:
    """Where a form's face lies, from the root."""
    return f"forms/{form.key}.docx"


def faces(library: Library) -> Iterator[Form]:
    """Everything that has a template: the printed forms, each followed by its views."""
    for form in library.forms.values():
        if form.is_printed:
            yield form
            yield from form.views.values()


def template(root: Path, form: Form, language: Language) -> word.Template:
    """The compiled template of a form in one language.

    Raises:
        GeneratorError: there is none, or it cannot be used.
    """
    path = root / template_path(form)
    if not path.is_file():
        raise GeneratorError(printing.NO_TEMPLATE.format(key=form.key, path=template_path(form)))
    return word.compiled(path.read_bytes(), sheet.words(form, language), template_path(form))


def template_findings(root: Path, form: Form) -> Iterator[Finding]:
    """Whether template and definition fit each other, both ways."""
    path = template_path(form)
    try:
        names = template(root, form, Language.BOTH).names
    except word.TemplateFault as fault:
        yield from fault.findings
        return
    except GeneratorError as error:
        yield Finding(form.path, 1, 1, "template.missing", error.text)
        return
    known = _known(form)
    for name in sorted(names - known):
        text = printing.UNKNOWN_TAG.format(tag=name, hint=hints.similar(name, known))
        yield Finding(path, 1, 1, "template.unknown-tag", text)
    for field in presence.printed(form):
        needed = [(field.key, field.label)]
        needed += [(f"{field.key}.{column.key}", column.label) for column in field.columns]
        for key, label in needed:
            if key not in names:
                text = printing.NEVER_PRINTED.format(label=label, key=key, path=path)
                yield Finding(form.path, 1, 1, "template.never-printed", text)


def _known(form: Form) -> frozenset[str]:
    words = set(sheet.words(form, Language.BOTH))
    fields = {field.key for field in presence.printed(form)}
    columns = {f"{field.key}.{column.key}" for field in presence.printed(form) for column in field.columns}
    moments = set(presence.tags(form))
    photos = {f"file.{field.key}" for field in presence.printed(form) if field.kind is Kind.PHOTOS}
    signs = {f"sign.{box.role}.{part}" for box in form.signatures for part in ("name", "date")}
    return frozenset(words | fields | columns | moments | photos | signs) | sheet.FRAME


def glyph_findings(printed: sheet.Sheet, path: str, place: Callable[[str], tuple[int, int]]) -> Iterator[Finding]:
    """Characters that the fonts of the program do not have, each on the line of its field."""
    for key, text in sheet.characters(printed):
        for character in fonts.missing(text):
            field = printed.form.by_key.get(key)
            label = field.label if field else Text(key, key)
            code = f"U+{ord(character):04X}"
            message = printing.MISSING_GLYPH.format(label=label, character=character, code=code)
            yield Finding(path, *place(key), "print.glyph", message)


def lost_characters(text: str, path: str) -> Iterator[Finding]:
    """Characters of a document that no font of ours has, each where it stands first."""
    for character in fonts.missing(text):
        before, _, _ = text.partition(character)
        code = f"U+{ord(character):04X}"
        message = printing.MISSING_GLYPH.format(label=printing.DOCUMENT_TEXT, character=character, code=code)
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        yield Finding(path, line, column, "print.glyph", message)


def illustrated(
    printed: sheet.Sheet, read: Callable[[str, str], bytes | None]
) -> tuple[sheet.Sheet, tuple[tuple[str, Finding], ...]]:
    """The sheet with its pictures in the place of their names, and what is wrong with them by their field.

    `read` gives the bytes of a picture for a field's key and a file name, None for what is no picture.
    """
    faults: list[tuple[str, Finding]] = []

    def resolve(key: str, photos: wording.Photos) -> tuple[word.Picture, ...]:
        is_flow = key in flowplan.asked(printed.form)
        shown: list[word.Picture] = []
        for name in photos.names:
            content = read(key, name)
            if content is not None:
                width, height = flowchart.room(content) if is_flow else _room(printed.form, key)
                made = pictures.picture(content, path=name, max_width_mm=width, max_height_mm=height)
                if isinstance(made, Finding):
                    faults.append((key, made))
                else:
                    shown.append(made)
        return tuple(shown)

    return sheet.with_photos(printed, resolve), tuple(faults)


def _room(form: Form, key: str) -> tuple[float, float]:
    if form.report is not None and key in form.report.charts:
        return CHART
    return LOGO if key == "logo" else SMALL_PHOTO if form.is_compact else PHOTO


def boxes(made: sheet.Sheet) -> places.Words:
    """What stands in the boxes to be signed; a blank form has none that a key could sign."""
    names = [each.role for each in made.form.signatures] if made.number else []
    roles = {each: (made.words[f"role.{each}"], made.words[f"role2.{each}"]) for each in names}
    return places.Words(roles, made.words["word.date"])


def finished(
    converted: bytes, properties: stamp.Properties, marks: stamp.Marks, boxes: places.Words = places.NONE
) -> bytes:
    """The converted PDF, made canonical and marked: in this order, which the types hold.

    In the boxes to be signed stand fields for signatures; a draft has none.
    """
    made = stamp.canonical(stamp.Converted(converted), properties)
    return stamp.stamped(made, marks, () if marks.kind == "draft" else places.found(made.content, boxes)).content


def payload(number: str, revision: str, digest: str) -> Callable[[int, int], str]:
    """What the QR of each page says: number, revision, page, and the hash of the content."""
    return lambda page, pages: f"WK1 {number} {revision} {page}/{pages} {digest[:16]}"


def fitness(read: paper.Paper, expected: paper.Expected) -> tuple[tuple[Finding, ...], frozenset[str]]:
    """What is wrong with the pages, and which blocks should begin one; signs of one glyph count as one."""
    alike = fonts.alike()
    pages = tuple(page.translate(alike) for page in read.pages)
    wanted = replace(
        expected,
        texts=tuple((key, text.translate(alike)) for key, text in expected.texts),
        headings=tuple((name, tuple(each.translate(alike) for each in tops)) for name, tops in expected.headings),
    )
    seen = replace(read, pages=pages)
    return tuple(paper.fitness(seen, wanted)), paper.moves(seen, wanted)


def headings(made: sheet.Sheet) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What stands at the top of each block as a reader gives it: the heading, and with it the heads of its table."""
    found = []
    for name, lines in layout.headings(made.form, sheet.open_tables(made)):
        texts = [paper.SPACES.sub("", "".join(made.words.get(tag, "") for tag in tags)) for tags in lines]
        tops = tuple("".join(texts[: count + 1]) for count in range(len(texts)))
        found.append((name, tuple(filter(None, tops))))
    return tuple(each for each in found if each[1])
