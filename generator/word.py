"""A Word template, read once and filled many times: strict, escaped, and the same bytes for the same values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from html import escape
from pathlib import PurePosixPath

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, UndefinedError, pass_context
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from generator import docxzip
from generator.docxzip import Member
from generator.errors import GeneratorError
from generator.model import Finding
from generator.pictures import Picture
from generator.template import LOOP, Dialect, Fault, Part, read
from generator.terms import Text
from generator.terms import word as terms

__all__ = ["Picture", "Template", "TemplateFault", "compiled"]

DRAW = "_draw"
"""The name under which a part gets the function that draws its pictures; no template can say it."""
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
BREAK, TAB = (f'</w:t><w:{each}/><w:t xml:space="preserve">' for each in ("br", "tab"))
COLUMNS = re.compile(r"\{%-?tc\s")
CELLLESS = re.compile(r"<w:tr[ >](?:(?!<w:tr[ >]|<w:tc[ >]).)*</w:tr>", re.DOTALL)
NUMBERED = re.compile(rb'(?:<wp:docPr\b[^>]*?\bid="|"wkPicture)(\d{1,9})"')
ELEMENT = re.compile(r"<[^>]*>")
DRAWING = (
    '</w:t><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="wkPicture{number}" descr="{name}"/><wp:cNvGraphicFramePr>'
    '<a:graphicFrameLocks xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" noChangeAspect="1"/>'
    '</wp:cNvGraphicFramePr><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="{number}" name="wkPicture{number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'r:embed="wkPicture{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
    '</w:drawing><w:t xml:space="preserve">'
)


class TemplateFault(GeneratorError):  # noqa: N818  a fault of somebody's file, not an error of the program
    """A template that cannot be used; `findings` say all that is wrong with it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings[0].message)
        self.findings = findings


class _UnprintableError(Exception):
    """A value that cannot stand where the template puts it."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template ready to be filled.

    `names` are the dotted names that it uses, `parts` what changes with the values, `members` what does not.
    """

    path: str
    names: frozenset[str]
    parts: Mapping[str, Part] = field(repr=False)
    members: Mapping[str, Member] = field(repr=False)
    source: Mapping[str, bytes] = field(repr=False)
    has_columns: bool
    first_number: int

    def render(self, values: Mapping[str, object]) -> bytes:
        """The Word file for these values.

        Raises:
            GeneratorError: a tag has no value, or a value holds what cannot be printed.
        """
        drawn = _Drawn(self.first_number)
        members = dict(self.members)
        for name, part in self.parts.items():
            members[name] = docxzip.deflated(name, self._printed(name, part, values, drawn))
        for name, pictures in drawn.related.items():
            target = docxzip.relations_of(name)
            members[target] = docxzip.deflated(target, docxzip.related(self.source, name, pictures))
        return docxzip.packed((members | drawn.members).values())

    def _printed(self, name: str, part: Part, values: Mapping[str, object], drawn: _Drawn) -> bytes:
        for table in sorted(part.tables):
            if not all(isinstance(each, tuple | list) for each in _found(values, table)):
                raise GeneratorError(terms.NOT_A_TABLE.format(path=self.path, name=table))
        try:
            xml = part.compiled.render({**values, DRAW: partial(drawn.drawing, name)})
        except UndefinedError as error:
            raise GeneratorError(self._unknown(part, values)) from error
        except _UnprintableError as error:
            raise GeneratorError(self._unprintable(part, values)) from error
        if self.has_columns and name == docxzip.DOCUMENT:
            xml = etree.tostring(DocxTemplate("").fix_tables(CELLLESS.sub("", xml)), encoding="unicode")
        return docxzip.written(xml)

    def _unknown(self, part: Part, values: Mapping[str, object]) -> Text:
        missing = [name for name in sorted(part.names) if not _is_known(values, name.split("."))]
        return terms.UNKNOWN_NAME.format(path=self.path, part=part.place, name=", ".join(missing))

    def _unprintable(self, part: Part, values: Mapping[str, object]) -> Text:
        names = sorted(part.names)
        for name in names:
            for value in _found(values, name):
                bad = FORBIDDEN.search(value) if isinstance(value, str) else None
                if bad:
                    return terms.UNPRINTABLE.format(name=name, code=f"U+{ord(bad.group()):04X}")
        groups = [name for name in names if any(not isinstance(value, str) for value in _found(values, name))]
        return terms.NOT_A_TEXT.format(path=self.path, part=part.place, name=", ".join(groups))


def _found(value: object, name: str) -> Iterator[object]:
    """What a dotted name stands for: one value, or one from each row of a table."""
    key, _, rest = name.partition(".")
    if isinstance(value, tuple | list):
        yield from (found for each in value for found in _found(each, name))
    elif isinstance(value, Mapping) and key in value:
        yield from _found(value[key], rest) if rest else (value[key],)


def _is_known(value: object, keys: list[str]) -> bool:
    if not keys:
        return True
    if isinstance(value, tuple | list):
        return all(_is_known(each, keys) for each in value)
    return isinstance(value, Mapping) and keys[0] in value and _is_known(value[keys[0]], keys[1:])


class _Drawn:
    """The pictures that one document has drawn so far: each content once, each drawing with a number of its own."""

    def __init__(self, first_number: int) -> None:
        self._number = first_number
        self.members: dict[str, Member] = {}
        self.related: dict[str, dict[str, str]] = {}

    def drawing(self, part: str, picture: Picture) -> str:
        """The XML of a picture in a part, which it is now related to."""
        number, self._number = self._number, self._number + 1
        name = f"word/media/{hashlib.sha256(picture.content).hexdigest()[:24]}.{picture.suffix}"
        if name not in self.members:
            self.members[name] = docxzip.stored(name, picture.content)
        self.related.setdefault(part, {})[f"wkPicture{number}"] = name
        described = escape(FORBIDDEN.sub("", picture.name))
        return DRAWING.format(number=number, width=picture.width, height=picture.height, name=described)


def _word_text(text: str) -> str:
    """A text as it stands inside `w:t`."""
    if text.isprintable():  # nearly every value; no line break, tab or forbidden character is printable
        return _escaped(text)
    return _property_text(text).replace("\n", BREAK).replace("\t", TAB)


def _property_text(text: str) -> str:
    """A text as it stands in any XML."""
    if FORBIDDEN.search(text):
        raise _UnprintableError
    return _escaped(text).replace("\r\n", "\n").replace("\r", "\n")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pass_context
def _word_value(context: Context, value: object) -> Markup:
    """What Jinja writes for a value in the body, a header, a footer."""
    if type(value) is str:
        return Markup(_word_text(value))  # noqa: S704  escaped just now
    if isinstance(value, Picture):
        return Markup(context[DRAW](value))  # noqa: S704  our own XML
    if isinstance(value, tuple | list) and all(isinstance(each, Picture) for each in value):
        return Markup("  ".join(map(context[DRAW], value)))  # noqa: S704  our own XML
    return Markup(_word_text(_text(value)))  # noqa: S704  escaped just now


@pass_context
def _property_value(_context: Context, value: object) -> Markup:
    """What Jinja writes for a value in the properties, which hold text alone."""
    return Markup(_property_text(_text(value)))  # noqa: S704  escaped just now


def _text(value: object) -> str:
    if isinstance(value, StrictUndefined) or type(value) is int:
        return str(value)  # raises for what is not defined
    if isinstance(value, str):
        return str(value)
    raise _UnprintableError


def _length(value: object) -> int:
    if isinstance(value, str | tuple | list | Mapping):
        return len(value)
    raise _UnprintableError


class _Environment(ImmutableSandboxedEnvironment):
    """Looks names up as keys of mappings and nowhere else: no template reaches an attribute of a Python object."""

    def getattr(self, obj: object, attribute: str) -> object:
        return self.getitem(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        if isinstance(obj, Mapping) and argument in obj:
            return obj[argument]
        if isinstance(obj, LoopContext) and argument in LOOP:
            return getattr(obj, str(argument))
        return self.undefined(obj=obj, name=str(argument))


def _dialect(name: str) -> Dialect:
    is_core = name == docxzip.CORE
    environment = _Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_property_value if is_core else _word_value,
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.filters.update(upper=lambda value: _text(value).upper(), lower=lambda value: _text(value).lower())
    environment.filters["length"] = _length
    if is_core:
        return Dialect(lambda path: len(path) == len(("root", "property")), _property_text, environment)
    return Dialect(lambda path: path[-1:] == ("w:t",), _word_text, environment)


def compiled(template: bytes, words: Mapping[str, str], path: str) -> Template:
    """The template in a Word file, with the words, which never change, put in for good.

    Raises:
        TemplateFault: it is no Word file, holds what a template must not hold, or its tags are wrong.
    """
    source = docxzip.opened(template, path)
    if isinstance(source, Finding):
        raise TemplateFault((source,))
    found = tuple(docxzip.findings(source, path))
    if found:
        raise TemplateFault(found)
    for name, text in words.items():
        bad = FORBIDDEN.search(text)
        if bad:
            raise GeneratorError(terms.UNPRINTABLE.format(name=name, code=f"U+{ord(bad.group()):04X}"))
    parts = _parts(source, words, path)
    members = {name: docxzip.deflated(name, content) for name, content in source.items() if name not in parts}
    for name, part in parts.items():
        if part.is_constant:
            members[name] = docxzip.deflated(name, docxzip.written(part.compiled.render()))
    members[docxzip.CONTENT_TYPES] = docxzip.deflated(
        docxzip.CONTENT_TYPES, docxzip.typed(source[docxzip.CONTENT_TYPES])
    )
    return Template(
        path,
        frozenset(name for part in parts.values() for name in part.names),
        parts={name: part for name, part in parts.items() if not part.is_constant},
        members=members,
        source={name: content for name, content in source.items() if name.endswith(".rels")},
        has_columns=bool(COLUMNS.search(ELEMENT.sub("", docxzip.text(source[docxzip.DOCUMENT])))),
        first_number=1
        + max((int(each) for content in source.values() for each in NUMBERED.findall(content)), default=0),
    )


def _parts(source: Mapping[str, bytes], words: Mapping[str, str], path: str) -> Mapping[str, Part]:
    names = [*docxzip.filled(source), *(name for name in (docxzip.CORE,) if name in source)]
    results = {name: _read(name, source[name], words) for name in names}
    faults = [fault for result in results.values() if isinstance(result, tuple) for fault in result]
    if faults:
        raise TemplateFault(tuple(Finding(path, 1, 1, each.rule, each.message) for each in faults))
    return {name: result for name, result in results.items() if isinstance(result, Part)}


def _read(name: str, content: bytes, words: Mapping[str, str]) -> Part | tuple[Fault, ...]:
    xml: str = DocxTemplate("").patch_xml(docxzip.text(content))
    return read(xml, _place(name), words, _dialect(name))


def _place(name: str) -> Text:
    stem = PurePosixPath(name).stem
    places = {"document": terms.BODY, "core": terms.PROPERTIES}
    kinds = {"header": terms.HEADER, "footer": terms.FOOTER}
    return places.get(stem) or kinds.get(stem.rstrip("0123456789"), terms.NOTES).format(name=stem)
