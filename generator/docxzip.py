"""A Word file as a package of parts: opened with suspicion, closed the same way every time."""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from generator.model import Finding
from generator.terms import Text, word

DOCUMENT = "word/document.xml"
CONTENT_TYPES = "[Content_Types].xml"
CORE = "docProps/core.xml"
UNPACKED = 50 * 1024 * 1024
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
PICTURES = {"png": "image/png", "jpeg": "image/jpeg"}
MACROS = re.compile(r"vbaProject|vbaData|(^|/)activeX/", re.IGNORECASE)
FILLED = ("/header", "/footer", "/footnotes", "/endnotes")
"""Ends of the types of relationship whose parts may hold tags besides the document itself."""
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

ROWLESS = re.compile(r"<w:tbl>(?:(?!<w:tbl>|<w:tr[ >]).)*</w:tbl>", re.DOTALL)
HOLLOW = ("</w:tcPr></w:tc>", "<w:tcPr/></w:tc>", "<w:tc></w:tc>", "</w:tbl></w:tc>")
"""Ends of cells that lack the paragraph which Word wants in every cell."""

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
NEEDED = 20
MADE_ON_UNIX = 3 << 8 | NEEDED
UTF8 = 0x800
FIRST_OF_1980 = 0x21
READABLE = 0o600 << 16
LEVEL = 6


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the package as it lies in the zip: already deflated."""

    name: str
    method: int
    crc: int
    size: int
    data: bytes


def opened(content: bytes, path: str) -> Mapping[str, bytes] | Finding:
    """The parts of a Word file, or why it is none. Never unpacks more than UNPACKED bytes, whatever the zip says."""
    if content.startswith(b"%PDF"):
        return _finding(path, "template.not-word", word.IS_PDF)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _finding(path, "template.not-word", word.IS_OLD)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            if sum(each.file_size for each in entries) > UNPACKED:
                return _finding(path, "template.bomb", word.TOO_BIG.format(limit=UNPACKED >> 20))
            if not _is_plain(entries):
                return _finding(path, "template.not-word", word.NOT_A_PACKAGE)
            return {each.filename: _unpacked(archive, each) for each in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, struct.error):
        return _finding(path, "template.not-word", word.NOT_A_PACKAGE)


def _finding(path: str, rule: str, message: Text) -> Finding:
    return Finding(path, 1, 1, rule, message)


def _is_plain(entries: list[zipfile.ZipInfo]) -> bool:
    """No password, no unusual compression, no name twice: as Word writes it."""
    is_usual = all(each.compress_type in METHODS and not each.flag_bits & 1 for each in entries)
    return is_usual and len({each.filename.lower() for each in entries}) == len(entries)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Reads no more than the entry's own size, even where more is packed than it says."""
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
        file.read(1)  # reaches the end, where the checksum is compared
    return content


def findings(parts: Mapping[str, bytes], path: str) -> Iterator[Finding]:
    """What a template must not hold: damaged XML, macros, links to the outside."""
    for name in (CONTENT_TYPES, DOCUMENT):
        if name not in parts:
            yield _finding(path, "template.not-word", word.NO_DOCUMENT.format(name=name))
            return
    for name in sorted(parts):
        if MACROS.search(name):
            yield _finding(path, "template.macro", word.MACROS.format(name=name))
        if name.endswith((".xml", ".rels")):
            yield from _damaged(name, parts[name], path)


def _damaged(name: str, content: bytes, path: str) -> Iterator[Finding]:
    try:
        root = _parsed(content)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = str(error).partition(" (<string>")[0]
        yield _finding(path, "template.broken", word.BROKEN_XML.format(name=name, reason=reason))
        return
    if root.getroottree().docinfo.internalDTD is not None:
        yield _finding(path, "template.broken", word.BROKEN_XML.format(name=name, reason="DOCTYPE"))
    elif name == CONTENT_TYPES and MAIN_TYPE not in {each.get("ContentType") for each in root}:
        yield _finding(path, "template.not-word", word.WRONG_TYPE)
    elif name.endswith(".rels"):
        for each in root:
            if each.get("TargetMode") == "External" and not each.get("Type", "").endswith("/hyperlink"):
                yield _finding(path, "template.external", word.EXTERNAL.format(target=each.get("Target", "")))


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_blank_text=True,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(content, parser)


def text(content: bytes) -> str:
    """A part's XML in the one spelling that tags are looked for in."""
    return str(etree.tostring(_parsed(content), encoding="unicode"))


def filled(parts: Mapping[str, bytes]) -> Iterator[str]:
    """The names of the parts that may hold tags: the document, then its headers, footers and notes."""
    yield DOCUMENT
    targets = {
        posixpath.normpath(posixpath.join(posixpath.dirname(DOCUMENT), each.get("Target", ""))).lstrip("/")
        for each in _parsed(parts.get(relations_of(DOCUMENT), _no_relations()))
        if each.get("Type", "").endswith(FILLED)
    }
    yield from sorted(targets & parts.keys())


def legible(content: bytes) -> str:
    """What a person reads in a Word file, a line a paragraph; nothing where it cannot be opened."""
    parts = opened(content, "")
    if isinstance(parts, Finding):
        return ""
    paragraphs = (each for name in filled(parts) for each in _parsed(parts[name]).iter(f"{{{WORDS}}}p"))
    lines = ("".join(run.text or "" for run in each.iter(f"{{{WORDS}}}t")) for each in paragraphs)
    return "\n".join(filter(None, lines))


def relations_of(name: str) -> str:
    """The name of the part that holds the relationships of another."""
    folder, file = posixpath.split(name)
    return f"{folder}/_rels/{file}.rels"


def _no_relations() -> bytes:
    return f'{DECLARATION}<Relationships xmlns="{RELATIONS}"/>'.encode()


def related(parts: Mapping[str, bytes], name: str, pictures: Mapping[str, str]) -> bytes:
    """The relationships of a part with pictures added: their ids, and the names of their parts."""
    root = _parsed(parts.get(relations_of(name), _no_relations()))
    for identity, picture in pictures.items():
        target = posixpath.relpath(picture, posixpath.dirname(name))
        etree.SubElement(root, f"{{{RELATIONS}}}Relationship", {"Id": identity, "Type": IMAGE, "Target": target})
    return _serialised(root)


def typed(content_types: bytes) -> bytes:
    """The list of content types with those of pictures in it."""
    root = _parsed(content_types)
    for each in root.findall(f"{{{TYPES}}}Default"):
        if each.get("Extension", "").lower() in PICTURES:
            root.remove(each)
    for position, (suffix, kind) in enumerate(PICTURES.items()):
        root.insert(position, root.makeelement(f"{{{TYPES}}}Default", {"Extension": suffix, "ContentType": kind}))
    return _serialised(root)


def _serialised(root: etree._Element) -> bytes:
    return f"{DECLARATION}{etree.tostring(root, encoding='unicode')}".encode()


def written(xml: str) -> bytes:
    """The bytes of a part whose tags are filled."""
    return f"{DECLARATION}{_mended(xml)}".encode()


def _mended(xml: str) -> str:
    """The XML with what Word asks for where tags left nothing: a paragraph in each cell, a row in each table."""
    if "</w:tblGrid></w:tbl>" in xml or "<w:tblGrid/></w:tbl>" in xml:
        xml = ROWLESS.sub("<w:p/>", xml)
    for end in HOLLOW:
        if end in xml:
            xml = xml.replace(end, end.replace("</w:tc>", "<w:p/></w:tc>"))
    if xml.endswith(("</w:hdr>", "</w:ftr>")) and "<w:p" not in xml:
        return f"{xml[:-8]}<w:p/>{xml[-8:]}"
    return xml


def deflated(name: str, content: bytes) -> Member:
    """A member with its content packed."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = packer.compress(content) + packer.flush()
    return Member(name, zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content), data)


def stored(name: str, content: bytes) -> Member:
    """A member that would not get smaller, as a picture."""
    return Member(name, zipfile.ZIP_STORED, zlib.crc32(content), len(content), content)


def packed(members: Iterable[Member]) -> bytes:
    """The package, the same for the same members: in the order of names, dated 1980."""
    bodies: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for each in sorted(members, key=lambda member: member.name):
        name = each.name.encode()
        flags = 0 if name.isascii() else UTF8
        facts = (flags, each.method, 0, FIRST_OF_1980, each.crc, len(each.data), each.size, len(name), 0)
        bodies += (LOCAL.pack(b"PK\3\4", NEEDED, *facts), name, each.data)
        directory += (CENTRAL.pack(b"PK\1\2", MADE_ON_UNIX, NEEDED, *facts, 0, 0, 0, READABLE, offset), name)
        offset += LOCAL.size + len(name) + len(each.data)
    size, count = sum(map(len, directory)), len(directory) // 2
    end = END.pack(b"PK\5\6", 0, 0, count, count, size, offset, 0)
    return b"".join((*bodies, *directory, end))
